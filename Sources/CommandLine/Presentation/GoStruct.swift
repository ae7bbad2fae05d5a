import GoTemplate
import OrderedJSON

/// A Go struct as seen by templates: fields with values, and its JSON form.
struct GoStruct: TemplateObject {
  let typeName: String
  let fields: [ObjectField]
  private let embedded: [ObjectField]
  private let json: @Sendable () -> JSONValue

  /// The fields of `embedded`, a struct that comes first, are promoted as in Go.
  init(
    _ typeName: String, embedding embedded: (name: String, record: GoStruct)? = nil,
    _ fields: [ObjectField], json: @escaping @Sendable () -> JSONValue
  ) {
    self.typeName = typeName
    self.fields = embedded.map { [ObjectField($0.name, .object($0.record))] + fields } ?? fields
    self.embedded = embedded?.record.fields ?? []
    self.json = json
  }

  var jsonForm: JSONForm { .text(GoString(bytes: json().bytes())) }

  func member(named name: String) -> ObjectMember? {
    (fields.first { $0.name == name } ?? embedded.first { $0.name == name })
      .map { .field($0.value) }
  }
}

extension Value {
  /// A `map[string]string`; nil is Go's nil map.
  static func map(_ texts: [String: String]?) -> Value {
    let pairs = (texts ?? [:]).map { (GoString($0.key), Value.string($0.value)) }
    return .map(GoMap(pairs, of: .string, isNil: texts == nil))
  }

  /// A `[]string`.
  static func texts(_ texts: [String]) -> Value {
    .list(GoList(texts.map { .string($0) }, of: .string))
  }

  /// A slice of structs; nil is Go's nil slice.
  static func list(_ records: [GoStruct]?, of typeName: String) -> Value {
    .list(
      GoList(
        (records ?? []).map { .object($0) }, of: .named(typeName), isNil: records == nil))
  }

  /// JSON decoded into Go's `interface {}`, but for members that are null and have another value.
  init(decoded json: JSONValue, nilMembers: [String: Value] = [:]) {
    switch json {
    case .null: self = .noValue
    case .bool(let bool): self = .bool(bool)
    case .number(let number): self = .object(NumberObject(number))
    case .string(let text): self = .string(text)
    case .array(let elements):
      self = .list(
        GoList(elements.map { Value(decoded: $0, nilMembers: nilMembers) }, of: .interface))
    case .object(let object):
      self = .map(
        GoMap(
          object.members.map { member in
            let known = member.value == .null ? nilMembers[member.name] : nil
            return (
              GoString(member.name),
              known ?? Value(decoded: member.value, nilMembers: nilMembers)
            )
          }, of: .interface))
    }
  }
}

/// Go's `json.Number`: a string, so that no digit is lost.
private struct NumberObject: TemplateObject {
  private let number: JSONNumber

  init(_ number: JSONNumber) {
    self.number = number
  }

  var typeName: String { "json.Number" }
  var stringForm: GoString? { GoString(number.description) }
  var underlying: Value? { .string(number.description) }
  var jsonForm: JSONForm { .text(GoString(number.description)) }

  func member(named name: String) -> ObjectMember? {
    name == "String" ? .accessor(.string(number.description)) : nil
  }
}

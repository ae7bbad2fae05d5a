import GoTemplate
import OrderedJSON

/// A Go struct as templates see it: fields with values, and how it looks in JSON.
struct Record: TemplateObject {
  let typeName: String
  let fields: [ObjectField]
  private let json: @Sendable () -> JSONValue

  init(
    _ typeName: String, _ fields: [ObjectField], json: @escaping @Sendable () -> JSONValue
  ) {
    self.typeName = typeName
    self.fields = fields
    self.json = json
  }

  var jsonForm: JSONForm { .text(GoString(bytes: json().bytes())) }

  func member(named name: String) -> ObjectMember? {
    fields.first { $0.name == name }.map { .field($0.value) }
  }
}

extension Value {
  /// A `map[string]string`; nil is Go's nil map.
  static func map(_ texts: [String: String]?) -> Value {
    let pairs = (texts ?? [:]).map { (GoString($0.key), Value.string($0.value)) }
    return .map(GoMap(pairs, of: .string, isNil: texts == nil))
  }

  /// A slice of structs; nil is Go's nil slice.
  static func list(_ records: [Record]?, of typeName: String) -> Value {
    .list(
      GoList(
        (records ?? []).map { .object($0) }, of: .named(typeName), isNil: records == nil))
  }

  /// JSON decoded into Go's `interface {}`.
  init(decoded json: JSONValue) {
    switch json {
    case .null: self = .noValue
    case .bool(let bool): self = .bool(bool)
    case .number(let number): self = .float(number.double)
    case .string(let text): self = .string(text)
    case .array(let elements):
      self = .list(GoList(elements.map { Value(decoded: $0) }, of: .interface))
    case .object(let object):
      self = .map(
        GoMap(
          object.members.map { (GoString($0.name), Value(decoded: $0.value)) }, of: .interface))
    }
  }
}

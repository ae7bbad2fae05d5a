/// A JSON value that keeps the order of members and the text of numbers.
///
/// Texts are compared as Swift compares them, numbers by their spelling, objects also by order.
public enum JSONValue: Hashable, Sendable {
  /// The literal `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number.
  case number(JSONNumber)
  /// A text.
  case string(String)
  /// A list of values.
  case array([JSONValue])
  /// Named values in order.
  case object(JSONObject)
}

extension JSONValue {
  /// Makes a text.
  public init(_ string: String) { self = .string(string) }

  /// Makes `true` or `false`.
  public init(_ bool: Bool) { self = .bool(bool) }

  /// Makes a number.
  public init(_ integer: some BinaryInteger & Sendable) { self = .number(JSONNumber(integer)) }

  /// Makes an object.
  public init(_ object: JSONObject) { self = .object(object) }

  /// Makes a list of texts.
  public init(_ strings: [String]) { self = .array(strings.map(JSONValue.string)) }

  /// Makes an object of texts whose names are sorted bytewise, as Go writes a map.
  public init(sorting map: [String: String]) {
    let sorted = map.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    self = .object(JSONObject(uniqueMembers: sorted.map { ($0.key, .string($0.value)) }))
  }

  /// The text, when this is one.
  public var string: String? { if case .string(let string) = self { string } else { nil } }

  /// The truth value, when this is one.
  public var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }

  /// The number, when this is one.
  public var number: JSONNumber? { if case .number(let number) = self { number } else { nil } }

  /// The elements, when this is a list.
  public var array: [JSONValue]? { if case .array(let array) = self { array } else { nil } }

  /// The members, when this is an object.
  public var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
}

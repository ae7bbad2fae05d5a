/// A JSON value that preserves the order of members and the spelling of numbers.
///
/// Strings are compared as Swift compares them, numbers by their spelling, and objects also by
/// order.
package enum JSONValue: Hashable, Sendable {
  /// The literal `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSONValue])
  /// Named values in order.
  case object(JSONObject)
}

extension JSONValue {
  /// Creates a string.
  package init(_ string: String) { self = .string(string) }

  /// Makes `true` or `false`.
  package init(_ bool: Bool) { self = .bool(bool) }

  /// Makes a number.
  package init(_ integer: some BinaryInteger & Sendable) { self = .number(JSONNumber(integer)) }

  /// Makes an object.
  package init(_ object: JSONObject) { self = .object(object) }

  /// Creates an array of strings.
  package init(_ strings: [String]) { self = .array(strings.map(JSONValue.string)) }

  /// Creates an object of strings sorted bytewise by name, as Go writes a map.
  package init(sorting map: [String: String]) {
    let sorted = map.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    self = .object(JSONObject(uniqueMembers: sorted.map { ($0.key, .string($0.value)) }))
  }

  /// The string, if this is one.
  package var string: String? { if case .string(let string) = self { string } else { nil } }

  /// The boolean, if this is one.
  package var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }

  /// The number, if this is one.
  package var number: JSONNumber? { if case .number(let number) = self { number } else { nil } }

  /// The elements, if this is an array.
  package var array: [JSONValue]? { if case .array(let array) = self { array } else { nil } }

  /// The members, if this is an object.
  package var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
}

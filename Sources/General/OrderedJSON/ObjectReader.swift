/// Reads the members of an object with their expected types.
///
/// In methods called `optional…`, a missing or `null` member is nil.
package struct ObjectReader: Sendable {
  /// The object that is read.
  package let object: JSONObject

  private let path: DocumentPath

  /// Starts at the root of a document; fails if it is not an object.
  package init(_ value: JSONValue) throws(DocumentError) {
    try self.init(value, at: .root)
  }

  private init(_ value: JSONValue, at path: DocumentPath) throws(DocumentError) {
    guard let object = value.object else {
      throw DocumentError(path: path.text, expected: .object, isMissing: false)
    }
    self.object = object
    self.path = path
  }

  /// Any value, including `null`.
  package func value(_ name: String) throws(DocumentError) -> JSONValue {
    guard let value = object[name] else { throw failure(name, expected: .value) }
    return value
  }

  /// The error for a member of the wrong type, for checks that the methods of this reader cannot
  /// express.
  package func failure(_ name: String, expected: DocumentError.Expectation) -> DocumentError {
    DocumentError(
      path: DocumentPath.member(name, of: path).text, expected: expected,
      isMissing: object[name] == nil)
  }
}

extension ObjectReader {
  package func string(_ name: String) throws(DocumentError) -> String {
    try required(name, .string) { $0.string }
  }

  /// A string, or nil.
  package func optionalString(_ name: String) throws(DocumentError) -> String? {
    try optional(name, .string) { $0.string }
  }

  /// A string converted by `parse`; nil from `parse` is an error.
  package func parsed<Value>(
    _ name: String, by parse: (String) -> Value?
  ) throws(DocumentError) -> Value {
    try required(name, .text(type: "\(Value.self)")) { $0.string.flatMap(parse) }
  }

  /// A string converted by `parse`, or nil; nil from `parse` is an error.
  package func optionalParsed<Value>(
    _ name: String, by parse: (String) -> Value?
  ) throws(DocumentError) -> Value? {
    try optional(name, .text(type: "\(Value.self)")) { $0.string.flatMap(parse) }
  }
}

extension ObjectReader {
  /// `true` or `false`.
  package func boolean(_ name: String) throws(DocumentError) -> Bool {
    try required(name, .boolean) { $0.bool }
  }

  /// `true`, `false` or nil.
  package func optionalBoolean(_ name: String) throws(DocumentError) -> Bool? {
    try optional(name, .boolean) { $0.bool }
  }

  /// An integer that fits the type.
  package func integer<Integer: FixedWidthInteger>(
    _ name: String, as type: Integer.Type = Integer.self
  ) throws(DocumentError) -> Integer {
    try required(name, .integer(type: "\(type)")) { $0.number?.integer(as: type) }
  }

  /// An integer that fits the type, or nil.
  package func optionalInteger<Integer: FixedWidthInteger>(
    _ name: String, as type: Integer.Type = Integer.self
  ) throws(DocumentError) -> Integer? {
    try optional(name, .integer(type: "\(type)")) { $0.number?.integer(as: type) }
  }
}

extension ObjectReader {
  /// A nested object.
  package func object(_ name: String) throws(DocumentError) -> ObjectReader {
    try ObjectReader(
      try required(name, .object) { $0 }, at: .member(name, of: path))
  }

  /// A nested object, or nil.
  package func optionalObject(_ name: String) throws(DocumentError) -> ObjectReader? {
    guard let value = present(name) else { return nil }
    return try ObjectReader(value, at: .member(name, of: path))
  }

  /// An array of objects.
  package func objects(_ name: String) throws(DocumentError) -> [ObjectReader] {
    try elements(name) { value, path throws(DocumentError) in try ObjectReader(value, at: path) }
  }

  /// An array of strings.
  package func strings(_ name: String) throws(DocumentError) -> [String] {
    try elements(name) { value, path throws(DocumentError) in
      guard let string = value.string else {
        throw DocumentError(path: path.text, expected: .string, isMissing: false)
      }
      return string
    }
  }

  /// An array of strings, or nil.
  package func optionalStrings(_ name: String) throws(DocumentError) -> [String]? {
    present(name) == nil ? nil : try strings(name)
  }

  /// An array of strings converted by `parse`; nil from `parse` is an error.
  package func parsedElements<Value>(
    _ name: String, by parse: (String) -> Value?
  ) throws(DocumentError) -> [Value] {
    try elements(name) { value, path throws(DocumentError) in
      guard let parsed = value.string.flatMap(parse) else {
        throw DocumentError(
          path: path.text, expected: .text(type: "\(Value.self)"), isMissing: false)
      }
      return parsed
    }
  }

  /// An array of any values.
  package func array(_ name: String) throws(DocumentError) -> [JSONValue] {
    try required(name, .array) { $0.array }
  }

  /// A nested object whose members are all strings.
  package func stringMap(_ name: String) throws(DocumentError) -> [String: String] {
    let map = try object(name)
    var result = [String: String](minimumCapacity: map.object.count)
    for name in map.object.names { result[name] = try map.string(name) }
    return result
  }

  /// A nested object whose members are all strings, or nil.
  package func optionalStringMap(_ name: String) throws(DocumentError) -> [String: String]? {
    present(name) == nil ? nil : try stringMap(name)
  }

  private func elements<Element>(
    _ name: String, _ read: (JSONValue, DocumentPath) throws(DocumentError) -> Element
  ) throws(DocumentError) -> [Element] {
    let list = DocumentPath.member(name, of: path)
    var result: [Element] = []
    for (index, value) in try array(name).enumerated() {
      result.append(try read(value, .element(index, of: list)))
    }
    return result
  }
}

// The names of types are only for errors, and take longer to find out than the rest.
extension ObjectReader {
  /// The value of a member that exists and is not `null`.
  private func present(_ name: String) -> JSONValue? {
    guard let value = object[name] else { return nil }
    if case .null = value { return nil }
    return value
  }

  private func required<Value>(
    _ name: String, _ expected: @autoclosure () -> DocumentError.Expectation,
    _ read: (JSONValue) -> Value?
  ) throws(DocumentError) -> Value {
    guard let member = object[name], let value = read(member) else {
      throw failure(name, expected: expected())
    }
    return value
  }

  private func optional<Value>(
    _ name: String, _ expected: @autoclosure () -> DocumentError.Expectation,
    _ read: (JSONValue) -> Value?
  ) throws(DocumentError) -> Value? {
    guard let present = present(name) else { return nil }
    guard let value = read(present) else { throw failure(name, expected: expected()) }
    return value
  }
}

/// Takes the members of an object as the types a document should hold.
///
/// Where a method is called `optional…`, a member that is absent or `null` is nil.
public struct ObjectReader: Sendable {
  /// The object that is read.
  public let object: JSONObject

  private let path: DocumentPath

  /// Begins at the root of a document; fails when that is not an object.
  public init(_ value: JSONValue) throws(DocumentError) {
    try self.init(value, at: .root)
  }

  private init(_ value: JSONValue, at path: DocumentPath) throws(DocumentError) {
    guard let object = value.object else {
      throw DocumentError(path: path.text, expected: .object, isMissing: false)
    }
    self.object = object
    self.path = path
  }

  /// A value of any kind, `null` included.
  public func value(_ name: String) throws(DocumentError) -> JSONValue {
    guard let value = object[name] else { throw failure(name, expected: .value) }
    return value
  }

  /// The error that says what a member should have held.
  ///
  /// It lets a caller refuse what the types of this reader cannot express.
  public func failure(_ name: String, expected: DocumentError.Expectation) -> DocumentError {
    DocumentError(
      path: DocumentPath.member(name, of: path).text, expected: expected,
      isMissing: object[name] == nil)
  }
}

extension ObjectReader {
  /// A text.
  public func string(_ name: String) throws(DocumentError) -> String {
    try required(name, .string) { $0.string }
  }

  /// A text, or nil.
  public func optionalString(_ name: String) throws(DocumentError) -> String? {
    try optional(name, .string) { $0.string }
  }

  /// A text that `parse` turns into a value; nil from `parse` is an error.
  public func parsed<Value>(
    _ name: String, by parse: (String) -> Value?
  ) throws(DocumentError) -> Value {
    try required(name, .text(type: "\(Value.self)")) { $0.string.flatMap(parse) }
  }

  /// A text that `parse` turns into a value, or nil; nil from `parse` is an error.
  public func optionalParsed<Value>(
    _ name: String, by parse: (String) -> Value?
  ) throws(DocumentError) -> Value? {
    try optional(name, .text(type: "\(Value.self)")) { $0.string.flatMap(parse) }
  }
}

extension ObjectReader {
  /// `true` or `false`.
  public func boolean(_ name: String) throws(DocumentError) -> Bool {
    try required(name, .boolean) { $0.bool }
  }

  /// `true`, `false` or nil.
  public func optionalBoolean(_ name: String) throws(DocumentError) -> Bool? {
    try optional(name, .boolean) { $0.bool }
  }

  /// An integer that fits the type.
  public func integer<Integer: FixedWidthInteger>(
    _ name: String, as type: Integer.Type = Integer.self
  ) throws(DocumentError) -> Integer {
    try required(name, .integer(type: "\(type)")) { $0.number?.integer(as: type) }
  }

  /// An integer that fits the type, or nil.
  public func optionalInteger<Integer: FixedWidthInteger>(
    _ name: String, as type: Integer.Type = Integer.self
  ) throws(DocumentError) -> Integer? {
    try optional(name, .integer(type: "\(type)")) { $0.number?.integer(as: type) }
  }
}

extension ObjectReader {
  /// A nested object.
  public func object(_ name: String) throws(DocumentError) -> ObjectReader {
    try ObjectReader(
      try required(name, .object) { $0 }, at: .member(name, of: path))
  }

  /// A nested object, or nil.
  public func optionalObject(_ name: String) throws(DocumentError) -> ObjectReader? {
    guard let value = present(name) else { return nil }
    return try ObjectReader(value, at: .member(name, of: path))
  }

  /// A list of objects.
  public func objects(_ name: String) throws(DocumentError) -> [ObjectReader] {
    try elements(name) { value, path throws(DocumentError) in try ObjectReader(value, at: path) }
  }

  /// A list of texts.
  public func strings(_ name: String) throws(DocumentError) -> [String] {
    try elements(name) { value, path throws(DocumentError) in
      guard let string = value.string else {
        throw DocumentError(path: path.text, expected: .string, isMissing: false)
      }
      return string
    }
  }

  /// A list of texts, or nil.
  public func optionalStrings(_ name: String) throws(DocumentError) -> [String]? {
    present(name) == nil ? nil : try strings(name)
  }

  /// A list of texts that `parse` turns into values; nil from `parse` is an error.
  public func parsedElements<Value>(
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

  /// A list of values of any kind.
  public func array(_ name: String) throws(DocumentError) -> [JSONValue] {
    try required(name, .array) { $0.array }
  }

  /// A nested object whose members are all texts.
  public func stringMap(_ name: String) throws(DocumentError) -> [String: String] {
    let map = try object(name)
    var result = [String: String](minimumCapacity: map.object.count)
    for name in map.object.names { result[name] = try map.string(name) }
    return result
  }

  /// A nested object whose members are all texts, or nil.
  public func optionalStringMap(_ name: String) throws(DocumentError) -> [String: String]? {
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

extension ObjectReader {
  /// The value of a member that exists and is not `null`.
  private func present(_ name: String) -> JSONValue? {
    let value = object[name]
    return value == .null ? nil : value
  }

  private func required<Value>(
    _ name: String, _ expected: DocumentError.Expectation, _ read: (JSONValue) -> Value?
  ) throws(DocumentError) -> Value {
    guard let value = object[name].flatMap(read) else { throw failure(name, expected: expected) }
    return value
  }

  private func optional<Value>(
    _ name: String, _ expected: DocumentError.Expectation, _ read: (JSONValue) -> Value?
  ) throws(DocumentError) -> Value? {
    guard let present = present(name) else { return nil }
    guard let value = read(present) else { throw failure(name, expected: expected) }
    return value
  }
}

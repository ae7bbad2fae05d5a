import OrderedJSON

/// The JSON object that a plugin answers. Names match in any case and unknown ones are ignored;
/// `null` is an empty object, and what follows the object is ignored (Go's encoding/json).
struct PluginAnswer {
  private let object: JSONObject
  private let type: String

  /// Parses the answer of Go's type `type`, which errors name.
  init(_ bytes: [UInt8], type: String) throws(PluginError) {
    let text = Self.firstValue(of: bytes)
    guard let first = text.first else { throw PluginError(.unusable, "EOF") }
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONValue(parsing: Array(text))
    } catch {
      throw PluginError(.unusable, Self.words(for: error, in: Array(text)))
    }
    switch value {
    case .object(let object): self.object = object
    case .null: object = JSONObject()
    default:
      throw PluginError(
        .unusable, "json: cannot unmarshal \(Self.name(of: first)) into Go value of type \(type)")
    }
    self.type = type
  }

  private init(_ object: JSONObject, type: String) {
    self.object = object
    self.type = type
  }

  /// The value of a name in any case; nil for none and for `null`.
  func value(_ name: String) -> JSONValue? {
    let value = object.value(named: name)
    return value == .null ? nil : value
  }

  /// A text; empty if it is missing.
  func string(_ name: String) throws(PluginError) -> String {
    try field(name, "string", default: "") { $0.string }
  }

  /// A boolean; false if it is missing.
  func bool(_ name: String) throws(PluginError) -> Bool {
    try field(name, "bool", default: false) { $0.bool }
  }

  /// An integer; 0 if it is missing.
  func integer(_ name: String) throws(PluginError) -> Int {
    try field(name, "int", default: 0) { $0.number?.integer(as: Int.self) }
  }

  /// A nested object; an empty one if it is missing.
  func answer(_ name: String) throws(PluginError) -> PluginAnswer {
    PluginAnswer(try field(name, "struct", default: JSONObject()) { $0.object }, type: type)
  }

  /// A list of texts; empty if it is missing.
  func strings(_ name: String) throws(PluginError) -> [String] {
    try field(name, "[]string", default: []) { value in
      guard let array = value.array else { return nil }
      let strings = array.compactMap(\.string)
      return strings.count == array.count ? strings : nil
    }
  }

  /// A list of objects; empty if it is missing.
  func answers(_ name: String) throws(PluginError) -> [PluginAnswer] {
    try field(name, "[]struct", default: []) { value in
      guard let array = value.array else { return nil }
      let objects = array.compactMap(\.object)
      return objects.count == array.count ? objects : nil
    }.map { PluginAnswer($0, type: type) }
  }

  private func field<Value>(
    _ name: String, _ expected: String, default defaultValue: Value, _ read: (JSONValue) -> Value?
  ) throws(PluginError) -> Value {
    guard let value = value(name) else { return defaultValue }
    if let result = read(value) { return result }
    let found = Self.name(of: value.bytes().first ?? 0)
    let owner = type.split(separator: ".").last ?? ""
    throw PluginError(
      .unusable,
      "json: cannot unmarshal \(found) into Go struct field \(owner).\(name) of type \(expected)")
  }

  private static func name(of first: UInt8) -> String {
    switch first {
    case UInt8(ascii: "{"): "object"
    case UInt8(ascii: "["): "array"
    case UInt8(ascii: "\""): "string"
    case UInt8(ascii: "t"), UInt8(ascii: "f"): "bool"
    default: "number"
    }
  }

  private static func words(for error: JSONSyntaxError, in text: [UInt8]) -> String {
    switch error {
    case .unexpectedByte(let byte, let offset):
      let before = text[..<offset].last { !isBlank($0) }
      let place =
        before == UInt8(ascii: "{") ? "object key string" : "value"
      let character = String(decoding: [byte], as: UTF8.self)
      return "invalid character '\(character)' looking for beginning of \(place)"
    default: return "unexpected EOF"
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    [0x20, 0x09, 0x0a, 0x0d].contains(byte)
  }

  /// The bytes up to the end of the first object or array, or all of them.
  private static func firstValue(of bytes: [UInt8]) -> ArraySlice<UInt8> {
    let start = bytes.drop(while: isBlank)
    var (depth, isInString, isEscaped) = (0, false, false)
    for index in start.indices {
      let byte = start[index]
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return start[...index] }
      default: if isBlank(byte) && depth == 0 { return start[..<index] }
      }
    }
    return start
  }
}

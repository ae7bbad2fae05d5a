/// How one attribute is called and shown.
public struct AttributeSchema: Sendable {
  let name: String
  let show: @Sendable (Attribute) -> String

  /// Takes the name and what shows a value. What it answers nil for is shown as bytes.
  public init(_ name: String, _ show: @escaping @Sendable (Attribute) -> String?) {
    self.name = name
    self.show = { attribute in show(attribute) ?? Self.hexadecimal(attribute.payload) }
  }

  /// An attribute that says something by being there.
  public static func flag(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { _ in "" }
  }

  /// A text.
  public static func text(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { quoted($0.string) }
  }

  /// A number in the host's byte order, of any width.
  public static func number(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { attribute in
      attribute.integer(UInt32.self).map(String.init)
        ?? attribute.integer(UInt8.self).map(String.init)
        ?? attribute.integer(UInt16.self).map(String.init)
    }
  }

  /// A number in network byte order, of any width.
  public static func bigEndian(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { attribute in
      attribute.bigEndian(UInt32.self).map(String.init)
        ?? attribute.bigEndian(UInt16.self).map(String.init)
    }
  }

  /// Bytes without further meaning.
  public static func bytes(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { hexadecimal($0.payload) }
  }

  /// Attributes in an attribute.
  public static func nest(
    _ name: String, _ schemas: [UInt16: AttributeSchema]
  ) -> AttributeSchema {
    AttributeSchema(name) { "{\(describe($0.attributes, by: schemas))}" }
  }

  /// Any number of attributes that all look the same.
  public static func list(_ name: String, _ member: AttributeSchema) -> AttributeSchema {
    AttributeSchema(name) { attribute in
      "[\(attribute.attributes.map(member.show).joined(separator: ", "))]"
    }
  }

  /// The attributes that have a schema, in their order, and how many others there are.
  public static func describe(
    _ attributes: AttributeSequence, by schemas: [UInt16: AttributeSchema]
  ) -> String {
    var parts: [String] = []
    var others = 0
    for attribute in attributes {
      guard let schema = schemas[attribute.type] else {
        others += 1
        continue
      }
      let value = schema.show(attribute)
      parts.append(value.isEmpty ? schema.name : "\(schema.name) \(value)")
    }
    if others > 0 { parts.append("\(others) more") }
    return parts.joined(separator: ", ")
  }
}

extension AttributeSchema {
  /// Bytes as digits, the first ones of many.
  public static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
    let limit = 32
    let digits = bytes.prefix(limit).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "0x" + digits.joined() + (bytes.count > limit ? "... (\(bytes.count) bytes)" : "")
  }

  /// A text in quotes, with nothing in it that a terminal or a reader of lines would obey.
  public static func quoted(_ text: String) -> String {
    let inner = text.unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        "\\u{\(String(scalar.value, radix: 16))}"
      default: scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
      }
    }
    return "\"" + inner.joined() + "\""
  }
}

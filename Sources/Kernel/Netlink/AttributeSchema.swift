/// The name of an attribute and how to display it.
package struct AttributeSchema: Sendable {
  let name: String
  let show: @Sendable (Attribute) -> String

  /// Takes the name and the function that formats a value. If it returns nil, the raw bytes are
  /// shown.
  package init(_ name: String, _ show: @escaping @Sendable (Attribute) -> String?) {
    self.name = name
    self.show = { attribute in show(attribute) ?? Self.hexadecimal(attribute.payload) }
  }

  /// An attribute without a value.
  package static func flag(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { _ in "" }
  }

  /// A string.
  package static func text(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { quoted($0.string) }
  }

  /// A number in the host's byte order, of any width.
  package static func number(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { attribute in
      attribute.integer(UInt32.self).map(String.init)
        ?? attribute.integer(UInt8.self).map(String.init)
        ?? attribute.integer(UInt16.self).map(String.init)
    }
  }

  /// A number in network byte order, of any width.
  package static func bigEndian(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { attribute in
      attribute.bigEndian(UInt32.self).map(String.init)
        ?? attribute.bigEndian(UInt16.self).map(String.init)
    }
  }

  /// Bytes without further meaning.
  package static func bytes(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { hexadecimal($0.payload) }
  }

  /// Nested attributes.
  package static func nest(
    _ name: String, _ schemas: [UInt16: AttributeSchema]
  ) -> AttributeSchema {
    AttributeSchema(name) { "{\(describe($0.attributes, by: schemas))}" }
  }

  /// A list of attributes of the same type.
  package static func list(_ name: String, _ member: AttributeSchema) -> AttributeSchema {
    AttributeSchema(name) { attribute in
      "[\(attribute.attributes.map(member.show).joined(separator: ", "))]"
    }
  }

  /// The attributes that have a schema, in order, and the number of others.
  package static func describe(
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
  /// Bytes in hexadecimal, truncated if there are many.
  package static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
    let limit = 32
    let digits = bytes.prefix(limit).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "0x" + digits.joined() + (bytes.count > limit ? "... (\(bytes.count) bytes)" : "")
  }

  /// A quoted string with control characters escaped.
  package static func quoted(_ text: String) -> String {
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

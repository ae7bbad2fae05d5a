/// Values as compact JSON, without the escapes that Go adds for HTML.
enum JSONEncoding {
  static func text(of value: Value) -> [UInt8] {
    var output: [UInt8] = []
    append(value, to: &output)
    return output
  }

  private static func append(_ value: Value, to output: inout [UInt8]) {
    switch value {
    case .noValue, .nilPointer, .function, .complex: output.append("null")
    case .bool(let truth): output.append(truth ? "true" : "false")
    case .int(let number, _): output.append(String(number))
    case .uint(let number, _): output.append(String(number))
    case .float(let number): append(number, to: &output)
    case .string(let text): append(text, to: &output)
    case .list(let list):
      if list.isNil { return output.append("null") }
      append(list.elements, "[", "]", to: &output) { append($0, to: &$1) }
    case .map(let map):
      if map.isNil { return output.append("null") }
      append(map.entries, "{", "}", to: &output) { entry, output in
        append(entry.key, to: &output)
        output.append(":")
        append(entry.value, to: &output)
      }
    case .object(let object): append(object.jsonForm, to: &output)
    case .interface(let inner): append(inner, to: &output)
    }
  }

  private static func append(_ form: JSONForm, to output: inout [UInt8]) {
    switch form {
    case .text(let text): output += text.bytes
    case .value(let value): append(value, to: &output)
    case .members(let members):
      append(members, "{", "}", to: &output) { member, output in
        append(GoString(member.name), to: &output)
        output.append(":")
        append(member.value, to: &output)
      }
    }
  }

  private static func append<Element>(
    _ elements: [Element], _ opening: String, _ closing: String, to output: inout [UInt8],
    _ body: (Element, inout [UInt8]) -> Void
  ) {
    output.append(opening)
    for (index, element) in elements.enumerated() {
      if index > 0 { output.append(",") }
      body(element, &output)
    }
    output.append(closing)
  }

  /// Very small and very large numbers have an exponent, without a zero in front of it.
  private static func append(_ number: Double, to output: inout [UInt8]) {
    guard number.isFinite else { return output.append("null") }
    if number.sign == .minus { output.append("-") }
    let magnitude = number.magnitude
    guard magnitude != 0, magnitude < 1e-6 || magnitude >= 1e21 else {
      output += FloatText.text(of: magnitude, form: "f", precision: nil)
      return
    }
    var text = FloatText.text(of: magnitude, form: "e", precision: nil)
    if text.count >= 4, text[text.count - 4] == UInt8(ascii: "e"),
      text[text.count - 3] == UInt8(ascii: "-"), text[text.count - 2] == UInt8(ascii: "0")
    {
      text.remove(at: text.count - 2)
    }
    output += text
  }

  private static func append(_ text: GoString, to output: inout [UInt8]) {
    output.append("\"")
    Rune.forEach(in: text.bytes) { rune in
      switch rune.value {
      case 0x22: output.append("\\\"")
      case 0x5C: output.append("\\\\")
      case 0x08: output.append("\\b")
      case 0x0C: output.append("\\f")
      case 0x0A: output.append("\\n")
      case 0x0D: output.append("\\r")
      case 0x09: output.append("\\t")
      case 0..<0x10: output.append("\\u000" + String(rune.value, radix: 16))
      case 0x10..<0x20: output.append("\\u00" + String(rune.value, radix: 16))
      case 0x2028, 0x2029: output.append("\\u" + String(rune.value, radix: 16))
      case Rune.replacement where rune.isInvalidByte: output.append("\\ufffd")
      default: output.append(rune: rune.value)
      }
    }
    output.append("\"")
  }
}

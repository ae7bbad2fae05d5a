extension Formatter {
  /// The address of values that have none here.
  private static let address: UInt64 = 0xC0_0001_0000

  /// Prints an argument under a verb.
  mutating func write(_ value: Value, as verb: Unicode.Scalar) {
    let value = value.concrete
    switch (value, verb) {
    case (.noValue, "T"), (.noValue, "v"): pad("<nil>".utf8)
    case (.noValue, _): reportBadVerb(verb, value)
    case (_, "T"): writeString(Array(value.typeName.utf8), as: "s")
    case (_, "p"): writePointer(value, as: verb)
    case (_, "w"): reportBadVerb(verb, value)
    default: write(value, as: verb, depth: 0)
    }
  }

  private mutating func write(_ value: Value, as verb: Unicode.Scalar, depth: Int) {
    write(value, of: value, as: verb, depth: depth)
  }

  /// `named` is the value together with its type's name.
  private mutating func write(
    _ value: Value, of named: Value, as verb: Unicode.Scalar, depth: Int
  ) {
    switch value {
    case .noValue: output.append(flags.sharpV ? "interface {}(nil)" : "<nil>")
    case .bool(let truth):
      guard verb == "t" || verb == "v" else { return reportBadVerb(verb, named) }
      pad(truth ? "true".utf8 : "false".utf8)
    case .int(let integer, _):
      writeInteger(integer.magnitude, isNegative: integer < 0, isSigned: true, as: verb, of: named)
    case .uint(let integer, _):
      writeInteger(integer, isNegative: false, isSigned: false, as: verb, of: named)
    case .float(let number): writeFloat(number, as: verb, of: named)
    case .complex(let number): writeComplex(number, as: verb, of: named)
    case .string(let text):
      guard writeString(text.bytes, as: verb) else { return reportBadVerb(verb, named) }
    case .list(let list): write(list, of: named.typeName, as: verb, depth: depth)
    case .map(let map): write(map, as: verb, depth: depth)
    case .object(let object):
      if writeStringForm(of: object, as: verb) { return }
      if let plain = object.underlying { return write(plain, of: value, as: verb, depth: depth) }
      guard object.isPointer else { return writeFields(of: object, as: verb, depth: depth) }
      guard depth == 0 else { return writePointer(value, as: verb) }
      output.append("&")
      writeFields(of: object, as: verb, depth: 1)
    case .nilPointer, .function: writePointer(value, as: verb)
    case .interface(let inner): write(inner, as: verb, depth: depth)
    }
  }

  /// Prints the result of the object's `String` method, if it has one that suits the verb.
  mutating func writeStringForm(of object: any TemplateObject, as verb: Unicode.Scalar) -> Bool {
    if flags.sharpV, case .accessor(.string(let text))? = object.member(named: "GoString") {
      output += text.bytes
      return true
    }
    guard !isReporting, !flags.sharpV, "vsxXq".unicodeScalars.contains(verb),
      let form = object.stringForm
    else { return false }
    return writeString(form.bytes, as: verb)
  }

  mutating func writeFields(
    of object: any TemplateObject, as verb: Unicode.Scalar, depth: Int = 0
  ) {
    if flags.sharpV {
      output.append(object.isPointer ? String(object.typeName.dropFirst()) : object.typeName)
    }
    output.append("{")
    for (index, field) in object.fields.enumerated() {
      if index > 0 { output.append(separator) }
      if flags.plusV || flags.sharpV { output.append("\(field.name):") }
      write(field.value, as: verb, depth: depth + 1)
    }
    output.append("}")
  }

  private var separator: String { flags.sharpV ? ", " : " " }

  private mutating func write(
    _ list: GoList, of typeName: String, as verb: Unicode.Scalar, depth: Int
  ) {
    // String verbs treat bytes as a string.
    if let bytes = list.bytes, "sqxX".unicodeScalars.contains(verb) {
      _ = writeString(bytes, as: verb)
      return
    }
    if flags.sharpV {
      output.append(typeName)
      if list.isNil { return output.append("(nil)") }
    }
    output.append(flags.sharpV ? "{" : "[")
    for (index, element) in list.elements.enumerated() {
      if index > 0 { output.append(separator) }
      write(element, as: verb, depth: depth + 1)
    }
    output.append(flags.sharpV ? "}" : "]")
  }

  private mutating func write(_ map: GoMap, as verb: Unicode.Scalar, depth: Int) {
    if flags.sharpV {
      output.append("map[\(map.keyType)]\(map.valueType)")
      if map.isNil { return output.append("(nil)") }
    }
    output.append(flags.sharpV ? "{" : "map[")
    for (index, entry) in map.entries.enumerated() {
      if index > 0 { output.append(separator) }
      write(map.key(at: index), as: verb, depth: depth + 1)
      output.append(":")
      write(entry.value, as: verb, depth: depth + 1)
    }
    output.append(flags.sharpV ? "}" : "]")
  }

  /// Prints the address of what is a pointer in Go.
  private mutating func writePointer(_ value: Value, as verb: Unicode.Scalar) {
    let address: UInt64
    switch value {
    case .nilPointer: address = 0
    case .object(let object) where object.isPointer: address = Formatter.address
    case .list(let list): address = list.isNil ? 0 : Formatter.address
    case .map(let map): address = map.isNil ? 0 : Formatter.address
    case .function: address = Formatter.address
    default: return reportBadVerb(verb, value)
    }
    switch verb {
    case "v" where flags.sharpV:
      output.append("(\(value.typeName))(")
      if address == 0 { output.append("nil") } else { writeAddress(address, prefixed: true) }
      output.append(")")
    case "v" where address == 0: pad("<nil>".utf8)
    case "v", "p": writeAddress(address, prefixed: !flags.sharp)
    case "b", "o", "d", "x", "X":
      writeInteger(address, isNegative: false, isSigned: false, as: verb, of: value)
    default: reportBadVerb(verb, value)
    }
  }

  private mutating func writeAddress(_ address: UInt64, prefixed: Bool) {
    let sharp = flags.sharp
    flags.sharp = prefixed
    writeInteger(address, isNegative: false, base: 16)
    flags.sharp = sharp
  }

  /// Prints `%!verb(type=value)`.
  mutating func reportBadVerb(_ verb: Unicode.Scalar, _ value: Value) {
    let wasReporting = isReporting
    isReporting = true
    output.append("%!\(verb)(")
    if case .noValue = value {
      output.append("<nil>")
    } else {
      output.append("\(value.typeName)=")
      write(value, as: "v")
    }
    output.append(")")
    isReporting = wasReporting
  }
}

/// A part of a packet that is a key of a set, or a part of one.
enum Field {
  case inputName
  case outputName
  case family
  case transport
  case source6
  case destination4
  case destination6
  case destinationPort

  var type: DataType {
    switch self {
    case .inputName, .outputName: .interfaceName
    case .family: .addressFamily
    case .transport: .transport
    case .destination4: .ipv4Address
    case .source6, .destination6: .ipv6Address
    case .destinationPort: .port
    }
  }

  func load(into register: Register) -> Expression {
    switch self {
    case .inputName: .meta(.inputName, into: register)
    case .outputName: .meta(.outputName, into: register)
    case .family: .meta(.networkFamily, into: register)
    case .transport: .meta(.transport, into: register)
    case .source6:
      .payload(PayloadField(header: .network, offset: 8, length: 16), into: register)
    case .destination4:
      .payload(PayloadField(header: .network, offset: 16, length: 4), into: register)
    case .destination6:
      .payload(PayloadField(header: .network, offset: 24, length: 16), into: register)
    case .destinationPort:
      .payload(PayloadField(header: .transport, offset: 2, length: 2), into: register)
    }
  }
}

extension [Field] {
  /// Loads the fields one after the other, as the keys of sets have them.
  var loads: [Expression] {
    var register = Register.first
    return map { field in
      defer { register = register.advanced(by: field.type.registers) }
      return field.load(into: register)
    }
  }
}

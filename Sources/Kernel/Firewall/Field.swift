import Nftables

/// A packet field that is part of a set's key.
enum Field {
  case inputName
  case outputName
  case family
  case transport
  case source4
  case source6
  case destination4
  case destination6
  case destinationPort
  case controlType
  /// The original source of the connection, and the source of its replies; for an ICMP error, those
  /// of the connection it refers to.
  case client4
  case client6
  case server4
  case server6
  /// The EtherType of the innermost header that the kernel has parsed.
  case networkProtocol
  /// The source of the frame.
  case sourceHardware
  /// The destination of the frame.
  case destinationHardware
  /// The sender that an ARP packet names.
  case senderHardware
  case sender4
  case sourcePort
  /// The target that a neighbour advertisement is about.
  case target6
  /// The address in the first option of a neighbour solicitation or advertisement.
  case optionHardware

  var type: DataType {
    switch self {
    case .inputName, .outputName: .interfaceName
    case .family: .addressFamily
    case .transport: .transport
    case .source4, .destination4, .client4, .server4, .sender4: .ipv4Address
    case .source6, .destination6, .client6, .server6: .ipv6Address
    case .destinationPort, .sourcePort: .port
    case .controlType: .icmpType
    case .networkProtocol: .etherType
    case .sourceHardware, .destinationHardware, .senderHardware: .hardwareAddress
    case .target6: DataType.discoveryTarget
    case .optionHardware: DataType.discoveryOption
    }
  }

  func load(into register: Register) -> Expression {
    switch self {
    case .inputName: .meta(.inputName, into: register)
    case .outputName: .meta(.outputName, into: register)
    case .family: .meta(.networkFamily, into: register)
    case .transport: .meta(.transport, into: register)
    case .source4:
      .payload(PayloadField(header: .network, offset: 12, length: 4), into: register)
    case .source6:
      .payload(PayloadField(header: .network, offset: 8, length: 16), into: register)
    case .destination4:
      .payload(PayloadField(header: .network, offset: 16, length: 4), into: register)
    case .destination6:
      .payload(PayloadField(header: .network, offset: 24, length: 16), into: register)
    case .destinationPort:
      .payload(PayloadField(header: .transport, offset: 2, length: 2), into: register)
    case .controlType:
      .payload(PayloadField(header: .transport, offset: 0, length: 1), into: register)
    case .client4: .ct(.source4(.original), into: register)
    case .client6: .ct(.source6(.original), into: register)
    case .server4: .ct(.source4(.reply), into: register)
    case .server6: .ct(.source6(.reply), into: register)
    case .networkProtocol: .meta(.networkProtocol, into: register)
    case .sourceHardware:
      .payload(PayloadField(header: .link, offset: 6, length: 6), into: register)
    case .destinationHardware:
      .payload(PayloadField(header: .link, offset: 0, length: 6), into: register)
    case .senderHardware:
      .payload(PayloadField(header: .network, offset: 8, length: 6), into: register)
    case .sender4:
      .payload(PayloadField(header: .network, offset: 14, length: 4), into: register)
    case .sourcePort:
      .payload(PayloadField(header: .transport, offset: 0, length: 2), into: register)
    case .target6:
      .payload(PayloadField(header: .transport, offset: 8, length: 16), into: register)
    case .optionHardware:
      .payload(PayloadField(header: .transport, offset: 26, length: 6), into: register)
    }
  }
}

extension DataType {
  /// The target of a neighbour advertisement (RFC 4861), which nft before 1.0.7 has no name for.
  static let discoveryTarget = DataType.transportBytes(offset: 8, count: 16)
  /// The address in the first option of a message of neighbour discovery.
  static let discoveryOption = DataType.transportBytes(offset: 26, count: 6)
}

extension [Field] {
  /// Loads the fields in the order of the set's key.
  var loads: [Expression] {
    var register = Register.first
    return map { field in
      defer { register = register.advanced(by: field.type.registers) }
      return field.load(into: register)
    }
  }
}

import CLinux
import Nftables

/// A logical part of a rule, such as "the input interface is in this set".
struct Statement {
  let expressions: [Expression]

  init(_ expressions: Expression...) {
    self.expressions = expressions
  }

  init(_ expressions: [Expression]) {
    self.expressions = expressions
  }
}

extension Statement {
  static let accept = Statement(.verdict(.accept))
  static let drop = Statement(.verdict(.drop))
  static let `return` = Statement(.verdict(.return))
  static let masquerade = Statement(.masquerade)

  static func jump(_ chain: ChainName) -> Statement {
    Statement(.verdict(.jump(chain)))
  }

  static func goto(_ chain: ChainName) -> Statement {
    Statement(.verdict(.goto(chain)))
  }

  static func family(_ family: NetworkFamily) -> Statement {
    Statement(
      .meta(.networkFamily, into: .first), .compare(.first, .equal, [family.number]))
  }

  static func transport(_ transport: IPProtocol) -> Statement {
    Statement(.meta(.transport, into: .first), .compare(.first, .equal, [transport.rawValue]))
  }

  static func controlType(_ type: UInt8) -> Statement {
    Statement([Field.controlType].loads + [.compare(.first, .equal, [type])])
  }

  /// The concatenated fields are a key of the set.
  static func key(_ fields: Field..., in set: SetName) -> Statement {
    Statement(fields.loads + [.lookup(.first, in: .named(set), inverted: false)])
  }

  static func key(_ fields: Field..., notIn set: SetName) -> Statement {
    Statement(fields.loads + [.lookup(.first, in: .named(set), inverted: true)])
  }

  static func key(_ field: Field, in set: AnonymousSet) -> Statement {
    Statement([field].loads + [.lookup(.first, in: .anonymous(set), inverted: false)])
  }

  /// Applies the verdict mapped to the fields.
  static func verdict(for fields: Field..., in map: SetName) -> Statement {
    Statement(fields.loads + [.verdictMap(.first, in: map)])
  }

  static func rewriteDestination(
    _ family: NetworkFamily, for fields: Field..., in map: SetName
  ) -> Statement {
    let address: DataType =
      switch family {
      case .ipv4: .ipv4Address
      case .ipv6: .ipv6Address
      }
    let port = Register.first.advanced(by: address.registers)
    return Statement(
      fields.loads + [
        .map(.first, in: map, into: .first),
        .translate(.destination, family, address: .first, port: port),
      ])
  }

  static func rewriteSource(
    _ family: NetworkFamily, for fields: Field..., in map: SetName
  ) -> Statement {
    Statement(
      fields.loads + [
        .map(.first, in: map, into: .first),
        .translate(.source, family, address: .first, port: nil),
      ])
  }

  /// The connection has one of the states.
  static func connection(_ states: ConnectionState...) -> Statement {
    let bits = states.reduce(UInt32(0)) { $0 | $1.bit }
    return Statement(anyBit(bits, of: .state))
  }

  /// The packet has this mark in the bits of the mask.
  static func mark(_ value: UInt32, under mask: UInt32) -> Statement {
    Statement(
      [.meta(.mark, into: .first)]
        + (mask == .max ? [] : [.bitwise(hostBytes(mask), .first)])
        + [.compare(.first, .equal, hostBytes(value))])
  }

  /// The connection has been DNATed.
  static let isPublished = Statement(anyBit(UInt32(IPS_DST_NAT.rawValue), of: .status))

  static let isNotFromLoopback = Statement(
    .meta(.inputIndex, into: .first), .compare(.first, .notEqual, hostBytes(loopbackIndex)))

  /// The packet has no input interface at this hook.
  static let hasNoInput = Statement(
    .meta(.inputIndex, into: .first), .compare(.first, .equal, hostBytes(0)))

  /// Reverse path check: a reply to the packet's source would leave through its input interface.
  static let hasValidSource = Statement(
    .fib(FIBLookup(address: .source, isBoundToInput: true, answer: .link), into: .first),
    .compare(.first, .notEqual, hostBytes(0)))

  static let inputIsBridge = Statement(
    .meta(.inputKind, into: .first), .compare(.first, .equal, bridgeKind))
  static let inputIsNoBridge = Statement(
    .meta(.inputKind, into: .first), .compare(.first, .notEqual, bridgeKind))

  // The kernel pads the kind of a link to 16 bytes.
  private static let bridgeKind = Array("bridge".utf8) + [UInt8](repeating: 0, count: 10)

  /// The two interface indexes have the same bits under `mask`; `set` holds the pairs of equal
  /// values.
  static func interfacesAgree(in mask: UInt32, _ set: AnonymousSet) -> Statement {
    let second = Register.first.advanced(by: 1)
    return Statement(
      .meta(.inputIndex, into: .first), .bitwise(hostBytes(mask), .first),
      .meta(.outputIndex, into: second), .bitwise(hostBytes(mask), second),
      .lookup(.first, in: .anonymous(set), inverted: false))
  }

  /// The innermost header that the kernel has parsed is of this protocol.
  static func networkProtocol(_ number: UInt16) -> Statement {
    Statement(
      .meta(.networkProtocol, into: .first), .compare(.first, .equal, number.bytes))
  }

  /// The input interface is of type ARPHRD_ETHER, so that a frame has a source.
  static let isFromEthernet = Statement(
    .meta(.inputType, into: .first), .compare(.first, .equal, [1, 0]))

  /// The frame is addressed to a group that only bridges without STP forward (IEEE 802.1D, 7.12.6).
  static let isForBridgeGroup = Statement(
    .payload(PayloadField(header: .link, offset: 0, length: 6), into: .first),
    .bitwise([0xff, 0xff, 0xff, 0xff, 0xff, 0xf0], .first),
    .compare(.first, .equal, [0x01, 0x80, 0xc2, 0x00, 0x00, 0x00]))

  /// The first option of a message of neighbour discovery is this one, with a hardware address.
  static func hasOption(_ type: UInt8) -> Statement {
    Statement(
      .payload(PayloadField(header: .transport, offset: 24, length: 2), into: .first),
      .compare(.first, .equal, [type, 1]))
  }

  /// The IPv6 packet is a neighbour solicitation or advertisement without options.
  static let hasNoOption = Statement(
    .payload(PayloadField(header: .network, offset: 4, length: 2), into: .first),
    .compare(.first, .equal, [0, 24]))

  static let isReset = Statement(
    .payload(PayloadField(header: .transport, offset: 13, length: 1), into: .first),
    .bitwise([0x04], .first), .compare(.first, .notEqual, [0]))

  static let destinationIsLocal = Statement(
    addressType(.destination, isBoundToInput: false, .equal))

  static let destinationIsNotInputsOwn = Statement(
    addressType(.destination, isBoundToInput: true, .notEqual))

  static let sourceIsNotLocal = Statement(
    addressType(.source, isBoundToInput: false, .notEqual))

  static let sourceIsLoopback4 = Statement(
    .payload(PayloadField(header: .network, offset: 12, length: 1), into: .first),
    .compare(.first, .equal, [127]))

  static let destinationIsLoopback4 = Statement(
    .payload(PayloadField(header: .network, offset: 16, length: 1), into: .first),
    .compare(.first, .equal, [127]))

  static let sourceIsLoopback6 = Statement(
    [Field.source6].loads + [.compare(.first, .equal, loopback6)])

  static let destinationIsLoopback6 = Statement(
    [Field.destination6].loads + [.compare(.first, .equal, loopback6)])

  static let sourceIsLinkLocal6 = Statement(linkLocal6(.equal))
  static let sourceIsNotLinkLocal6 = Statement(linkLocal6(.notEqual))

  /// The sender has no address yet.
  static let sourceIsUnspecified4 = Statement(
    [Field.source4].loads + [.compare(.first, .equal, [0, 0, 0, 0])])
  static let senderIsUnspecified4 = Statement(
    [Field.sender4].loads + [.compare(.first, .equal, [0, 0, 0, 0])])
  static let sourceIsUnspecified6 = Statement(
    [Field.source6].loads + [.compare(.first, .equal, [UInt8](repeating: 0, count: 16))])

  private static func linkLocal6(_ comparison: Comparison) -> [Expression] {
    [Field.source6].loads + [
      .bitwise([0xff, 0xc0] + [UInt8](repeating: 0, count: 14), .first),
      .compare(.first, comparison, [0xfe, 0x80] + [UInt8](repeating: 0, count: 14)),
    ]
  }

  private static let loopback6 = [UInt8](repeating: 0, count: 15) + [1]

  /// The loopback interface is the first of every namespace.
  private static let loopbackIndex: UInt32 = 1

  private static func addressType(
    _ address: FIBLookup.Address, isBoundToInput: Bool, _ comparison: Comparison
  ) -> [Expression] {
    let lookup = FIBLookup(
      address: address, isBoundToInput: isBoundToInput, answer: .addressType)
    return [
      .fib(lookup, into: .first),
      .compare(.first, comparison, hostBytes(UInt32(RTN_LOCAL))),
    ]
  }

  private static func anyBit(_ bits: UInt32, of key: ConnectionKey) -> [Expression] {
    [
      .ct(key, into: .first),
      .bitwise(hostBytes(bits), .first),
      .compare(.first, .notEqual, hostBytes(0)),
    ]
  }

}

extension ChainDefinition {
  init(
    _ name: ChainName, hook: ChainHook? = nil, _ rules: [Statement]...
  ) {
    self.init(name, hook: hook, rules: rules.map(Rule.init))
  }

  /// The same chain with rules before its own.
  func prepending(_ rules: [[Statement]]) -> ChainDefinition {
    ChainDefinition(name, hook: hook, comment: comment, rules: rules.map(Rule.init) + self.rules)
  }

  /// The same chain with a comment.
  func with(comment: String) -> ChainDefinition {
    ChainDefinition(name, hook: hook, comment: comment, rules: rules)
  }
}

extension Rule {
  fileprivate init(_ statements: [Statement]) {
    self.init(statements.flatMap(\.expressions))
  }
}

/// A number in host byte order.
func hostBytes(_ value: UInt32) -> [UInt8] {
  (0..<4).map { UInt8(truncatingIfNeeded: value.littleEndian >> ($0 * 8)) }
}

/// Protocols over IP that rules distinguish.
enum IPProtocol: UInt8 {
  case icmp = 1
  case tcp = 6
  case udp = 17
  case icmpv6 = 58
}

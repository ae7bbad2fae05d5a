import Addressing
import Glibc
import Nftables
import PacketTrace

/// The tables that make the kernel report what the probe meets. Their rules match the probe and its
/// answer only.
struct TraceTables {
  let form: PacketForm
  let name: String

  /// Takes the probe as it is sent, and the port of the socket that will own the tables.
  init(_ form: PacketForm, port: UInt32) {
    self.form = form
    name = RuleStep.ownTablePrefix + String(port)
  }

  /// Before tables raw, and after br_netfilter has decided which hooks see a bridged packet.
  private static let beforeAll: Int32 = -450
  /// Right after connection tracking.
  private static let afterConntrack: Int32 = -199

  /// The table of the host. `tracksConnections` is whether rules may refer to conntrack, which
  /// switches it on.
  func host(tracksConnections: Bool, door: Door?) -> OwnedTable {
    let exact = [rule(matching: form), rule(matching: form.reversed)]
    var chains = [
      chain("prerouting", .prerouting, Self.beforeAll, exact),
      chain("output", .output, Self.beforeAll, exact),
    ]
    if tracksConnections {
      let replies = [Rule(connection + Self.trace)]
      chains += [
        chain("replies", .prerouting, Self.afterConntrack, replies),
        chain("own", .output, Self.afterConntrack, replies),
      ]
    }
    if let door { chains.append(doorChain(door, tracksConnections: tracksConnections)) }
    return OwnedTable(family: NetfilterFamily.inet, name, chains: chains)
  }

  /// What must not leave the host.
  enum Door {
    /// The probe.
    case probe
    /// The answer to an injected probe.
    case answer
  }

  /// The table of the container. Translation in the host may have changed all but the port of the
  /// sender.
  func container() -> OwnedTable {
    let rules = [
      Rule(ports(source: form.sourcePort, destination: nil) + Self.trace),
      Rule(ports(source: nil, destination: form.sourcePort) + Self.trace),
    ]
    return OwnedTable(
      family: NetfilterFamily.inet, name,
      chains: [
        chain("prerouting", .prerouting, Self.beforeAll, rules),
        chain("output", .output, Self.beforeAll, rules),
      ])
  }

  /// The table of family bridge, for hosts with such chains.
  func bridge() -> OwnedTable {
    let rules = [form, form.reversed].map { Rule(protocolOfFrame + tuple($0) + Self.trace) }
    return OwnedTable(
      family: NetfilterFamily.bridge, name,
      chains: [chain("prerouting", .prerouting, .min, rules)])
  }

  /// The table of family netdev, for the links that have such chains. On the way back only the
  /// other end is known: translation has changed this one.
  func netdev(_ links: [String]) -> OwnedTable {
    let answer =
      address(form.destination, isSource: true)
      + ports(source: form.destinationPort, destination: nil)
    let rules = [
      Rule(protocolOfFrame + tuple(form) + Self.trace),
      Rule(protocolOfFrame + answer + [.limit(perSecond: 50)] + Self.trace),
    ]
    return OwnedTable(
      family: NetfilterFamily.netdev, name,
      chains: [
        OwnedTable.Chain(
          ChainDefinition(
            ChainName("ingress"),
            hook: ChainHook(kind: .filter, position: .prerouting, priority: .min), rules: rules),
          devices: links)
      ])
  }

  /// The table that reports real clients of a port.
  static func clients(
    of kind: ProbeProtocol, port: UInt16, name: String
  ) -> OwnedTable {
    let number = kind.number(.ipv4)
    var first: [Expression] = [
      .meta(.transport, into: .first), .compare(.first, .equal, [number]),
      .payload(PayloadField(header: .transport, offset: 2, length: 2), into: .first),
      .compare(.first, .equal, port.bigEndianBytes),
    ]
    if kind == .tcp {
      first += [
        .payload(PayloadField(header: .transport, offset: 13, length: 1), into: .first),
        .bitwise([0x16], .first), .compare(.first, .equal, [0x02]),
      ]
    }
    let replies: [Expression] = [
      .ct(.transport(.original), into: .first), .compare(.first, .equal, [number]),
      .ct(.destinationPort(.original), into: .first),
      .compare(.first, .equal, port.bigEndianBytes),
    ]
    let limit = [Expression.limit(perSecond: 20)]
    return OwnedTable(
      family: NetfilterFamily.inet, name,
      chains: [
        chain("prerouting", .prerouting, beforeAll, [Rule(first + limit + trace)]),
        chain("replies", .prerouting, afterConntrack, [Rule(replies + limit + trace)]),
      ])
  }

  // MARK: Rules

  private static let trace: [Expression] = [.load([1], into: .first), .setTrace(.first)]

  private func rule(matching form: PacketForm) -> Rule {
    Rule(familyOfPacket + tuple(form) + Self.trace)
  }

  private func chain(
    _ name: String, _ position: ChainHook.Position, _ priority: Int32, _ rules: [Rule]
  ) -> OwnedTable.Chain {
    Self.chain(name, position, priority, rules)
  }

  private static func chain(
    _ name: String, _ position: ChainHook.Position, _ priority: Int32, _ rules: [Rule]
  ) -> OwnedTable.Chain {
    OwnedTable.Chain(
      ChainDefinition(
        ChainName(name), hook: ChainHook(kind: .filter, position: position, priority: priority),
        rules: rules))
  }

  private func doorChain(_ door: Door, tracksConnections: Bool) -> OwnedTable.Chain {
    let drop = Self.trace + [.verdict(.drop)]
    // What conntrack did not see, such as a REJECT in table raw, still has the sender's ends.
    let (form, way, others): (PacketForm, ConnectionKey.Direction, [Rule]) =
      switch door {
      case .probe: (form, .original, [])
      case .answer: (form.reversed, .reply, [Rule(errorAboutProbe + drop)])
      }
    let tracked = tracksConnections ? [Rule(direction(way) + connection + drop)] : []
    return chain(
      "door", .postrouting, .max,
      tracked + [Rule(familyOfPacket + tuple(form) + drop)] + others)
  }

  private var familyOfPacket: [Expression] {
    let number = form.family == .ipv4 ? NetfilterFamily.ipv4 : NetfilterFamily.ipv6
    return [.meta(.networkFamily, into: .first), .compare(.first, .equal, [number])]
  }

  private var protocolOfFrame: [Expression] {
    let type: UInt16 = form.family == .ipv4 ? 0x0800 : 0x86dd
    return [.meta(.networkProtocol, into: .first), .compare(.first, .equal, type.bigEndianBytes)]
  }

  private func tuple(_ form: PacketForm) -> [Expression] {
    address(form.source, isSource: true) + address(form.destination, isSource: false)
      + ports(source: form.sourcePort, destination: form.destinationPort)
  }

  private func address(_ address: IPAddress, isSource: Bool) -> [Expression] {
    let bytes = address.bytes
    let offset: UInt32
    switch address.family {
    case .ipv4: offset = isSource ? 12 : 16
    case .ipv6: offset = isSource ? 8 : 24
    }
    let field = PayloadField(header: .network, offset: offset, length: UInt32(bytes.count))
    return [.payload(field, into: .first), .compare(.first, .equal, bytes)]
  }

  private func ports(source: UInt16?, destination: UInt16?) -> [Expression] {
    var expressions: [Expression] = [
      .meta(.transport, into: .first), .compare(.first, .equal, [form.number]),
    ]
    guard form.hasPorts else {
      // The identifier of an echo.
      let field = PayloadField(header: .transport, offset: 4, length: 2)
      return expressions + [
        .payload(field, into: .first), .compare(.first, .equal, form.sourcePort.bigEndianBytes),
      ]
    }
    for (offset, port) in [(UInt32(0), source), (2, destination)] {
      guard let port else { continue }
      expressions += [
        .payload(PayloadField(header: .transport, offset: offset, length: 2), into: .first),
        .compare(.first, .equal, port.bigEndianBytes),
      ]
    }
    return expressions
  }

  /// Packets of the probe's connection, of both directions, and ICMP errors about it.
  private var connection: [Expression] {
    let isIPv4 = form.family == .ipv4
    let (source, destination): (ConnectionKey, ConnectionKey) =
      isIPv4
      ? (.source4(.original), .destination4(.original))
      : (.source6(.original), .destination6(.original))
    var parts: [(ConnectionKey, [UInt8])] = [
      (.transport(.original), [form.number]), (source, form.source.bytes),
      (destination, form.destination.bytes),
      (.sourcePort(.original), form.sourcePort.bigEndianBytes),
    ]
    if form.hasPorts {
      parts.append((.destinationPort(.original), form.destinationPort.bigEndianBytes))
    }
    return familyOfPacket
      + parts.flatMap { key, value -> [Expression] in
        [.ct(key, into: .first), .compare(.first, .equal, value)]
      }
  }

  private func direction(_ direction: ConnectionKey.Direction) -> [Expression] {
    let number: UInt8
    switch direction {
    case .original: number = 0
    case .reply: number = 1
    }
    return [.ct(.direction, into: .first), .compare(.first, .equal, [number])]
  }

  /// ICMP errors to the client that quote the probe.
  private var errorAboutProbe: [Expression] {
    let isIPv4 = form.family == .ipv4
    let header: UInt32 = isIPv4 ? 20 : 40
    let type: [UInt8] = isIPv4 ? [1] : [58]
    func quoted(_ offset: UInt32, _ value: [UInt8]) -> [Expression] {
      let field = PayloadField(
        header: .transport, offset: 8 + offset, length: UInt32(value.count))
      return [.payload(field, into: .first), .compare(.first, .equal, value)]
    }
    return familyOfPacket + address(form.source, isSource: false)
      + [.meta(.transport, into: .first), .compare(.first, .equal, type)]
      + quoted(header, form.sourcePort.bigEndianBytes)
      + quoted(header + 2, form.destinationPort.bigEndianBytes)
  }
}

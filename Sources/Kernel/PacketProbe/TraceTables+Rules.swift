import Addressing
import Nftables
import PacketTrace

/// What the rules of a trace match.
extension TraceTables {
  static let trace: [Expression] = [.load([1], into: .first), .setTrace(.first)]

  func rule(matching form: PacketForm) -> Rule {
    Rule(familyOfPacket + tuple(form) + Self.trace)
  }

  func chain(
    _ name: String, _ position: ChainHook.Position, _ priority: Int32, _ rules: [Rule]
  ) -> OwnedTable.Chain {
    Self.chain(name, position, priority, rules)
  }

  static func chain(
    _ name: String, _ position: ChainHook.Position, _ priority: Int32, _ rules: [Rule]
  ) -> OwnedTable.Chain {
    OwnedTable.Chain(
      ChainDefinition(
        ChainName(name), hook: ChainHook(kind: .filter, position: position, priority: priority),
        rules: rules))
  }

  /// The name of the chain that drops what must not leave.
  static let interceptionName = "intercept"

  func interceptionChain(_ interception: Interception, tracksConnections: Bool) -> OwnedTable.Chain
  {
    let drop = Self.trace + [.verdict(.drop)]
    // What conntrack did not see, such as a REJECT in table raw, still has the sender's ends.
    var rules: [Rule] = []
    func add(_ form: PacketForm, _ way: ConnectionKey.Direction, outside: [Expression]) {
      if tracksConnections { rules.append(Rule(outside + direction(way) + connection + drop)) }
      rules.append(Rule(outside + familyOfPacket + tuple(form) + drop))
    }
    switch interception {
    case .probe: add(form, .original, outside: [])
    case .injected(let inside):
      add(form.reversed, .reply, outside: [])
      rules.append(Rule(errorAboutProbe(toSender: true) + drop))
      // Another rule may send the probe elsewhere.
      let links = inside.flatMap { link -> [Expression] in
        [
          .meta(.outputIndex, into: .first),
          .compare(.first, .notEqual, unsafe withUnsafeBytes(of: link) { unsafe Array($0) }),
        ]
      }
      add(form, .original, outside: links)
    }
    return chain(Self.interceptionName, .postrouting, .max, rules)
  }

  /// Answers before their addresses are translated back: the sender's port is the same on most
  /// hosts. Unrelated packets to that port are sorted out later.
  func answers(_ family: [Expression]) -> [Rule] {
    let limit = [Expression.limit(perSecond: 50)]
    let answer = form.hasPorts ? ports(source: nil, destination: form.sourcePort) : echoReply
    return [
      Rule(family + answer + limit + Self.trace),
      Rule(errorAboutProbe(toSender: false, in: family) + limit + Self.trace),
    ]
  }

  private var echoReply: [Expression] {
    let type: UInt8 = form.family == .ipv4 ? 0 : 129
    return ports(source: nil, destination: nil) + [
      .payload(PayloadField(header: .transport, offset: 0, length: 1), into: .first),
      .compare(.first, .equal, [type]),
    ]
  }

  /// Neighbour solicitations and advertisements about the hops.
  func solicitations(_ family: [Expression]) -> [Rule] {
    guard form.family == .ipv6 else { return [] }
    return hops.flatMap { hop in
      [UInt8(135), 136].map { type in
        Rule(
          family + [
            .meta(.transport, into: .first), .compare(.first, .equal, [58]),
            .payload(PayloadField(header: .transport, offset: 0, length: 1), into: .first),
            .compare(.first, .equal, [type]),
            .payload(PayloadField(header: .transport, offset: 8, length: 16), into: .first),
            .compare(.first, .equal, hop.bytes),
          ] + Self.trace)
      }
    }
  }

  /// ARP requests and replies about the hops.
  func requests(inFrames: Bool) -> [Rule] {
    guard form.family == .ipv4 else { return [] }
    let family: [Expression] =
      inFrames
      ? [.meta(.networkProtocol, into: .first), .compare(.first, .equal, [0x08, 0x06])] : []
    return hops.flatMap { hop in
      // The addresses of the target and of the sender.
      [UInt32(24), 14].map { offset in
        Rule(
          family + [
            .payload(PayloadField(header: .network, offset: offset, length: 4), into: .first),
            .compare(.first, .equal, hop.bytes),
          ] + Self.trace)
      }
    }
  }

  var familyOfPacket: [Expression] {
    let number = form.family == .ipv4 ? NetfilterFamily.ipv4 : NetfilterFamily.ipv6
    return [.meta(.networkFamily, into: .first), .compare(.first, .equal, [number])]
  }

  var protocolOfFrame: [Expression] {
    let type: UInt16 = form.family == .ipv4 ? 0x0800 : 0x86dd
    return [.meta(.networkProtocol, into: .first), .compare(.first, .equal, type.bigEndianBytes)]
  }

  func tuple(_ form: PacketForm) -> [Expression] {
    address(form.source, isSource: true) + address(form.destination, isSource: false)
      + ports(source: form.sourcePort, destination: form.destinationPort)
  }

  func address(_ address: IPAddress, isSource: Bool) -> [Expression] {
    let bytes = address.bytes
    let offset: UInt32
    switch address.family {
    case .ipv4: offset = isSource ? 12 : 16
    case .ipv6: offset = isSource ? 8 : 24
    }
    let field = PayloadField(header: .network, offset: offset, length: UInt32(bytes.count))
    return [.payload(field, into: .first), .compare(.first, .equal, bytes)]
  }

  func ports(source: UInt16?, destination: UInt16?) -> [Expression] {
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
  var connection: [Expression] {
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

  /// ICMP errors that quote the probe, or a form of it with the same port of the sender.
  func errorAboutProbe(
    toSender: Bool, in family: [Expression]? = nil
  ) -> [Expression] {
    let isIPv4 = form.family == .ipv4
    // The identifier of an echo is where the ports of others end.
    let header: UInt32 = (isIPv4 ? 20 : 40) + (form.hasPorts ? 0 : 4)
    func quoted(_ offset: UInt32, _ port: UInt16) -> [Expression] {
      let field = PayloadField(header: .transport, offset: 8 + offset, length: 2)
      return [.payload(field, into: .first), .compare(.first, .equal, port.bigEndianBytes)]
    }
    let type: UInt8 = isIPv4 ? 1 : 58
    return (family ?? familyOfPacket)
      + (toSender ? address(form.source, isSource: false) : [])
      + [.meta(.transport, into: .first), .compare(.first, .equal, [type])]
      + quoted(header, form.sourcePort)
      + (toSender && form.hasPorts ? quoted(header + 2, form.destinationPort) : [])
  }
}

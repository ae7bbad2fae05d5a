import Addressing
import KernelModel
import Nftables

extension FirewallElement {
  /// Parses a set element from a kernel dump; nil for one that netctl does not create.
  init?(_ element: SetElement) {
    var key = KeyReader(element.key, isConcatenated: Ruleset.isConcatenated(element.set))
    guard let decoded = Self.decode(element.set, &key, element.value),
      (try? SetElement(decoded)) == element
    else { return nil }
    self = decoded
  }

  // Whatever is parsed too leniently here encodes differently and is refused above.
  private static func decode(
    _ set: SetName, _ key: inout KeyReader, _ value: SetElement.Value
  ) -> FirewallElement? {
    switch set {
    case .bridges: key.name().map { .bridge($0) }
    case .internal: key.name().map { .internal($0) }
    case .outgoing: key.name().map { .external($0) }
    case .masq: key.familyAndName().map { .masquerade($0, $1) }
    case .routed: key.familyAndName().map { .routed($0, $1) }
    case .own: key.name().map { .intraNetwork($0) }
    case .allow: key.name().map { .interContainer($0) }
    case .trusted: key.names().map { .trusted(host: $0, bridge: $1) }
    case .ingress:
      if case .verdict(let verdict) = value {
        key.familyAndName().map { .ingress($0, $1, verdict == .accept ? .accept : .drop) }
      } else {
        nil
      }
    case .gateways4: key.address(.ipv4).map { .gateway($0) }
    case .gateways6: key.address(.ipv6).map { .gateway($0) }
    case .snat4: source(.ipv4, &key, value)
    case .snat6: source(.ipv6, &key, value)
    case .dnat4: published(key.address(.ipv4), &key, value)
    case .dnat6: published(key.address(.ipv6), &key, value)
    case .dnat4any: published(IPAddress(family: .ipv4, value: 0), &key, value)
    case .dnat6any: published(IPAddress(family: .ipv6, value: 0), &key, value)
    case .open4: open(.ipv4, &key)
    case .open6: open(.ipv6, &key)
    case .closed: key.family().map { .noTransit($0) }
    case .sources4: source(.ipv4, &key)
    case .sources6: source(.ipv6, &key)
    default: nil
    }
  }

  private static func source(
    _ family: AddressFamily, _ key: inout KeyReader
  ) -> FirewallElement? {
    guard let bridge = key.name(), let address = key.address(family) else { return nil }
    return .source(bridge: bridge, address)
  }

  private static func source(
    _ family: AddressFamily, _ key: inout KeyReader, _ value: SetElement.Value
  ) -> FirewallElement? {
    guard case .data(let bytes) = value, let address = IPAddress(bytes: bytes),
      let bridge = key.name()
    else { return nil }
    return .sourceAddress(bridge: bridge, address)
  }

  private static func published(
    _ host: IPAddress?, _ key: inout KeyReader, _ value: SetElement.Value
  ) -> FirewallElement? {
    guard let host, case .data(let bytes) = value, let transport = key.transport(),
      let port = key.port()
    else { return nil }
    var target = KeyReader(bytes, isConcatenated: true)
    guard let address = target.address(host.family), let targetPort = target.port() else {
      return nil
    }
    return .published(host: host, transport, port: port, to: address, containerPort: targetPort)
  }

  private static func open(
    _ family: AddressFamily, _ key: inout KeyReader
  ) -> FirewallElement? {
    guard let address = key.address(family), let transport = key.transport(), let port = key.port()
    else { return nil }
    return .openPort(address, transport, port: port)
  }
}

/// Parses a key; in a concatenation each part starts at a register boundary.
private struct KeyReader {
  private var rest: ArraySlice<UInt8>
  private let isConcatenated: Bool

  init(_ bytes: [UInt8], isConcatenated: Bool) {
    rest = bytes[...]
    self.isConcatenated = isConcatenated
  }

  mutating func name() -> InterfaceName? {
    part(DataType.interfaceName).flatMap { bytes in
      try? InterfaceName(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
    }
  }

  mutating func names() -> (InterfaceName, InterfaceName)? {
    guard let first = name(), let second = name() else { return nil }
    return (first, second)
  }

  mutating func familyAndName() -> (AddressFamily, InterfaceName)? {
    guard let family = family(), let name = name() else { return nil }
    return (family, name)
  }

  mutating func family() -> AddressFamily? {
    switch part(.addressFamily)?.first {
    case NetfilterFamily.ipv4: .ipv4
    case NetfilterFamily.ipv6: .ipv6
    default: nil
    }
  }

  mutating func address(_ family: AddressFamily) -> IPAddress? {
    part(.address(family)).flatMap { IPAddress(bytes: $0) }
  }

  mutating func transport() -> Transport? {
    part(.transport)?.first.flatMap(Transport.init(rawValue:))
  }

  mutating func port() -> UInt16? {
    part(.port)?.reduce(0) { $0 << 8 | UInt16($1) }
  }

  private mutating func part(_ type: DataType) -> ArraySlice<UInt8>? {
    let width = isConcatenated ? type.registers * 4 : type.length
    guard rest.count >= width else { return nil }
    defer { rest = rest.dropFirst(width) }
    return rest.prefix(type.length)
  }
}

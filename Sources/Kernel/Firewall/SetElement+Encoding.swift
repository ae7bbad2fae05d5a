import Addressing
import KernelModel
import LinuxSystem
import Netlink
import Nftables

extension SetElement {
  /// Throws `.addressFamilyNotSupported` when a port of one family is mapped to the other.
  init(_ element: FirewallElement) throws(NetlinkError) {
    switch element {
    case .bridge(let bridge):
      self.init(.bridges, [bridge.bytes])
    case .internal(let bridge):
      self.init(.internal, [bridge.bytes])
    case .external(let bridge):
      self.init(.outgoing, [bridge.bytes])
    case .masquerade(let family, let bridge):
      self.init(.masq, [family.bytes, bridge.bytes])
    case .routed(let family, let bridge):
      self.init(.routed, [family.bytes, bridge.bytes])
    case .intraNetwork(let bridge):
      self.init(.own, [bridge.bytes, bridge.bytes])
    case .interContainer(let bridge):
      self.init(.allow, [bridge.bytes, bridge.bytes])
    case .trusted(let host, let bridge):
      self.init(.trusted, [host.bytes, bridge.bytes])
    case .ingress(let family, let bridge, let verdict):
      self.init(
        .ingress, [family.bytes, bridge.bytes], .verdict(verdict == .accept ? .accept : .drop))
    case .gateway(let address):
      self.init(address.family.pick(.gateways4, .gateways6), [address.bytes])
    case .sourceAddress(let bridge, let address):
      self.init(
        address.family.pick(.snat4, .snat6), [bridge.bytes], .data(address.bytes))
    case .published(let host, let transport, let port, let target, let targetPort):
      guard host.family == target.family else { throw NetlinkError(.addressFamilyNotSupported) }
      let portKey = [[transport.rawValue], port.bytes]
      let value = Value.data([target.bytes, targetPort.bytes].concatenatedKey)
      if host.isUnspecified {
        self.init(host.family.pick(.dnat4any, .dnat6any), portKey, value)
      } else {
        self.init(host.family.pick(.dnat4, .dnat6), [host.bytes] + portKey, value)
      }
    case .openPort(let address, let transport, let port):
      self.init(
        address.family.pick(.open4, .open6), [address.bytes, [transport.rawValue], port.bytes])
    case .noTransit(let family):
      self.init(.closed, [family.bytes])
    case .source(let bridge, let address):
      self.init(address.family.pick(.sources4, .sources6), [bridge.bytes, address.bytes])
    }
  }

  private init(_ set: SetName, _ key: [[UInt8]], _ value: Value = .nothing) {
    self.init(set, key.concatenatedKey, value)
  }
}

extension [FirewallElement] {
  /// Each element once, sorted.
  func asSetElements() throws(NetlinkError) -> [SetElement] {
    var elements: [SetElement] = []
    for element in Set(self).sorted() {
      try elements.append(SetElement(element))
    }
    return elements
  }
}

extension DataType {
  static func address(_ family: AddressFamily) -> DataType {
    family.pick(.ipv4Address, .ipv6Address)
  }
}

extension [[UInt8]] {
  /// The concatenation of the parts; each starts at a register boundary if there are several.
  fileprivate var concatenatedKey: [UInt8] {
    guard count > 1 else { return self[0] }
    return flatMap { part in
      part + [UInt8](repeating: 0, count: (4 - part.count % 4) % 4)
    }
  }
}

extension AddressFamily {
  fileprivate var bytes: [UInt8] {
    [pick(NetfilterFamily.ipv4, NetfilterFamily.ipv6)]
  }

  fileprivate func pick<Value>(_ ipv4: Value, _ ipv6: Value) -> Value {
    switch self {
    case .ipv4: ipv4
    case .ipv6: ipv6
    }
  }
}

extension InterfaceName {
  fileprivate var bytes: [UInt8] {
    let name = Array(description.utf8)
    return name + [UInt8](repeating: 0, count: DataType.interfaceName.length - name.count)
  }
}

extension UInt16 {
  fileprivate var bytes: [UInt8] {
    [UInt8(self >> 8), UInt8(truncatingIfNeeded: self)]
  }
}

public import Addressing

/// The part of a network's device that leads to other hosts: a VXLAN link that is a port of the
/// network's bridge. It learns nothing and floods nothing: only its tables say who is where.
public struct DesiredTunnel: Hashable, Sendable {
  /// The link.
  public let device: NetworkDevice
  /// The bridge.
  public let bridge: InterfaceName
  /// What is on other hosts.
  public var stations: [RemoteStation]

  package init(device: NetworkDevice, bridge: InterfaceName, stations: [RemoteStation] = []) {
    self.device = device
    self.bridge = bridge
    self.stations = stations
  }

  var creationSteps: [KernelStep] {
    // The tables are full before the first frame can come.
    [.createDevice(device)]
      + (device.sysctls.isEmpty ? [] : [.writeSysctls(device.sysctls, .host)])
      + (device.mtu.map { [.setMTU($0, device.name, .host)] } ?? [])
      + portSteps + [.bringUp(device.name, .host)] + stations.map { .addStation($0, device.name) }
  }

  var portSteps: [KernelStep] {
    [.attachPort(device.name, bridge: bridge), .closeTunnelPort(device.name)]
  }

  /// The differences from what was observed: the link with its name or its alias, and its tables.
  public func differences(
    from link: ObservedLink?, _ observed: ObservedTunnel?, bridge master: UInt32?
  ) -> [Difference] {
    guard let link else { return [.tunnelMissing(self, remains: nil)] }
    if link.name == device.name {
      do throws(DeviceConflict) {
        try device.check(link)
      } catch {
        return [.deviceTaken(error)]
      }
    }
    guard !link.isIncomplete, let observed, observed.kind == device.kind else {
      return [.tunnelMissing(self, remains: link.name)]
    }
    var found: [Difference] = []
    if link.name != device.name { found.append(.renamed(device.name, from: link.name, .host)) }
    if let mtu = device.mtu, mtu != link.mtu {
      found.append(.mtu(device.name, wanted: mtu, found: link.mtu, .host))
    }
    if link.master == nil || link.master != master || !observed.isClosed {
      found.append(.tunnelDetached(self))
    }
    if !link.isUp { found.append(.down(device.name, .host)) }
    return found + observed.differences(to: stations, of: device.name)
  }
}

/// An endpoint on another host, as the tables of a tunnel have it.
public struct RemoteStation: Hashable, Sendable {
  /// Its hardware address.
  public let mac: MACAddress
  /// Its addresses.
  public let addresses: [IPAddress]
  /// The host to which frames for it are sent.
  public let host: IPAddress?

  package init(mac: MACAddress, addresses: [IPAddress], host: IPAddress?) {
    self.mac = mac
    self.addresses = addresses
    self.host = host
  }
}

/// A VXLAN link and its tables as observed.
public struct ObservedTunnel: Hashable, Sendable {
  /// The kind with the settings that cannot be changed; nil if they were not all told.
  public let kind: NetworkDevice.Kind?
  /// Whether it is a bridge port that learns and floods nothing.
  public let isClosed: Bool
  /// The host of each hardware address.
  public let hosts: [MACAddress: IPAddress]
  /// The hardware addresses that the bridge has behind it.
  public let bridged: Set<MACAddress>
  /// The hardware addresses with which it answers for addresses.
  public let neighbors: [IPAddress: MACAddress]

  package init(
    kind: NetworkDevice.Kind?, isClosed: Bool, hosts: [MACAddress: IPAddress],
    bridged: Set<MACAddress>, neighbors: [IPAddress: MACAddress]
  ) {
    self.kind = kind
    self.isClosed = isClosed
    self.hosts = hosts
    self.bridged = bridged
    self.neighbors = neighbors
  }

  // What is too much goes first: an address may have moved.
  fileprivate func differences(
    to stations: [RemoteStation], of tunnel: InterfaceName
  ) -> [Difference] {
    let wanted = Dictionary(stations.map { ($0.mac, $0) }, uniquingKeysWith: { first, _ in first })
    let addresses = Set(stations.flatMap(\.addresses))
    let strayHosts = hosts.keys.filter { wanted[$0] == nil }
    let strayPorts = bridged.filter { wanted[$0] == nil }
    var unexpected = Set(strayHosts).union(strayPorts).map { mac in
      RemoteStation(
        mac: mac, addresses: neighbors.filter { $0.value == mac }.map(\.key).sorted(),
        host: hosts[mac])
    }
    let covered = Set(unexpected.flatMap(\.addresses))
    unexpected += neighbors.filter { !addresses.contains($0.key) && !covered.contains($0.key) }
      // The hardware address may be another one's, whose entries stay.
      .map { RemoteStation(mac: $0.value, addresses: [$0.key], host: nil) }
    let missing = stations.filter { station in
      hosts[station.mac] != station.host || !bridged.contains(station.mac)
        || station.addresses.contains { neighbors[$0] != station.mac }
    }
    return unexpected.sorted { $0.mac < $1.mac }.map { .stationUnexpected($0, tunnel) }
      + missing.map { .stationMissing($0, tunnel) }
  }
}

public import Addressing

/// The observed kernel state of the host.
public struct ObservedHost: Sendable {
  /// The links and their addresses.
  public var interfaces: ObservedInterfaces
  /// netctl's nftables tables.
  public var firewall: ObservedFirewall
  /// The values of the sysctls that were read and exist.
  public var sysctls: [SysctlKey: String]
  /// The indexes of links that accept packets to `::1`; empty when not needed.
  public var loopbackLinks: Set<UInt32>
  /// The static forwarding entries of bridge ports, by port index.
  public var portAddresses: [UInt32: Set<MACAddress>]
  /// The tables of tunnels, by link index.
  public var tunnels: [UInt32: ObservedTunnel]
  /// The containers whose namespaces could be entered.
  public var containers: [ObservedContainer]

  package init(
    interfaces: ObservedInterfaces, firewall: ObservedFirewall, sysctls: [SysctlKey: String] = [:],
    loopbackLinks: Set<UInt32> = [], portAddresses: [UInt32: Set<MACAddress>] = [:],
    tunnels: [UInt32: ObservedTunnel] = [:], containers: [ObservedContainer] = []
  ) {
    self.interfaces = interfaces
    self.firewall = firewall
    self.sysctls = sysctls
    self.loopbackLinks = loopbackLinks
    self.portAddresses = portAddresses
    self.tunnels = tunnels
    self.containers = containers
  }
}

/// The links of a namespace and their addresses.
public struct ObservedInterfaces: Sendable {
  /// In the kernel's order.
  public let links: [ObservedLink]
  private let addresses: [UInt32: [IPPrefix]]
  private let byName: [InterfaceName: Int]
  private let byOwner: [LinkOwner: Int]

  /// Takes links, and addresses by link index.
  public init(links: [ObservedLink] = [], addresses: [UInt32: [IPPrefix]] = [:]) {
    self.links = links
    self.addresses = addresses
    byName = Dictionary(links.indices.map { (links[$0].name, $0) }) { first, _ in first }
    byOwner = Dictionary(
      links.indices.compactMap { position in links[position].owner.map { ($0, position) } }
    ) { first, _ in first }
  }

  /// The link called `name`.
  public func link(named name: InterfaceName) -> ObservedLink? {
    byName[name].map { links[$0] }
  }

  /// The link whose alias names `owner`, whatever its name.
  public func link(of owner: LinkOwner) -> ObservedLink? {
    byOwner[owner].map { links[$0] }
  }

  /// The link with a device's name, or with its alias if the name is unused; netctl's own links
  /// that have swapped names are told apart by their aliases.
  package func link(for device: NetworkDevice) -> ObservedLink? {
    let named = link(named: device.name)
    guard let own = link(of: device.owner) else { return named }
    return named == nil || named?.owner != nil ? own : named
  }

  /// The addresses of a link.
  public func addresses(of link: ObservedLink) -> [IPPrefix] {
    addresses[link.index] ?? []
  }
}

/// netctl's nftables tables as observed.
public struct ObservedFirewall: Hashable, Sendable {
  /// Whether its chains and rules are those of this version.
  public let isInstalled: Bool
  /// The contents of its sets and maps.
  public let elements: Set<FirewallElement>
  /// The number of elements that netctl cannot have added.
  public let unrecognizedCount: Int

  package init(
    isInstalled: Bool, elements: Set<FirewallElement> = [], unrecognizedCount: Int = 0
  ) {
    self.isInstalled = isInstalled
    self.elements = elements
    self.unrecognizedCount = unrecognizedCount
  }
}

/// The observed state of a container.
public struct ObservedContainer: Sendable {
  /// The handle for steps inside it.
  public let handle: NamespaceHandle
  /// Its links and their addresses.
  public let interfaces: ObservedInterfaces
  /// Its routing.
  public let routing: ContainerRouting

  package init(
    handle: NamespaceHandle, interfaces: ObservedInterfaces, routing: ContainerRouting
  ) {
    self.handle = handle
    self.interfaces = interfaces
    self.routing = routing
  }
}

public import Addressing

/// What the kernel holds of the host, seen in one pass.
public struct ObservedHost: Sendable {
  /// Links and their addresses.
  public var interfaces: ObservedInterfaces
  /// netctl's nftables table.
  public var firewall: ObservedFirewall
  /// The text of those values under `/proc/sys` that were looked at and that the kernel has.
  public var sysctls: [[String]: String]
  /// The indexes of links by which packets to `::1` may come in; empty when nobody needs them.
  public var loopbackLinks: Set<UInt32>
  /// The static addresses behind bridge ports, by the index of the port.
  public var portAddresses: [UInt32: Set<MACAddress>]
  /// The insides of containers that could be entered.
  public var containers: [ObservedContainer]

  /// Takes every member.
  public init(
    interfaces: ObservedInterfaces, firewall: ObservedFirewall, sysctls: [[String]: String] = [:],
    loopbackLinks: Set<UInt32> = [], portAddresses: [UInt32: Set<MACAddress>] = [:],
    containers: [ObservedContainer] = []
  ) {
    self.interfaces = interfaces
    self.firewall = firewall
    self.sysctls = sysctls
    self.loopbackLinks = loopbackLinks
    self.portAddresses = portAddresses
    self.containers = containers
  }
}

/// The links of a namespace and their addresses.
public struct ObservedInterfaces: Sendable {
  /// Ordered as the kernel orders them.
  public let links: [ObservedLink]
  private let addresses: [UInt32: [IPPrefix]]
  private let byName: [String: Int]
  private let byOwner: [LinkOwner: Int]

  /// Takes links, and addresses by the index of their link.
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
    byName[name.description].map { links[$0] }
  }

  /// The link that bears the mark of `owner`, whatever its name.
  public func link(of owner: LinkOwner) -> ObservedLink? {
    byOwner[owner].map { links[$0] }
  }

  /// The link that has a bridge's name, or its mark where that name is not in use; two of netctl's that
  /// have exchanged their names are told apart by their marks.
  func link(for bridge: BridgeDevice) -> ObservedLink? {
    let named = link(named: bridge.name)
    guard let own = link(of: bridge.owner) else { return named }
    return named == nil || named?.owner != nil ? own : named
  }

  /// The addresses of a link.
  public func addresses(of link: ObservedLink) -> [IPPrefix] {
    addresses[link.index] ?? []
  }
}

/// netctl's nftables table as the kernel holds it.
public struct ObservedFirewall: Hashable, Sendable {
  /// Whether its chains and rules are those of this version.
  public let isInstalled: Bool
  /// What its sets and maps hold.
  public let elements: Set<FirewallElement>
  /// How many elements netctl can not have put there.
  public let strangerCount: Int

  /// Takes every member.
  public init(
    isInstalled: Bool, elements: Set<FirewallElement> = [], strangerCount: Int = 0
  ) {
    self.isInstalled = isInstalled
    self.elements = elements
    self.strangerCount = strangerCount
  }
}

/// What a container holds.
public struct ObservedContainer: Sendable {
  /// For steps inside it.
  public let handle: NamespaceHandle
  /// Its links and their addresses.
  public let interfaces: ObservedInterfaces
  /// Its routing.
  public let routing: ContainerRouting

  /// Takes every member.
  public init(
    handle: NamespaceHandle, interfaces: ObservedInterfaces, routing: ContainerRouting
  ) {
    self.handle = handle
    self.interfaces = interfaces
    self.routing = routing
  }
}

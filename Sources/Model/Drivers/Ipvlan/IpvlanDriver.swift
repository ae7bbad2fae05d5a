import Addressing
import KernelModel
import NetworkModel

/// The driver of networks whose interfaces are on a link of the host and share its hardware
/// address.
struct IpvlanDriver: ParentSharing {
  static let name = DriverName.ipvlan
  static let summary = "Interfaces that share the hardware address of one of the host"
  static let options = IpvlanOptions.descriptions
  static let requiredFeatures: Set<KernelFeature> = [.ipvlan]

  let network: Network
  let parent: ParentLink
  let mtu: UInt32?
  private let options: IpvlanOptions

  private static let dummyPrefix = "di-"

  init(_ network: Network) throws(OptionError) {
    self.network = network
    options = try IpvlanOptions(network.options)
    parent = try ParentLink(
      network.options, of: network.id, driver: Self.name, dummyPrefix: Self.dummyPrefix)
    mtu = try OptionReader(options: network.options).mtu(network.families)
  }

  static func familiesWithoutGateway(
    _ options: [String: String], isInternal: Bool
  ) throws(OptionError) -> Set<AddressFamily> {
    _ = try IpvlanOptions(options)
    return familiesWithoutOwnGateway
  }

  // The mode and the flag are those of the parent and all interfaces on it.
  static func fixedOption(
    among changed: Set<String>, of old: [String: String], _ new: [String: String], isUsed: Bool
  ) -> String? {
    let fixed = [ParentLink.key] + (isUsed ? [IpvlanOptions.modeKey, IpvlanOptions.flagKey] : [])
    return fixed.first(where: changed.contains)
  }

  var attachment: EndpointLink {
    .ipvlan(options.mode, options.reach, parent: parent.name)
  }

  var interfaces: InterfaceNaming? {
    InterfaceNaming(prefix: "eth", hasHostEnd: false, hasOwnAddress: false)
  }

  // A parent that routes takes packets to all destinations itself.
  func offeredRoutes(from addresses: [IPPrefix]) -> OfferedRoutes {
    guard !isInternal else { return OfferedRoutes() }
    switch options.mode {
    case .l2: return OfferedRoutes(gateways: gateways(of: addresses))
    case .l3, .l3s: return OfferedRoutes(onLink: Set(addresses.map(\.family)))
    }
  }

  // The mode is that of the parent and all interfaces on it.
  func check(beside other: Network) throws(NetworkProblem) {
    guard let other = try? IpvlanDriver(other), other.parent.name == parent.name else { return }
    throw .parentInUse(parent.name, by: Self.dummyPrefix + other.network.id.short)
  }
}

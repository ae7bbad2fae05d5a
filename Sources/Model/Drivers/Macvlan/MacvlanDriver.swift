import Addressing
import KernelModel
import NetworkModel

/// The driver of networks whose interfaces are on a link of the host, each with a hardware address
/// of its own.
struct MacvlanDriver: ParentSharing {
  static let name = DriverName.macvlan
  static let summary = "Interfaces with hardware addresses of their own on one of the host"
  static let options = MacvlanOptions.descriptions
  static let requiredFeatures: Set<KernelFeature> = [.macvlan]

  let network: Network
  let parent: ParentLink
  let mtu: UInt32?
  private let mode: MacvlanMode

  init(_ network: Network) throws(OptionError) {
    self.network = network
    mode = try MacvlanOptions(network.options).mode
    parent = try ParentLink(
      network.options, of: network.id, driver: Self.name, dummyPrefix: "dm-")
    mtu = try OptionReader(options: network.options).mtu(network.families)
  }

  static func familiesWithoutGateway(
    _ options: [String: String], isInternal: Bool
  ) throws(OptionError) -> Set<AddressFamily> {
    _ = try MacvlanOptions(options)
    return familiesWithoutOwnGateway
  }

  // The kernel does not change interfaces from or to passthru.
  static func fixedOption(
    among changed: Set<String>, of old: [String: String], _ new: [String: String], isUsed: Bool
  ) -> String? {
    if changed.contains(ParentLink.key) { return ParentLink.key }
    let modes = [old, new].map { (try? MacvlanOptions($0))?.mode }
    let isPassthru = modes[0] != modes[1] && modes.contains(.passthru)
    return isUsed && isPassthru ? MacvlanOptions.modeKey : nil
  }

  var attachment: EndpointLink { .macvlan(mode, parent: parent.name) }

  // An interface that takes the whole link has the link's hardware address: the kernel would set
  // any other on the link itself.
  var interfaces: InterfaceNaming? {
    InterfaceNaming(prefix: "eth", hasHostEnd: false, hasOwnAddress: mode != .passthru)
  }

  func check(beside other: Network) throws(NetworkProblem) {
    guard let other = try? MacvlanDriver(other), other.parent.name == parent.name else { return }
    if mode == .passthru {
      throw .passthruNeedsWholeParent(parent.name, usedBy: other.network.id)
    }
    if other.mode == .passthru {
      throw .parentInPassthruMode(parent.name, usedBy: other.network.id)
    }
  }
}

import Addressing
import Drivers
import KernelModel
import NetworkModel

/// A driver that is as different from the bridge's as drivers get: endpoints on a link of the host,
/// without a host end, whose default routes need no gateway; and that link is shared.
struct StackedDriver: NetworkDriver {
  static let name = DriverName(rawValue: "stacked")
  static let summary = "Interfaces on a shared VLAN"

  private let network: Network
  private let device: InterfaceName = "eth7.10"

  init(_ network: Network) {
    self.network = network
  }

  var desiredNetwork: DesiredNetwork {
    DesiredNetwork(
      device: NetworkDevice(
        name: device, kind: .vlan(id: 10, parent: "eth7"), owner: .parent(device.description),
        adoptsExisting: true))
  }

  var interfaces: InterfaceNaming? { InterfaceNaming(prefix: "eth", hasHostEnd: false) }

  var offeredRoutes: OfferedRoutes { OfferedRoutes(onLink: network.families) }

  func desiredEndpoint(_ endpoint: Endpoint) -> DesiredEndpoint? {
    guard let interface = endpoint.interface else { return nil }
    return DesiredEndpoint(
      name: interface.name, link: .macvlan(.bridge, parent: device),
      owner: .endpoint(endpoint.id.description), mac: interface.mac,
      addresses: interface.addresses)
  }
}

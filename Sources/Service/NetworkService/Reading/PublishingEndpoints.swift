import Addressing
import Drivers
import KernelModel
import NetworkModel

/// The endpoints of a container that publish its ports: the owners of its default routes, one per
/// family (Docker).
struct PublishingEndpoints {
  // A class, because it is looked up several times for each port.
  private final class Publisher {
    let endpoint: Endpoint
    let driver: any PortPublishing
    let bridge: InterfaceName?
    let hostName: InterfaceName?

    init(_ endpoint: Endpoint, _ driver: any PortPublishing) {
      self.endpoint = endpoint
      self.driver = driver
      bridge = driver.desiredNetwork.device?.name
      hostName = endpoint.interface?.hostName
    }
  }

  private var publishingEndpoints: [AddressFamily: Publisher] = [:]
  /// Whether an owner publishes nothing because the host has no firewall for its family.
  private(set) var lacksFirewall = false
  /// A driver of the container's networks that publishes no ports; nil if there is none.
  private(set) var unpublishingDriver: DriverName?

  /// Chooses among the endpoints; `driver` returns the driver of an endpoint's network.
  init<Failure: Error>(
    among endpoints: [Endpoint],
    driver: (Endpoint) throws(Failure) -> (any NetworkDriver)?
  ) throws(Failure) {
    for family in AddressFamily.allCases {
      guard let owner = endpoints.defaultRouteOwner(family),
        let driver = try driver(owner) as? any PortPublishing
      else { continue }
      if driver.publishes(family) {
        publishingEndpoints[family] = Publisher(owner, driver)
      } else {
        lacksFirewall = true
      }
    }
    for endpoint in endpoints where endpoint.interface != nil {
      guard let driver = try driver(endpoint), !(driver is any PortPublishing) else { continue }
      unpublishingDriver = driver.driverName
    }
  }

  /// Whether the port can be reached now, by host processes or other hosts.
  func publishes(_ port: PublishedPort) -> Bool { endpoint(publishing: port) != nil }

  /// Whether the port is published as recorded: on a routed network, only the container's own
  /// address has it, and no port of the host.
  func publishesAsRecorded(_ port: PublishedPort) -> Bool {
    publishes(port) && (port.hostPort == nil || !isRouted(port.host.family))
  }

  /// The endpoint through which the port is reached.
  func endpoint(publishing port: PublishedPort) -> Endpoint? {
    elements(for: port).isEmpty ? nil : publishingEndpoints[port.host.family]?.endpoint
  }

  /// The kernel state for the ports.
  func desired(_ ports: [PublishedPort]) -> DesiredPorts {
    var desired = DesiredPorts()
    for port in ports {
      let elements = elements(for: port)
      guard !elements.isEmpty else { continue }
      desired.firewall.formUnion(elements)
      guard !isRouted(port.host.family), let publisher = publishingEndpoints[port.host.family]
      else { continue }
      if port.isOnLoopback, let bridge = publisher.bridge {
        desired.loopback.insert(
          DesiredPorts.LoopbackAccess(family: port.host.family, bridge: bridge))
        if port.host.isLoopback { desired.dependsOnLoopback = true }
      }
      if let name = publisher.hostName { desired.hairpins.insert(name) }
    }
    return desired
  }

  /// The host addresses that a request publishes on. A network whose default is an IPv4 address
  /// publishes on IPv6 only on request; on a routed network a single address has no effect
  /// (Docker).
  func hosts(for request: PortRequest) -> [IPAddress] {
    if let host = request.host {
      guard publishingEndpoints[host.family] != nil else { return [] }
      return [isRouted(host.family) ? IPAddress(family: host.family, value: 0) ?? host : host]
    }
    return AddressFamily.allCases.compactMap { family in
      guard let publisher = publishingEndpoints[family] else { return nil }
      let address = publisher.driver.defaultHostAddress
      if let address, !address.isUnspecified { return address.family == family ? address : nil }
      return IPAddress(family: family, value: 0)
    }
  }

  /// Whether ports of the family are reached at the container's own address.
  func isRouted(_ family: AddressFamily) -> Bool {
    publishingEndpoints[family]?.driver.isRouted(family) ?? false
  }

  private func elements(for port: PublishedPort) -> [FirewallElement] {
    guard let publisher = publishingEndpoints[port.host.family] else { return [] }
    return publisher.driver.policy(for: port, on: publisher.endpoint)?.elements ?? []
  }
}

import Addressing
import Drivers
import KernelModel
import NetworkModel

/// The endpoints of a container that carry its published ports: those that own its default routes,
/// each for its family (Docker).
struct PortCarriers {
  private struct Carrier {
    let endpoint: Endpoint
    let driver: any NetworkDriver
    let bridge: InterfaceName?
    let hostName: InterfaceName?

    init(_ endpoint: Endpoint, _ driver: any NetworkDriver) {
      self.endpoint = endpoint
      self.driver = driver
      bridge = driver.desiredNetwork.bridge?.name
      hostName = endpoint.interface.flatMap { try? InterfaceName($0.hostName) }
    }
  }

  private var carriers: [AddressFamily: Carrier] = [:]

  /// Chooses among the endpoints; `driver` tells what realises the network of one.
  init<Failure: Error>(
    among endpoints: [Endpoint],
    driver: (Endpoint) throws(Failure) -> (any NetworkDriver)?
  ) throws(Failure) {
    for family in AddressFamily.allCases {
      guard let owner = endpoints.defaultRouteOwner(family), let driver = try driver(owner) else {
        continue
      }
      carriers[family] = Carrier(owner, driver)
    }
  }

  /// Whether processes of the host, or hosts around it, reach the port now.
  func carries(_ port: PublishedPort) -> Bool { endpoint(carrying: port) != nil }

  /// The endpoint through which the port is reached.
  func endpoint(carrying port: PublishedPort) -> Endpoint? {
    elements(for: port).isEmpty ? nil : carriers[port.host.family]?.endpoint
  }

  /// What the kernel should hold for the ports.
  func desired(_ ports: [PublishedPort]) -> DesiredPorts {
    var desired = DesiredPorts()
    for port in ports {
      let elements = elements(for: port)
      guard !elements.isEmpty else { continue }
      desired.firewall.formUnion(elements)
      guard !isRouted(port.host.family), let carrier = carriers[port.host.family] else { continue }
      if port.isOnLoopback, let bridge = carrier.bridge {
        desired.loopback.insert(
          DesiredPorts.LoopbackAccess(family: port.host.family, bridge: bridge))
      }
      if let name = carrier.hostName { desired.hairpins.insert(name) }
    }
    return desired
  }

  /// The addresses of the host to which a request leads. A network whose default is one address of
  /// IPv4 publishes nothing on those of IPv6 unasked, and on a routed one a single address means
  /// nothing (Docker).
  func hosts(for request: PortRequest) -> [IPAddress] {
    if let host = request.host {
      guard carriers[host.family] != nil else { return [] }
      return [isRouted(host.family) ? IPAddress(family: host.family, value: 0) ?? host : host]
    }
    return AddressFamily.allCases.compactMap { family in
      guard let carrier = carriers[family] else { return nil }
      let address = carrier.driver.defaultHostAddress
      if let address, !address.isUnspecified { return address.family == family ? address : nil }
      return IPAddress(family: family, value: 0)
    }
  }

  /// Whether ports of the family are reached by the container's own address.
  func isRouted(_ family: AddressFamily) -> Bool {
    carriers[family]?.driver.isRouted(family) ?? false
  }

  private func elements(for port: PublishedPort) -> [FirewallElement] {
    guard let carrier = carriers[port.host.family] else { return [] }
    return carrier.driver.firewall(for: port, on: carrier.endpoint)
  }
}

import Addressing
import NetworkModel

@testable import Naming

/// A container of a test.
func container(_ name: String, _ number: UInt64) -> Container {
  Container(
    name: name, path: "/run/netns/" + name,
    boot: "boot", namespace: NetworkNamespaceID(device: 4, inode: number, cookie: number))
}

/// An endpoint of a container.
func endpoint(
  _ container: Container, _ network: String, _ addresses: [String], aliases: [String] = [],
  links: [String] = [], priority: Int64 = 0
) -> Endpoint {
  var generator = SystemRandomNumberGenerator()
  return Endpoint(
    id: EndpointID(using: &generator), network: NetworkID(using: &generator),
    container: container,
    interface: EndpointInterface(
      hostName: "veth0", name: "eth0", mac: MACAddress("02:42:ac:11:00:02")!,
      addresses: addresses.map { try! IPPrefix(parsing: $0) }),
    route: RouteCandidate(networkName: network, priority: priority),
    settings: EndpointSettings(aliases: aliases, links: links))
}

/// What a container with these endpoints resolves.
func scope(_ networks: (Endpoint, [Endpoint], linksOnly: Bool)...) -> NameScope {
  NameScope(
    networks.map { own, others, linksOnly in
      (own, NetworkNames(own.route.networkName, hasLinksOnly: linksOnly, [own] + others))
    })
}

extension NameScope {
  /// The addresses of a name, of both families.
  func addresses(_ name: String) -> [String] {
    AddressFamily.allCases.flatMap { matches(name, $0) }.map { "\($0.address)" }
  }
}

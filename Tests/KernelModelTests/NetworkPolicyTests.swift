import Addressing
import KernelModel
import Testing

struct NetworkPolicyTests {
  @Test func networkThatAsksForNothingIsClosed() throws {
    let bridge = InterfaceName("br0")

    let elements = NetworkPolicy(bridge: bridge).elements

    #expect(
      Set(elements) == [
        .bridge(bridge), .intraNetwork(bridge), .internal(bridge), .ingress(.ipv4, bridge, .drop),
        .ingress(.ipv6, bridge, .drop),
      ])
  }

  @Test func outsideIsReachedAndReachesNothingUnlessTold() throws {
    let bridge = InterfaceName("br0")

    let elements = NetworkPolicy(bridge: bridge, outside: NetworkPolicy.Outside()).elements

    #expect(
      Set(elements) == [
        .bridge(bridge), .intraNetwork(bridge), .external(bridge), .ingress(.ipv4, bridge, .drop),
        .ingress(.ipv6, bridge, .drop),
      ])
  }

  @Test func eachFamilyHasAPolicyOfItsOwn() throws {
    let bridge = InterfaceName("br0")
    let wire = InterfaceName("eth0")
    let source = try #require(IPAddress("2001:db8::7"))
    let outside = NetworkPolicy.Outside(
      families: [
        .ipv4: NetworkPolicy.FamilyPolicy(
          reachability: .everything, sourceAddress: .masquerade),
        .ipv6: NetworkPolicy.FamilyPolicy(
          reachability: .routedPorts, sourceAddress: .chosen(source)),
      ],
      trustedInterfaces: [wire])

    let elements = NetworkPolicy(bridge: bridge, outside: outside).elements

    #expect(
      Set(elements).subtracting([.bridge(bridge), .intraNetwork(bridge), .external(bridge)]) == [
        .ingress(.ipv4, bridge, .accept), .masquerade(.ipv4, bridge), .routed(.ipv6, bridge),
        .sourceAddress(bridge: bridge, source), .trusted(host: wire, bridge: bridge),
      ])
  }
}

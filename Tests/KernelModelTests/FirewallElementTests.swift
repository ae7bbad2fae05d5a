import Addressing
import KernelModel
import Testing

struct FirewallElementTests {
  @Test func elementsAreOrderedByKindThenContent() throws {
    let bridge = InterfaceName("br0")
    let elements: [FirewallElement] = [
      .noTransit(.ipv6), .ingress(.ipv4, bridge, .accept), .bridge(bridge),
      .ingress(.ipv4, bridge, .drop), .bridge(InterfaceName("br-1")),
    ]

    #expect(
      elements.sorted() == [
        .bridge(InterfaceName("br-1")), .bridge(bridge), .ingress(.ipv4, bridge, .drop),
        .ingress(.ipv4, bridge, .accept), .noTransit(.ipv6),
      ])
  }
}

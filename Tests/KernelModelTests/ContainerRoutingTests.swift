import Addressing
import KernelModel
import Testing

/// Who has the default route of a container.
struct ContainerRoutingTests {
  private let route = DefaultRoute(gateway: IPAddress("10.9.0.1")!, interface: "net0")
  private var desired: DesiredDefaultRoute {
    DesiredDefaultRoute(
      path: ReturnPath(source: try! IPPrefix(parsing: "10.9.0.2/24"), route: route))
  }

  @Test func endpointGetsADefaultRouteWhereThereIsNone() {
    #expect(
      ContainerRouting().steps(.ipv4, to: desired, replacing: [route], in: .host)
        == [.addDefaultRoute(route, before: nil, .host)])
  }

  // Docker fails at one that is there already.
  @Test func endpointGetsAReturnPathWhereSomebodyIsAboutToAddARoute() {
    #expect(
      ContainerRouting().steps(
        .ipv4, to: desired, replacing: [route], isForOthers: true, in: .host)
        == [.setReturnPath(desired.path, .ipv4, .host)])
  }
}

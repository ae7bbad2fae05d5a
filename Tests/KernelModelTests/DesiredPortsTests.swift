import Addressing
import KernelModel
import Testing

struct DesiredPortsTests {
  private let host = IPAddress("0.0.0.0")!
  private let one = IPAddress("10.0.0.2")!
  private let two = IPAddress("10.0.0.3")!
  private let bridge = InterfaceName("br0")
  private let port = InterfaceName("veth0")

  @Test func wayIsOpenBeforeAPortLeadsThereAndClosedAfter() {
    let ports = DesiredPorts(
      firewall: [published(.tcp, to: one)],
      loopback: [access(.ipv4), access(.ipv6)], hairpins: [port])

    #expect(
      ports.steps(from: DesiredPorts(), keeping: []) == [
        .writeSysctls([Sysctl(routeLocalnet, "1", for: .loopbackAccess)], .host),
        .addLoopbackRoute(bridge), .setHairpin(true, port),
        .updateFirewall(adding: [published(.tcp, to: one)], removing: []),
      ])
    #expect(
      DesiredPorts().steps(from: ports, keeping: [access(.ipv6)]) == [
        .updateFirewall(adding: [], removing: [published(.tcp, to: one)]),
        .deleteConnections([through(.tcp, one)]), .setHairpin(false, port),
        .writeSysctls([Sysctl(routeLocalnet, "0", isOptional: true, for: .protection)], .host),
      ])
  }

  @Test func portOfTheHostAloneDoesNotWorkWithoutLoopback() {
    var ports = DesiredPorts(loopback: [access(.ipv4)])
    ports.dependsOnLoopback = true

    #expect(
      ports.steps(from: DesiredPorts(), keeping: []) == [
        .writeSysctls([Sysctl(routeLocalnet, "1", for: .function)], .host)
      ])
  }

  private let routeLocalnet = SysctlKey(path: "net/ipv4/conf/br0/route_localnet")

  @Test func portsMoveInOneBatchAndTheirOldConnectionsAreCut() {
    let old = DesiredPorts(firewall: [published(.tcp, to: one), published(.udp, to: one)])
    let new = DesiredPorts(firewall: [published(.tcp, to: two), published(.udp, to: two)])

    #expect(
      new.steps(from: old, keeping: []) == [
        .updateFirewall(
          adding: [published(.tcp, to: two), published(.udp, to: two)],
          removing: [published(.tcp, to: one), published(.udp, to: one)]),
        .deleteConnections([
          through(.tcp, one), through(.udp, one),
          ConnectionFilter(
            .ipv4, .udp, original: .init(destinationPort: 8080), isToHost: true),
        ]),
      ])
  }

  @Test func openedPortIsCutByTheContainersOwnAddress() {
    let old = DesiredPorts(firewall: [.openPort(one, .sctp, port: 80)])

    #expect(
      DesiredPorts().steps(from: old, keeping: []) == [
        .updateFirewall(adding: [], removing: [.openPort(one, .sctp, port: 80)]),
        .deleteConnections([
          ConnectionFilter(.ipv4, .sctp, original: .init(destination: one, destinationPort: 80))
        ]),
      ])
  }

  @Test func samePortsNeedNothing() {
    let ports = DesiredPorts(firewall: [published(.udp, to: one)], loopback: [access(.ipv4)])

    #expect(ports.steps(from: ports, keeping: []).isEmpty)
  }

  private func published(_ transport: Transport, to address: IPAddress) -> FirewallElement {
    .published(host: host, transport, port: 8080, to: address, containerPort: 80)
  }

  private func access(_ family: AddressFamily) -> DesiredPorts.LoopbackAccess {
    DesiredPorts.LoopbackAccess(family: family, bridge: bridge)
  }

  private func through(_ transport: Transport, _ address: IPAddress) -> ConnectionFilter {
    ConnectionFilter(
      .ipv4, transport, original: .init(destinationPort: 8080),
      reply: .init(source: address, sourcePort: 80))
  }
}

import Addressing
import KernelModel
import Testing

struct DesiredEndpointPlanTests {
  private let container = NamespaceHandle(number: 3)
  private let mac = MACAddress("02:42:0a:00:00:02")!

  @Test func pairIsPreparedBeforeItComesUp() throws {
    let endpoint = try endpoint(isIsolated: true, isLocked: true)
    let hostName = try #require(endpoint.link.hostName)
    let inside = TargetNamespace.container(container)

    #expect(
      endpoint.creationSteps(container: container) == [
        .createEndpoint(endpoint, container: container), .setIsolation(true, hostName),
        .disableLearning(hostName, entering: mac), .setLock(true, hostName),
        .enableARPNotification(endpoint.name, inside), .writeSysctls(endpoint.sysctls, inside),
        .bringUp(endpoint.name, inside), .bringUp(hostName, .host),
        .addAddress(endpoint.addresses[0], endpoint.name, inside),
      ])
  }

  @Test func addressesAreAnnouncedOnceFramesPass() throws {
    let endpoint = try endpoint()

    #expect(
      endpoint.announcementSteps(container: container) == [
        .awaitForwarding(try #require(endpoint.link.hostName)),
        .awaitSending(endpoint.name, .container(container)),
        .setHardwareAddress(mac, endpoint.name, .container(container)),
      ])
  }

  @Test func whatIsNotToBeAnnouncedIsOnlyAwaited() throws {
    let silent = try endpoint(isAnnounced: false)
    let bare = try endpoint(addresses: [])

    for endpoint in [silent, bare] {
      #expect(
        endpoint.announcementSteps(container: container)
          == [.awaitForwarding(try #require(endpoint.link.hostName))])
    }
  }

  @Test func interfaceWithoutAHostEndHasNoPortToPrepare() throws {
    let endpoint = DesiredEndpoint(
      name: InterfaceName("eth0"),
      link: .macvlan(.bridge, parent: InterfaceName("eth7")), owner: .endpoint("1"), mac: mac,
      addresses: [try IPPrefix(parsing: "10.0.0.2/24")])
    let inside = TargetNamespace.container(container)

    #expect(
      endpoint.creationSteps(container: container) == [
        .createEndpoint(endpoint, container: container),
        .enableARPNotification(endpoint.name, inside), .writeSysctls([], inside),
        .bringUp(endpoint.name, inside),
        .addAddress(endpoint.addresses[0], endpoint.name, inside),
      ])
    #expect(
      endpoint.announcementSteps(container: container) == [
        .awaitSending(endpoint.name, inside), .setHardwareAddress(mac, endpoint.name, inside),
      ])
    #expect(endpoint.attachmentSteps.isEmpty)
  }

  private func endpoint(
    addresses: [String] = ["10.0.0.2/24"], isIsolated: Bool = false, isLocked: Bool = false,
    isAnnounced: Bool = true
  ) throws -> DesiredEndpoint {
    DesiredEndpoint(
      name: InterfaceName("eth0"),
      link: .veth(
        VethPort(
          name: InterfaceName("veth0000000"), bridge: InterfaceName("br0"), address: mac,
          isIsolated: isIsolated, isLocked: isLocked)),
      owner: .endpoint("1"), mac: mac,
      addresses: try addresses.map { try IPPrefix(parsing: $0) },
      sysctls: [Sysctl(SysctlKey(path: "net/ipv6/conf/eth0/disable_ipv6"), "1")],
      isAnnounced: isAnnounced)
  }
}

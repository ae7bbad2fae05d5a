import Addressing
import KernelModel
import Testing

struct DesiredEndpointPlanTests {
  private let container = NamespaceHandle(number: 3)

  @Test func pairIsPreparedBeforeItComesUp() throws {
    let endpoint = try endpoint(isIsolated: true, isLocked: true)
    let inside = TargetNamespace.container(container)

    #expect(
      endpoint.creationSteps(container: container) == [
        .createVeth(endpoint, container: container), .isolatePort(endpoint.hostName),
        .disableLearning(endpoint.hostName, entering: endpoint.mac),
        .lockPort(endpoint.hostName),
        .enableARPNotification(endpoint.name, inside), .writeSysctls(endpoint.sysctls, inside),
        .bringUp(endpoint.name, inside), .bringUp(endpoint.hostName, .host),
        .addAddress(endpoint.addresses[0], endpoint.name, inside),
      ])
  }

  @Test func addressesAreAnnouncedOnceFramesPass() throws {
    let endpoint = try endpoint()

    #expect(
      endpoint.announcementSteps(container: container) == [
        .awaitForwarding(endpoint.hostName),
        .awaitSending(endpoint.name, .container(container)),
        .setHardwareAddress(endpoint.mac, endpoint.name, .container(container)),
      ])
  }

  @Test func whatIsNotToBeAnnouncedIsOnlyAwaited() throws {
    let silent = try endpoint(isAnnounced: false)
    let bare = try endpoint(addresses: [])

    for endpoint in [silent, bare] {
      #expect(
        endpoint.announcementSteps(container: container) == [.awaitForwarding(endpoint.hostName)])
    }
  }

  private func endpoint(
    addresses: [String] = ["10.0.0.2/24"], isIsolated: Bool = false, isLocked: Bool = false,
    isAnnounced: Bool = true
  ) throws -> DesiredEndpoint {
    DesiredEndpoint(
      hostName: try InterfaceName("veth0000000"), name: try InterfaceName("eth0"),
      owner: .endpoint("1"), master: try InterfaceName("br0"),
      mac: try #require(MACAddress("02:42:0a:00:00:02")),
      addresses: try addresses.map { try IPPrefix(parsing: $0) },
      sysctls: [Sysctl(["net", "ipv6", "conf", "eth0", "disable_ipv6"], "1")],
      isIsolated: isIsolated, isLocked: isLocked, isAnnounced: isAnnounced)
  }
}

import Addressing
import Drivers
import KernelModel
import NetworkModel
import Testing

/// Which elements a published port has in netctl's table, mode by mode.
struct PublishedPortTests {
  private let v4 = IPAddress("10.0.0.2")!
  private let v6 = IPAddress("fd00::2")!

  @Test func portOfTheHostLeadsToTheAddressOfItsFamily() throws {
    let driver = try Sample.network().makePublisher()

    #expect(
      elements(driver, port("0.0.0.0"))
        == [.published(host: IPAddress("0.0.0.0")!, .tcp, port: 8080, to: v4, containerPort: 80)])
    #expect(
      elements(driver, port("::1"))
        == [.published(host: IPAddress("::1")!, .tcp, port: 8080, to: v6, containerPort: 80)])
  }

  @Test func unprotectedNetworkPublishesLikeAnyOther() throws {
    let driver = try Sample.network(options: ["bridge.gateway_mode_ipv4": "nat-unprotected"])
      .makePublisher()

    #expect(
      elements(driver, port("192.0.2.1"))
        == [.published(host: IPAddress("192.0.2.1")!, .tcp, port: 8080, to: v4, containerPort: 80)])
  }

  @Test func routedNetworkOpensTheContainersOwnPort() throws {
    let driver = try Sample.network(options: ["bridge.gateway_mode_ipv6": "routed"]).makePublisher()

    #expect(elements(driver, port("::")) == [.openPort(v6, .tcp, port: 80)])
    #expect(elements(driver, port("::", hostPort: nil)) == [.openPort(v6, .tcp, port: 80)])
    #expect(driver.isRouted(.ipv6))
    #expect(!driver.isRouted(.ipv4))
  }

  @Test func trustedInterfacesReachTheContainersOwnPortToo() throws {
    let driver = try Sample.network(options: ["bridge.trusted_host_interfaces": "eth0"])
      .makePublisher()

    #expect(
      elements(driver, port("0.0.0.0")) == [
        .published(host: IPAddress("0.0.0.0")!, .tcp, port: 8080, to: v4, containerPort: 80),
        .openPort(v4, .tcp, port: 80),
      ])
  }

  @Test func trustedInterfacesDoNotReachWhatIsPublishedToLoopback() throws {
    let driver = try Sample.network(options: ["bridge.trusted_host_interfaces": "eth0"])
      .makePublisher()

    #expect(
      elements(driver, port("127.0.0.1")) == [
        .published(host: IPAddress("127.0.0.1")!, .tcp, port: 8080, to: v4, containerPort: 80)
      ])
  }

  @Test func whatCannotBeReachedHasNone() throws {
    let isInternal = try Sample.network(isInternal: true).makePublisher()
    let isolated = try Sample.network(
      isInternal: true, options: ["bridge.gateway_mode_ipv4": "isolated"]
    ).makePublisher()
    let nat = try Sample.network().makePublisher()
    let none = try Sample.network(driver: .null).makeDriver()

    #expect(elements(isInternal, port("0.0.0.0")).isEmpty)
    #expect(elements(isolated, port("0.0.0.0")).isEmpty)
    #expect(!(none is any PortPublishing))
    // It was published while the container was on a routed network.
    #expect(elements(nat, port("0.0.0.0", hostPort: nil)).isEmpty)
    let endpoint = Sample.endpoint(addresses: ["10.0.0.2/24"])
    #expect(nat.policy(for: port("::"), on: endpoint) == nil)
  }

  @Test func defaultAddressIsTheOptionsOne() throws {
    let driver = try Sample.network(options: ["bridge.host_binding_ipv4": "192.0.2.1"])
      .makePublisher()

    #expect(driver.defaultHostAddress == IPAddress("192.0.2.1"))
    #expect(try Sample.network().makePublisher().defaultHostAddress == nil)
  }

  private func elements(
    _ driver: any PortPublishing, _ port: PublishedPort
  ) -> [FirewallElement] {
    driver.policy(for: port, on: Sample.endpoint())?.elements ?? []
  }

  private func port(_ host: String, hostPort: UInt16? = 8080) -> PublishedPort {
    PublishedPort(
      host: IPAddress(host)!, hostPort: hostPort, transport: .tcp, containerPort: 80)
  }
}

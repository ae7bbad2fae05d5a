import AddressPools
import Addressing
import KernelTestSupport
import NetworkModel
import Testing

@testable import StateStore

/// Documents as netctl wrote them before schema 2.
struct SchemaOneTests {
  private static let network =
    #"{"schema":1,"id":"2198448cc892ab14ab14689485239f0ce5ddec7eb0c332357476e8624499e7b7","name":"#
    + #""blue","created":1795967089204955700,"scope":"local","driver":"bridge","families":["ipv4","#
    + #""ipv6"],"ipam":{"driver":"default","options":{},"subnets":[{"subnet":"10.9.0.0/24","#
    + #""gateway":"10.9.0.1"},{"subnet":"fd09::/64","gateway":"fd09::1"}]},"labels":{"a":"b"}}"#
  private static let endpoint =
    #"{"schema":1,"id":"e2cdd079d0ca793531d98f1eb5ec3b78eccb78aba790157cbbc219e990e2991f","network""#
    + #":"2198448cc892ab14ab14689485239f0ce5ddec7eb0c332357476e8624499e7b7","container":{"name":"c","#
    + #""path":"/run/netns/c","boot":"7a78f270-d2be-4adb-8764-a1e2e593e967","device":4,"inode":"#
    + #"4026533139,"cookie":1060},"interface":{"hostName":"vethe2cdd07","name":"eth0","mac":"#
    + #""02:42:0a:09:00:02","addresses":["10.9.0.2/24","fd09::2/64"]},"route":{"networkName":"blue","#
    + #""gateways":["10.9.0.1","fd09::1"]},"aliases":["web"]}"#
  private static let ports =
    #"{"schema":1,"container":{"name":"pid:7","path":"/proc/7/ns/net","boot":"#
    + #""7a78f270-d2be-4adb-8764-a1e2e593e967","device":4,"inode":4026533139,"cookie":1060},"ports":"#
    + #"[{"host":"::","hostPort":8080,"protocol":"tcp","containerPort":80}]}"#
  // The directory of the container in the same state directory.
  private static let container = ContainerID(
    "a98775430fdb21955516ed6f36836bf1ad291247121a2b71ab39cfce83cb1429")

  @Test func networkIsRead() throws {
    let network = try NetworkDocument.decode(Self.network.utf8, file: "f")

    #expect(network.name == "blue" && network.driver == .bridge)
    #expect(network.subnets.map(\.gateway?.description) == ["10.9.0.1", "fd09::1"])
  }

  @Test func endpointIsReadAndItsContainerKeepsItsIdentity() throws {
    let endpoint = try EndpointDocument.decode(Self.endpoint.utf8, file: "f")

    #expect(endpoint.container.id == Self.container)
    #expect(endpoint.container.runtime == .namedNamespace)
    #expect(endpoint.interface?.hostName == "vethe2cdd07")
    #expect(endpoint.interface?.mac == MACAddress("02:42:0a:09:00:02"))
    #expect(endpoint.route.routes.gateways.map(\.description) == ["10.9.0.1", "fd09::1"])
    #expect(endpoint.settings.aliases == ["web"])
  }

  @Test func portsAreReadAndTheirContainerKeepsItsIdentity() throws {
    let ports = try PortsDocument.decode(Array(Self.ports.utf8), file: "f")

    #expect(ports.container.id == Self.container)
    #expect(ports.container.runtime == .process)
    #expect(ports.ports.map(\.hostPort) == [8080])
  }

  @Test func otherDocumentsAreRead() throws {
    let host = try HostDocument.decode(
      Array(
        (#"{"schema":1,"localIPv6Block":"fd84:bdd1:70b7::/48","boot":"b","namespace":1059,"#
          + #""forwarding":["ipv4","ipv6"],"restored":true}"#).utf8), file: "f")
    let leases = try LeaseDocument.decode(
      Array(#"{"schema":1,"subnets":[{"subnet":"10.9.0.0/24","taken":"0-2,255"}]}"#.utf8),
      file: "f")

    #expect(host.namespace == 1059 && host.forwarding == [.ipv4, .ipv6] && host.isRestored)
    #expect(leases.subnets.map(\.inUseCount) == [4])
  }

  @Test func whatIsWrittenIsOfSchemaTwoAndTheSame() throws {
    let network = try NetworkDocument.decode(Self.network.utf8, file: "f")
    let endpoint = try EndpointDocument.decode(Self.endpoint.utf8, file: "f")
    let (newNetwork, newEndpoint) = (
      NetworkDocument.encode(network), EndpointDocument.encode(endpoint)
    )

    #expect(String(decoding: newNetwork, as: UTF8.self).hasPrefix(#"{"schema":2,"#))
    #expect(String(decoding: newEndpoint, as: UTF8.self).hasPrefix(#"{"schema":2,"#))
    #expect(try NetworkDocument.decode(newNetwork, file: "f") == network)
    #expect(try EndpointDocument.decode(newEndpoint, file: "f") == endpoint)
  }

  @Test(arguments: ["hostName", "mac"])
  func interfaceOfSchemaOneIsComplete(_ member: String) {
    let text = Self.endpoint.replacing("\"\(member)\":", with: "\"x\":")

    #expect(throws: StateError.self) { try EndpointDocument.decode(text.utf8, file: "f") }
  }

  @Test(arguments: ["id", "runtime"])
  func containerOfSchemaTwoIsComplete(_ member: String) throws {
    let endpoint = try EndpointDocument.decode(Self.endpoint.utf8, file: "f")
    let text = String(decoding: EndpointDocument.encode(endpoint), as: UTF8.self)
    let container = try #require(text.firstRange(of: "\"container\":{"))
    let lacking =
      text[..<container.upperBound]
      + text[container.upperBound...].replacing(
        "\"\(member)\":", with: "\"x\":", maxReplacements: 1)

    #expect(throws: StateError.self) { try EndpointDocument.decode(lacking.utf8, file: "f") }
  }
}

import Addressing
import KernelModel
import KernelTestSupport
import LinuxKernel
import LinuxSystem
import SystemErrors
import Testing

private let bridge = InterfaceName("br-a")
private let hostEnd = InterfaceName("veth0")
private let innerEnd = InterfaceName("eth0")
private let other = InterfaceName("net0")
private let missing = InterfaceName("veth9")

/// What the service relies on in a kernel. The fake has to agree with Linux in all of it, or its
/// tests would prove nothing.
@Suite struct KernelContractTests {
  @Test(arguments: Clause.all)
  func fakeKernelKeeps(_ clause: Clause) throws {
    let kernel = FakeKernel(worldWithContainer)

    try clause.check(kernel, try kernel.openNamespace(atPath: "/run/netns/c").handle)
  }

  @Test(
    .enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"),
    arguments: Clause.all)
  func linuxKeeps(_ clause: Clause) throws {
    try withNamespace { container in
      let path = "/proc/self/fd/\(container.descriptor.rawValue)"
      try withNamespace { _ in
        let kernel = LinuxKernel()

        try clause.check(kernel, try kernel.openNamespace(atPath: path).handle)
      }
    }
  }

  private var worldWithContainer: World {
    var world = World()
    world.namespaces["/run/netns/c"] = World.Namespace()
    return world
  }

  /// One sentence of the contract.
  struct Clause: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let body: @Sendable (Bed) throws -> Void

    init(_ testDescription: String, _ body: @escaping @Sendable (Bed) throws -> Void) {
      self.testDescription = testDescription
      self.body = body
    }

    func check(_ kernel: any Kernel, _ container: NamespaceHandle) throws {
      try body(try Bed(kernel: kernel, container: container))
    }
  }

  /// A kernel with the bridge `br-a`, and a container whose interface `eth0` is behind `veth0`.
  struct Bed {
    let kernel: any Kernel
    let container: NamespaceHandle
    let endpoint: DesiredEndpoint

    init(kernel: any Kernel, container: NamespaceHandle) throws {
      self.kernel = kernel
      self.container = container
      endpoint = try Self.endpoint(host: "veth0", name: "eth0", bridge: bridge)
      try perform(
        .createDevice(Self.device("a")), .bringUp(bridge, .host),
        .createEndpoint(endpoint, container: container), .bringUp(innerEnd, inside),
        .bringUp(hostEnd, .host))
    }

    var inside: TargetNamespace { .container(container) }

    func perform(_ steps: KernelStep...) throws { try kernel.perform(steps) }

    /// The number with which the kernel refuses a step; nil if it performs it.
    func refusal(_ step: KernelStep) -> Errno? {
      do throws(KernelError) {
        try kernel.perform(step)
        return nil
      } catch {
        return error.errno
      }
    }

    func link(_ name: InterfaceName, _ namespace: TargetNamespace = .host) throws -> KernelModel
      .ObservedLink?
    {
      try kernel.link(name, in: namespace)
    }

    func addresses(_ name: InterfaceName, _ namespace: TargetNamespace) throws -> [IPPrefix] {
      let link = try #require(try link(name, namespace))
      return try kernel.addresses(ofLink: link.index, in: namespace)
        .filter { $0.address.family == .ipv4 }
    }

    static var tunnel: DesiredTunnel {
      get throws {
        let source = try #require(IPAddress("10.77.0.1"))
        return DesiredTunnel(
          device: NetworkDevice(
            name: "vx-a", kind: .vxlan(0x10_0000, source: source, port: 4789), owner: .tunnel("a"),
            adoptsExisting: false),
          bridge: bridge)
      }
    }

    static var stations: [RemoteStation] {
      get throws {
        try ["02:42:0a:09:00:03", "02:42:0a:09:00:04"].enumerated().map { number, mac in
          RemoteStation(
            mac: try #require(MACAddress(mac)),
            addresses: try ["10.9.0.\(3 + number)", "fd09::\(3 + number)"].map {
              try #require(IPAddress($0))
            },
            host: IPAddress("10.77.0.\(2 + number)"))
        }
      }
    }

    static func endpoint(
      host: String, name: String, bridge: InterfaceName
    ) throws -> DesiredEndpoint {
      DesiredEndpoint(
        name: try InterfaceName(name),
        link: .veth(VethPort(name: try InterfaceName(host), bridge: bridge, address: address)),
        owner: .endpoint(host), mac: address, addresses: [])
    }

    static let address = MACAddress(bytes: [2, 0, 0, 0, 0, 1])!

    static func device(_ network: String) -> NetworkDevice {
      NetworkDevice(
        name: bridge, kind: .bridge, owner: .network(network), adoptsExisting: false)
    }

    /// An endpoint on a link of the host, without a host end.
    static func endpoint(_ name: String, on parent: InterfaceName) throws -> DesiredEndpoint {
      DesiredEndpoint(
        name: try InterfaceName(name), link: .macvlan(.bridge, parent: parent),
        owner: .endpoint("m"), mac: MACAddress(bytes: [2, 0, 0, 0, 0, 2]), addresses: [])
    }
  }
}

extension KernelContractTests.Clause {
  typealias Clause = Self
  typealias Bed = KernelContractTests.Bed

  static let all: [Self] =
    links + stacked + addressesAndRoutes + ports + tunnels + settings

  private static let links = [
    Clause("a bridge with a name that is taken is refused, and the old one stays") { (bed) throws in
      let before = try bed.link(bridge)

      #expect(bed.refusal(.createDevice(Bed.device("b"))) == .fileExists)
      #expect(try bed.link(bridge)?.owner == before?.owner)
    },
    Clause("a veth pair on a bridge that is missing is refused, and nothing is left of it") {
      (bed) throws in
      let endpoint = try Bed.endpoint(host: "veth1", name: "eth1", bridge: missing)

      #expect(bed.refusal(.createEndpoint(endpoint, container: bed.container)) == .noDevice)
      #expect(try bed.link(InterfaceName("veth1")) == nil)
      #expect(try bed.link(InterfaceName("eth1"), bed.inside) == nil)
    },
    Clause("a veth pair whose inner name is taken is refused, and nothing is left of it") {
      (bed) throws in
      let endpoint = try Bed.endpoint(host: "veth1", name: "eth0", bridge: bridge)

      #expect(bed.refusal(.createEndpoint(endpoint, container: bed.container)) == .fileExists)
      #expect(try bed.link(InterfaceName("veth1")) == nil)
    },
    Clause("both ends of a veth pair bear what was wanted") { (bed) throws in
      let (bridge, near) = (try bed.link(bridge), try bed.link(hostEnd))
      let far = try bed.link(innerEnd, bed.inside)

      #expect(near?.owner == .endpoint("veth0"))
      #expect(near?.kind == .veth && far?.kind == .veth)
      #expect(near?.master != nil && near?.master == bridge?.index)
    },
    Clause("the inner end goes with the host's") { (bed) throws in
      try bed.perform(.deleteLink(hostEnd, .host))

      #expect(try bed.link(innerEnd, bed.inside) == nil)
    },
    Clause("a link that is gone need not be deleted") { (bed) throws in
      #expect(bed.refusal(.deleteLink(missing, .host)) == nil)
    },
    Clause("a name that is taken is given to no other link, which keeps its own") { (bed) throws in
      #expect(bed.refusal(.renameLink(hostEnd, to: bridge, .host)) == .fileExists)
      #expect(try bed.link(hostEnd)?.owner == .endpoint("veth0"))
      #expect(try bed.link(bridge)?.kind == .bridge)
    },
    Clause("a link that is missing is neither renamed nor changed") { (bed) throws in
      let steps: [KernelStep] = [
        .renameLink(missing, to: other, .host), .setMTU(1400, missing, .host),
        .bringUp(missing, .host), .takeDown(missing, .host), .setIsolation(true, missing),
        .setLock(true, missing),
        .attachPort(missing, bridge: bridge), .setHairpin(true, missing),
      ]

      for step in steps { #expect(bed.refusal(step) == .noDevice, "\(step)") }
    },
    Clause("a renamed link is the same") { (bed) throws in
      try bed.perform(
        .takeDown(innerEnd, bed.inside), .renameLink(innerEnd, to: other, bed.inside))

      #expect(try bed.link(innerEnd, bed.inside) == nil)
      #expect(try bed.link(other, bed.inside)?.kind == .veth)
      try bed.perform(.deleteLink(hostEnd, .host))
      #expect(try bed.link(other, bed.inside) == nil)
    },
    Clause("links go up and down") { (bed) throws in
      try bed.perform(.takeDown(hostEnd, .host))
      let down = try bed.link(hostEnd)?.isUp
      try bed.perform(.bringUp(hostEnd, .host))

      #expect(down == false)
      #expect(try bed.link(hostEnd)?.isUp == true)
    },
  ]

  private static let stacked = [
    Clause("an interface on a link of the host bears what was wanted") { (bed) throws in
      try bed.perform(.createEndpoint(try Bed.endpoint("m0", on: bridge), container: bed.container))
      let link = try bed.link(InterfaceName("m0"), bed.inside)

      #expect(link?.kind == .macvlan && link?.owner == .endpoint("m"))
      #expect(link?.isIncomplete == false)
    },
    Clause("an interface whose name is taken, or whose parent is missing, is refused") {
      (bed) throws in
      let (taken, orphan) = (
        try Bed.endpoint("eth0", on: bridge), try Bed.endpoint("m0", on: missing)
      )

      #expect(bed.refusal(.createEndpoint(taken, container: bed.container)) == .fileExists)
      #expect(bed.refusal(.createEndpoint(orphan, container: bed.container)) == .noDevice)
      #expect(try bed.link(innerEnd, bed.inside)?.kind == .veth)
      #expect(try bed.link(InterfaceName("m0"), bed.inside) == nil)
    },
    Clause("an interface is deleted inside its namespace, and goes with its parent") {
      (bed) throws in
      let name = InterfaceName("m0")
      let creation = KernelStep.createEndpoint(
        try Bed.endpoint("m0", on: bridge), container: bed.container)
      try bed.perform(creation, .deleteLink(name, bed.inside))
      #expect(try bed.link(name, bed.inside) == nil)
      #expect(try bed.link(bridge) != nil)

      try bed.perform(creation, .deleteLink(bridge, .host))
      #expect(try bed.link(name, bed.inside) == nil)
    },
  ]

  private static let addressesAndRoutes = [
    Clause("an address may be added and removed twice") { (bed) throws in
      let prefix = try IPPrefix(parsing: "10.9.0.2/24")
      try bed.perform(
        .addAddress(prefix, innerEnd, bed.inside), .addAddress(prefix, innerEnd, bed.inside))
      let present = try bed.addresses(innerEnd, bed.inside)
      try bed.perform(
        .removeAddress(prefix, innerEnd, bed.inside), .removeAddress(prefix, innerEnd, bed.inside))

      #expect(present == [prefix])
      #expect(try bed.addresses(innerEnd, bed.inside) == [])
    },
    Clause("a second default route is refused, and one that is gone need not be removed") {
      (bed) throws in
      let route = DefaultRoute(
        gateway: try #require(IPAddress("10.9.0.1")), interface: "eth0")
      let other = DefaultRoute(
        gateway: try #require(IPAddress("10.9.0.3")), interface: "eth0")
      try bed.perform(
        .addAddress(try IPPrefix(parsing: "10.9.0.2/24"), innerEnd, bed.inside),
        .addDefaultRoute(route, before: nil, bed.inside))

      #expect(bed.refusal(.addDefaultRoute(other, before: nil, bed.inside)) == .fileExists)
      let gateways = try bed.kernel.routing(in: bed.inside).defaultRoutes.map(\.gateway)
      #expect(gateways == [route.gateway])
      try bed.perform(
        .removeDefaultRoute(route, bed.inside), .removeDefaultRoute(route, bed.inside))
      #expect(try bed.kernel.routing(in: bed.inside).defaultRoutes.isEmpty)
    },
    Clause("a default route needs no gateway") { (bed) throws in
      let route = DefaultRoute(.ipv4, interface: "eth0")
      try bed.perform(.addDefaultRoute(route, before: nil, bed.inside))
      let present = try bed.kernel.routing(in: bed.inside).defaultRoutes
      try bed.perform(
        .removeDefaultRoute(route, bed.inside), .removeDefaultRoute(route, bed.inside))

      #expect(present.map(\.interface) == ["eth0"] && present.map(\.gateway) == [nil])
      #expect(try bed.kernel.routing(in: bed.inside).defaultRoutes.isEmpty)
    },
    Clause("a default route goes with its interface") { (bed) throws in
      let route = DefaultRoute(
        gateway: try #require(IPAddress("10.9.0.1")), interface: "eth0")
      try bed.perform(
        .addAddress(try IPPrefix(parsing: "10.9.0.2/24"), innerEnd, bed.inside),
        .addDefaultRoute(route, before: nil, bed.inside), .deleteLink(hostEnd, .host))

      #expect(try bed.kernel.routing(in: bed.inside).defaultRoutes.isEmpty)
    },
    Clause("a default route by an interface that is missing is refused") { (bed) throws in
      let route = DefaultRoute(
        gateway: try #require(IPAddress("10.9.0.1")), interface: "eth9")

      #expect(bed.refusal(.addDefaultRoute(route, before: nil, bed.inside)) == .noDevice)
    },
  ]

  private static let ports = [
    Clause("a port is isolated, and leads to its address alone") { (bed) throws in
      try bed.perform(
        .setIsolation(true, hostEnd), .disableLearning(hostEnd, entering: Bed.address),
        .setLock(true, hostEnd))
      let port = try #require(try bed.link(hostEnd))

      #expect(port.isIsolated && port.isLocked && !port.isLearning)
      #expect(try bed.kernel.portAddresses()[port.index] == [Bed.address])
    },
    Clause("hairpin mode of a port that is gone need not be disabled") { (bed) throws in
      #expect(bed.refusal(.setHairpin(false, missing)) == nil)
    },
    Clause("the path for ::1 may be opened and closed twice") { (bed) throws in
      let index = try #require(try bed.link(bridge)?.index)
      try bed.perform(.addLoopbackRoute(bridge), .addLoopbackRoute(bridge))
      let open = try bed.kernel.loopbackLinks().contains(index)
      try bed.perform(.removeLoopbackRoute(bridge), .removeLoopbackRoute(bridge))

      #expect(open)
      #expect(try !bed.kernel.loopbackLinks().contains(index))
    },
  ]

  private static let tunnels = [
    Clause("a tunnel leads to the endpoints that it was given, and to no others") {
      (bed) throws in
      let tunnel = try Bed.tunnel
      let stations = try Bed.stations
      try bed.perform(
        .createDevice(tunnel.device), .attachPort(tunnel.device.name, bridge: bridge),
        .closeTunnelPort(tunnel.device.name), .addStation(stations[0], tunnel.device.name),
        .addStation(stations[1], tunnel.device.name), .addStation(stations[1], tunnel.device.name),
        .removeStation(stations[0], tunnel.device.name),
        .removeStation(stations[0], tunnel.device.name))
      let link = try #require(try bed.link(tunnel.device.name))
      let observed = try bed.kernel.tunnel(ofLink: link.index)

      #expect(link.kind == .vxlan && link.owner == tunnel.device.owner)
      #expect(observed.kind == tunnel.device.kind && observed.isClosed)
      #expect(observed.hosts == [stations[1].mac: try #require(stations[1].host)])
      #expect(observed.bridged == [stations[1].mac])
      #expect(
        observed.neighbors
          == Dictionary(uniqueKeysWithValues: stations[1].addresses.map { ($0, stations[1].mac) }))
    },
    Clause("an endpoint that moves is behind its new host") { (bed) throws in
      let tunnel = try Bed.tunnel
      let station = try Bed.stations[0]
      let moved = RemoteStation(
        mac: station.mac, addresses: station.addresses, host: IPAddress("10.77.0.9"))
      try bed.perform(
        .createDevice(tunnel.device), .attachPort(tunnel.device.name, bridge: bridge),
        .addStation(station, tunnel.device.name), .addStation(moved, tunnel.device.name))
      let index = try #require(try bed.link(tunnel.device.name)).index

      #expect(try bed.kernel.tunnel(ofLink: index).hosts == [station.mac: moved.host])
    },
    Clause("a second tunnel with the same identifier and port is refused") { (bed) throws in
      let tunnel = try Bed.tunnel
      let other = NetworkDevice(
        name: "vx-b", kind: tunnel.device.kind, owner: .tunnel("b"), adoptsExisting: false)
      try bed.perform(.createDevice(tunnel.device))

      #expect(bed.refusal(.createDevice(other)) == .fileExists)
    },
  ]

  private static let settings = [
    Clause("a setting is what was written") { (bed) throws in
      let path = SysctlKey(path: "net/ipv4/conf/br-a/route_localnet")
      try bed.perform(.writeSysctls([Sysctl(path, "1")], .host))

      #expect(try bed.kernel.sysctl(path, in: .host) == "1")
    },
    Clause("elements are added to and removed from a table that is installed") { (bed) throws in
      try bed.perform(
        .installFirewall([.bridge(bridge)]),
        .updateFirewall(adding: [.internal(bridge)], removing: [.bridge(bridge)]),
        .updateFirewall(adding: [.internal(bridge)], removing: [.bridge(bridge)]))

      #expect(try bed.kernel.isFirewallInstalled())
      #expect(try bed.kernel.firewall().elements == [.internal(bridge)])
    },
    Clause("elements of a table that is missing are refused") { (bed) throws in
      #expect(
        bed.refusal(.updateFirewall(adding: [.bridge(bridge)], removing: []))
          == .noSuchFileOrDirectory)
    },
    Clause("the table may be removed twice, and is needed as long as a bridge is in it") {
      (bed) throws in
      try bed.perform(.installFirewall([.bridge(bridge)]))
      let isNeeded = try bed.kernel.isFirewallNeeded()
      try bed.perform(.removeFirewall, .removeFirewall)

      #expect(isNeeded)
      #expect(try !bed.kernel.isFirewallInstalled())
    },
  ]
}

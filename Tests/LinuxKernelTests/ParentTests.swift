import Addressing
import Glibc
import KernelModel
import KernelTestSupport
import LinuxKernel
import LinuxSystem
import NetworkModel
import NetworkService
import Testing

/// Containers on a link of the host that leads to other machines, with real packets.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct ParentTests {
  // MARK: macvlan

  @Test func bridgeModeLetsContainersReachEachOtherAndTheOutside() throws {
    try withParent(mode: "bridge") { (lab, outside, one, two) throws in
      #expect(try reaches("192.0.2.3", from: one))
      #expect(try reaches("2001:db8::3", from: one))
      #expect(try reaches("192.0.2.9", from: one))
      #expect(try reaches("192.0.2.3", from: outside))
      #expect(try reaches("2001:db8::3", from: outside))
    }
  }

  @Test func alternativeNameOfAParentIsReplaced() throws {
    try withOutside { (lab, outside) throws in
      try lab.host.run("ip", "link", "property", "add", "dev", "up1", "altname", "alt1")
      let one = try lab.makeNamespace()
      try lab.create("a") {
        Self.network(mode: "bridge")(&$0)
        $0.options["parent"] = "alt1"
      }
      try lab.connect("a", one)

      #expect(try lab.service.network("a").options["parent"] == "up1")
      #expect(try lab.service.verify([]).findings.filter { !$0.isNote }.isEmpty)
      #expect(throws: ServiceError.self) {
        try lab.create("b") {
          $0.driver = "macvlan"
          $0.subnets = ["10.4.0.0/24"]
          $0.options = ["parent": "up1", "macvlan_mode": "passthru"]
        }
      }
    }
  }

  @Test func alternativeNameOfATrustedInterfaceIsReplaced() throws {
    try withOutside { (lab, outside) throws in
      try lab.host.run("ip", "link", "property", "add", "dev", "up1", "altname", "alt1")
      let key = "com.docker.network.bridge.trusted_host_interfaces"

      try lab.create("n") { $0.options = [key: "lo:alt1"] }

      #expect(try lab.service.network("n").options[key] == "lo:up1")
    }
  }

  @Test func hardwareAddressesOfOneParentDiffer() throws {
    try withOutside { (lab, outside) throws in
      let (one, two) = (try lab.makeNamespace(), try lab.makeNamespace())
      try lab.create("a", Self.network(mode: "bridge"))
      try lab.connect("a", one) { $0.mac = .init("02:42:c0:00:02:03") }
      try lab.connect("a", two)

      #expect(try reaches("192.0.2.3", from: one))
      #expect(try reaches("192.0.2.2", from: outside))
    }
  }

  @Test func networkNeedsNoAddresses() throws {
    try withOutside { (lab, outside) throws in
      let one = try lab.makeNamespace()
      try lab.create("a") {
        $0.driver = "macvlan"
        $0.ipv4 = false
        $0.options = ["parent": "up1"]
      }

      try lab.connect("a", one)
      try one.run("ip", "addr", "add", "192.0.2.7/24", "dev", "eth0")

      #expect(try reaches("192.0.2.7", from: outside))
    }
  }

  @Test func privateModeKeepsContainersApart() throws {
    try withParent(mode: "private") { (lab, outside, one, two) throws in
      try reflect(in: outside)

      #expect(try !reaches("192.0.2.3", from: one))
      #expect(try !reaches("2001:db8::3", from: one))
      #expect(try reaches("192.0.2.9", from: one))
      #expect(try reaches("192.0.2.3", from: outside))
    }
  }

  @Test func vepaModeNeedsASwitchThatReflects() throws {
    try withParent(mode: "vepa") { (lab, outside, one, two) throws in
      #expect(try reaches("192.0.2.9", from: one))
      #expect(try !reaches("192.0.2.3", from: one))

      try reflect(in: outside)

      #expect(try reaches("192.0.2.3", from: one))
      #expect(try reaches("2001:db8::3", from: one))
    }
  }

  @Test func passthruModeHasOneContainerWithTheAddressOfTheParent() throws {
    try withOutside { (lab, outside) throws in
      let (one, two) = (try lab.makeNamespace(), try lab.makeNamespace())
      try lab.create("a", Self.network(mode: "passthru"))
      try lab.connect("a", one)

      #expect(try reaches("192.0.2.9", from: one))
      #expect(try reaches("192.0.2.2", from: outside))
      #expect(throws: ServiceError.self) { try lab.connect("a", two) }
      #expect(try two.run("ip", "-br", "link").split(separator: "\n").count == 1)
      #expect(try lab.service.inspect("a").endpoints.map(\.interface?.mac) == [nil])
      let inside = try one.run("ip", "-br", "link", "show", "eth0")
      let parent = try lab.host.run("ip", "-br", "link", "show", "up1")
      let address = try #require(parent.split(separator: " ").dropFirst(2).first)
      #expect(inside.contains(address))
    }
  }

  /// What a host cannot do: its own packets leave by the parent, where no container is.
  @Test func hostDoesNotReachItsContainersUnlessItIsOnTheParentToo() throws {
    try withParent(mode: "bridge") { (lab, outside, one, _) throws in
      #expect(try !reaches("192.0.2.2", from: lab.host))

      try lab.host.run(
        "ip", "link", "add", "shim0", "link", "up1", "type", "macvlan", "mode", "bridge")
      try lab.host.run("ip", "addr", "add", "192.0.2.200/32", "dev", "shim0")
      try lab.host.run("ip", "link", "set", "shim0", "up")
      try lab.host.run("ip", "route", "add", "192.0.2.0/28", "dev", "shim0")

      #expect(try reaches("192.0.2.2", from: lab.host))
      #expect(try reaches("192.0.2.200", from: one))
    }
  }

  @Test func containersOfSeveralNetworksOnAParentShareIt() throws {
    try withParent(mode: "bridge") { (lab, outside, one, _) throws in
      let other = try lab.makeNamespace()
      try lab.create("b") {
        $0.driver = "macvlan"
        $0.subnets = ["198.51.100.0/24"]
        $0.gateways = [.init("198.51.100.9")!]
        $0.options = ["parent": "up1"]
      }
      try lab.connect("b", other)
      try outside.run("ip", "addr", "add", "198.51.100.9/24", "dev", "eth0")

      #expect(try reaches("198.51.100.9", from: other))
      // By the router that both have.
      try outside.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
      #expect(try reaches("192.0.2.2", from: other))
    }
  }

  @Test func defaultRouteLeadsToTheGateway() throws {
    try withParent(mode: "bridge") { (_, _, one, _) throws in
      let routes = try one.run("ip", "route") + one.run("ip", "-6", "route")

      #expect(routes.contains("default via 192.0.2.9 dev eth0"))
      #expect(routes.contains("default via 2001:db8::9 dev eth0"))
    }
  }

  /// The neighbours learn where an address is now without asking.
  @Test func newAddressIsAnnounced() throws {
    try withOutside { (lab, outside) throws in
      try lab.create("a", Self.network(mode: "bridge"))
      let one = try lab.makeNamespace()
      try outside.run(
        "ip", "neigh", "add", "192.0.2.2", "lladdr", "02:00:00:00:00:99", "dev", "eth0", "nud",
        "stale")

      try lab.connect("a", one)

      #expect(try reaches("192.0.2.2", from: outside))
      #expect(
        try outside.run("ip", "neigh", "show", "192.0.2.2").contains("02:42:c0:00:02:02"))
    }
  }

  // MARK: Life

  @Test func deletedInterfaceAndParentAreMadeAgain() throws {
    try withParent(mode: "bridge") { (lab, outside, one, two) throws in
      try one.run("ip", "link", "delete", "eth0")
      #expect(try findings(lab).contains { if case .interfaceMissing = $0 { true } else { false } })
      try reload(lab)
      #expect(try reaches("192.0.2.2", from: outside))
      #expect(try reaches("2001:db8::3", from: one))

      try lab.host.run("ip", "link", "delete", "up1")
      #expect(try findings(lab) == [.parentMissing("up1")])
      let switched = try lab.makeNamespace()
      try lab.join(switched, "up1", [], ["192.0.2.9/24"])
      try reload(lab)
      #expect(try findings(lab) == [])
      #expect(try reaches("192.0.2.3", from: one) && reaches("192.0.2.2", from: switched))
    }
  }

  @Test func endOfANamespaceFreesItsAddressAndLink() throws {
    try withOutside { (lab, _) throws in
      try lab.create("a", Self.network(mode: "bridge"))
      try { () throws in
        let one = try lab.makeNamespace()
        try lab.connect("a", one)
      }()

      #expect(try lab.service.inspect("a").endpoints.isEmpty)
      let two = try lab.makeNamespace()
      try lab.connect("a", two)
      let interface = try lab.service.inspect("a").endpoints.first?.interface
      #expect(
        interface?.addresses.map(\.description) == ["192.0.2.2/24", "2001:db8::2/64"])
    }
  }

  @Test func parentThatIsABridgePortIsNamed() throws {
    try withOutside { (lab, _) throws in
      try lab.host.run("ip", "link", "add", "br0", "type", "bridge")
      try lab.host.run("ip", "link", "set", "up1", "master", "br0")
      try lab.create("a", Self.network(mode: "bridge"))
      let one = try lab.makeNamespace()

      let error = #expect(throws: ServiceError.self) { try lab.connect("a", one) }

      let refusal = try #require(error?.refusal)
      #expect(refusal.isBusy)
      #expect(try lab.service.inspect("a").endpoints.isEmpty)
    }
  }

  // MARK: Modules that a kernel may lack

  @Test(
    .enabled(if: KernelSupport.has("dummy"), "the kernel has no dummy links"),
    arguments: ["macvlan"])
  func networkWithoutAParentIsInternal(driver: String) throws {
    try withLab { (lab) throws in
      try lab.create("a") {
        $0.driver = driver
        $0.subnets = ["192.0.2.0/24"]
      }
      let (one, two) = (try lab.makeNamespace(), try lab.makeNamespace())
      try lab.connect("a", one)
      try lab.connect("a", two)

      #expect(try reaches("192.0.2.2", from: one))
      #expect(try !one.run("ip", "route").contains("default"))
      try lab.disconnect("a", one)
      try lab.disconnect("a", two)
      try lab.remove("a")
      #expect(try lab.linkNames() == ["lo"])
    }
  }

  @Test(.enabled(if: KernelSupport.has("vlan"), "the kernel has no 802.1Q links"))
  func vlanIsMadeAndTakenAway() throws {
    try withOutside { (lab, outside) throws in
      try outside.run("ip", "link", "add", "eth0.10", "link", "eth0", "type", "vlan", "id", "10")
      try outside.run("ip", "addr", "add", "198.51.100.9/24", "dev", "eth0.10")
      try outside.run("ip", "link", "set", "eth0.10", "up")
      try lab.create("a") {
        $0.driver = "macvlan"
        $0.subnets = ["198.51.100.0/24"]
        $0.options = ["parent": "up1.10"]
      }
      let one = try lab.makeNamespace()
      try lab.connect("a", one)

      #expect(try reaches("198.51.100.9", from: one))
      try lab.disconnect("a", one)
      try lab.remove("a")
      #expect(try lab.linkNames() == ["lo", "up1"])
    }
  }

  @Test(
    .enabled(if: KernelSupport.has("ipvlan"), "the kernel has no ipvlan"),
    arguments: ["l2", "l3", "l3s"])
  func ipvlanCarriesPackets(mode: String) throws {
    try withOutside { (lab, outside) throws in
      try lab.create("a") {
        Self.network(mode: "")(&$0)
        $0.driver = "ipvlan"
        $0.options = ["parent": "up1", "ipvlan_mode": mode]
      }
      let (one, two) = (try lab.makeNamespace(), try lab.makeNamespace())
      try lab.connect("a", one)
      try lab.connect("a", two)
      try outside.run("ip", "route", "replace", "192.0.2.2/32", "via", "192.0.2.1")

      #expect(try reaches("192.0.2.3", from: one))
      #expect(try one.run("ip", "route").contains("default dev eth0") == (mode != "l2"))
    }
  }

  @Test(
    arguments: [
      (KernelFeature.vlan, "macvlan", ["parent": "up1.10"]), (.dummy, "macvlan", [:]),
      (.dummy, "ipvlan", [:]), (.ipvlan, "ipvlan", ["parent": "up1"]),
    ])
  func missingModuleIsNamedAndNothingChanges(
    feature: KernelFeature, driver: String, options: [String: String]
  ) throws {
    try withOutside { (lab, _) throws in
      guard try LinuxKernel().features()[feature] == .absent else {
        return print("the kernel has \(feature)")
      }
      let one = try lab.makeNamespace()
      let (name, links) = ("stacked", try lab.linkNames())

      let error = #expect(throws: ServiceError.self) {
        try lab.create(name) {
          $0.driver = driver
          $0.options = options
        }
        defer { try? lab.remove(name) }
        try lab.connect(name, one)
      }

      #expect(error?.refusal?.missingFeature == feature)
      #expect(try lab.linkNames() == links)
      #expect(throws: ServiceError.networkNotFound(name)) { try lab.service.network(name) }
    }
  }

  // MARK: Lab

  private static func network(mode: String) -> (inout CreateRequest) -> Void {
    {
      $0.driver = "macvlan"
      $0.ipv6 = true
      $0.subnets = ["192.0.2.0/24", "2001:db8::/64"]
      $0.gateways = [.init("192.0.2.9")!, .init("2001:db8::9")!]
      // The host's own address.
      $0.auxiliaryAddresses = ["host": "192.0.2.1", "host6": "2001:db8::1"]
      $0.options = ["parent": "up1", "macvlan_mode": mode]
    }
  }

  private func withOutside(_ body: (Lab, Namespace) throws -> Void) throws {
    try withLab { (lab) throws in
      let outside = try lab.makeNamespace()
      try lab.join(
        outside, "up1", ["192.0.2.1/24", "2001:db8::1/64"], ["192.0.2.9/24", "2001:db8::9/64"])
      try body(lab, outside)
    }
  }

  private func withParent(
    mode: String, _ body: (Lab, Namespace, Namespace, Namespace) throws -> Void
  ) throws {
    try withOutside { (lab, outside) throws in
      try lab.create("a", Self.network(mode: mode))
      let (one, two) = (try lab.makeNamespace(), try lab.makeNamespace())
      try lab.connect("a", one)
      try lab.connect("a", two)
      try body(lab, outside, one, two)
    }
  }

  /// Makes the neighbour a switch that sends frames back where they came from.
  private func reflect(in outside: Namespace) throws {
    try outside.run("ip", "link", "add", "br0", "type", "bridge", "forward_delay", "0")
    try outside.run("ip", "addr", "flush", "dev", "eth0")
    try outside.run("ip", "link", "set", "eth0", "master", "br0")
    try outside.run("bridge", "link", "set", "dev", "eth0", "hairpin", "on")
    try outside.run("sh", "-c", "echo 0 >/proc/sys/net/ipv6/conf/br0/accept_dad")
    try outside.run("ip", "addr", "add", "192.0.2.9/24", "dev", "br0")
    try outside.run("ip", "link", "set", "br0", "up")
    try outside.awaitCarrier("br0")
  }

  private func reaches(_ address: String, from client: Namespace) throws -> Bool {
    // A request for a neighbour that is lost is repeated after a second.
    let arguments = ["ping", "-c", "4", "-i", "0.2", "-W", "1", address]
    return try client.handle.perform { () throws(Errno) in
      try KernelTestSupport.run(arguments).status == 0
    }
  }

  private func findings(_ lab: Lab) throws -> [Difference] {
    try lab.service.verify([]).findings.compactMap {
      if case .difference(let difference, network: "a", _) = $0 { difference } else { nil }
    }
  }

  private func reload(_ lab: Lab) throws {
    let failures = try lab.service.reload([]) { while $0.next() {} }
    #expect(failures.isEmpty, "\(failures)")
  }
}

extension KernelSupport {
  /// Whether the kernel can make links of a kind.
  fileprivate static func has(_ kind: String) -> Bool {
    let feature = KernelFeature(rawValue: kind)
    let features = try? withNamespace { _ in try LinuxKernel().features() }
    return feature.map { features?[$0] != .absent } ?? false
  }
}

extension ServiceError {
  /// What the kernel refused.
  fileprivate var refusal: KernelError? {
    if case .kernel(let error) = self { error } else { nil }
  }
}

import Addressing
import KernelTestSupport
import LinuxSystem
import Netlink
import RouteNetlink
import Testing

@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct LinkKindTests {
  @Test(
    .enabled(if: KernelSupport.takes(.macvlan(parent: 0, .bridge)), "the kernel lacks macvlan"),
    arguments: [
      (LinkKind.MacvlanMode.private, "mode private"), (.vepa, "mode vepa"),
      (.bridge, "mode bridge"), (.passthru, "mode passthru"),
    ])
  func macvlanIsMadeInsideTheContainer(_ mode: LinkKind.MacvlanMode, shown: String) throws {
    try expectLink(shown: "macvlan \(shown)") { .macvlan(parent: $0, mode) }
  }

  @Test(
    .enabled(if: KernelSupport.takes(.ipvlan(parent: 0, .l2, .bridge)), "the kernel lacks ipvlan"),
    arguments: [
      (LinkKind.IPvlanMode.l2, LinkKind.IPvlanFlag.bridge, "mode l2 bridge"),
      (.l3, .private, "mode l3 private"), (.l3s, .vepa, "mode l3s vepa"),
    ])
  func ipvlanIsMadeInsideTheContainer(
    _ mode: LinkKind.IPvlanMode, flag: LinkKind.IPvlanFlag, shown: String
  ) throws {
    try expectLink(shown: "ipvlan  \(shown)") { .ipvlan(parent: $0, mode, flag) }
  }

  @Test(
    .enabled(if: KernelSupport.takes(.vlan(parent: 0, identifier: 7)), "the kernel lacks 802.1q"))
  func vlanHasItsTag() throws {
    try expectLink(shown: "id 7") { .vlan(parent: $0, identifier: 7) }
  }

  @Test(.enabled(if: KernelSupport.takes(.dummy), "the kernel lacks dummy"))
  func dummyNeedsNoParent() throws {
    try expectLink(shown: "dummy") { _ in .dummy }
  }

  @Test(
    .enabled(if: KernelSupport.takes(.macvlan(parent: 0, .bridge)), "the kernel lacks macvlan"))
  func linkOfTheSameNamespaceHasItsMark() throws {
    try withNamespace { _ in
      #expect(try run("ip", "link", "add", "parent", "type", "bridge").status == 0)
      let parent = try #require(ObservedLink(named: "parent")).index
      var routes = try RouteSocket.open()

      let index = try routes.createLink(
        LinkSpecification(name: "m0", alias: "mark", isUp: true),
        .macvlan(parent: parent, .bridge))

      let link = try #require(ObservedLink(named: "m0"))
      #expect(link.index == index)
      #expect(link.alias == "mark")
      #expect(link.isUp)
    }
  }

  @Test func kindThatTheKernelLacksIsNamed() throws {
    guard !KernelSupport.takes(.dummy) else { return }
    try withNamespace { _ in
      var routes = try RouteSocket.open()

      let error = #expect(throws: NetlinkError.self) {
        try routes.createLink(LinkSpecification(name: "d0"), .dummy)
      }

      #expect(error == NetlinkError(.notSupported, message: "Unknown device type"))
    }
  }

  private func expectLink(shown: String, _ kind: (UInt32) -> LinkKind) throws {
    try withNamespace { container in
      try withNamespace { _ in
        #expect(try run("ip", "link", "add", "parent", "type", "veth", "peer", "p1").status == 0)
        let parent = try #require(ObservedLink(named: "parent")).index
        var routes = try RouteSocket.open()

        let index = try routes.createLink(
          LinkSpecification(name: "eth0", mtu: 1400, alias: "mark", isUp: true), kind(parent),
          in: container)

        let link = try #require(try container.perform { ObservedLink(named: "eth0") })
        let details = try container.perform { () throws(Errno) in
          try run("ip", "-d", "link", "show", "dev", "eth0").output
        }
        #expect(link.index == index)
        #expect(link.mtu == 1400)
        #expect(link.alias == "mark")
        #expect(!link.isUp)
        #expect(details.contains(shown))
        #expect(ObservedLink(named: "eth0") == nil)
      }
    }
  }
}

extension KernelSupport {
  /// Whether the kernel knows a kind of link.
  fileprivate static func takes(_ kind: LinkKind) -> Bool {
    let supported = try? withNamespace { _ in
      #expect(try run("ip", "link", "add", "parent", "type", "veth", "peer", "p1").status == 0)
      guard let parent = ObservedLink(named: "parent")?.index else { return false }
      var routes = try RouteSocket.open()
      _ = try routes.createLink(LinkSpecification(name: "probe"), kind.moved(to: parent))
      return true
    }
    return supported ?? false
  }
}

extension LinkKind {
  fileprivate func moved(to parent: UInt32) -> LinkKind {
    switch self {
    case .macvlan(_, let mode): .macvlan(parent: parent, mode)
    case .ipvlan(_, let mode, let flag): .ipvlan(parent: parent, mode, flag)
    case .vlan(_, let identifier): .vlan(parent: parent, identifier: identifier)
    case .dummy: .dummy
    }
  }
}

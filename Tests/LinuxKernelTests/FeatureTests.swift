import KernelModel
import KernelTestSupport
import LinuxSystem
import Testing

@testable import LinuxKernel

@Suite(.enabled(if: KernelSupport.hasNamespaces, "namespaces need root"))
struct FeatureTests {
  @Test(arguments: [KernelFeature.bridge, .veth, .macvlan, .ipvlan, .vlan, .dummy, .vxlan])
  func kindsOfLinksAreThoseThatCanBeMade(feature: KernelFeature) throws {
    try withNamespace { _ in
      let found = try #require(try LinuxKernel().features()[feature])

      // Anything else that is wrong with the request is found after the kind is.
      _ = try KernelTestSupport.run("ip", "link", "add", "other0", "type", "bridge")
      let attempt = try KernelTestSupport.run(
        ["ip", "link", "add", "link", "other0", "name", "try0", "type", feature.rawValue]
          + (feature == .vxlan ? ["id", "1", "dstport", "4789"] : [])
          + (feature == .vlan ? ["id", "1"] : []))
      #expect((found == .absent) == attempt.output.contains("Unknown device type"))
    }
  }

  @Test func tablesAndConnectionTrackingAreFoundWhereNftCanUseThem() throws {
    try withNamespace { _ in
      let features = try LinuxKernel().features()

      let attempt = try KernelTestSupport.run(
        "nft", "add table t; add chain t c; add rule t c ct state new accept")
      let mayWork = [features[.nftables], features[.conntrack]].allSatisfy { $0 != .absent }
      #expect(mayWork == (attempt.status == 0))
    }
  }

  @Test func lookingChangesNoModuleAndNoLink() throws {
    try withNamespace { _ in
      let modules = try? PseudoFile.read("/proc/modules")

      _ = try LinuxKernel().features()

      #expect((try? PseudoFile.read("/proc/modules")) == modules)
      #expect(try KernelTestSupport.run("ip", "-br", "link").output.hasPrefix("lo "))
      #expect(try KernelTestSupport.run("nft", "list", "ruleset").output == "")
    }
  }
}

/// The lists are what Debian 12 has, shortened.
@Suite struct ModuleTableTests {
  private let debian = ModuleTable(
    loaded: """
      bridge 315392 0 - Live 0x0000000000000000
      stp 16384 1 bridge, Live 0x0000000000000000
      nf_tables 303104 13 nft_ct, Live 0x0000000000000000
      """,
    builtIn: """
      kernel/drivers/net/veth.ko
      kernel/net/8021q/8021q.ko
      """,
    available: """
      kernel/net/bridge/br_netfilter.ko: kernel/net/bridge/bridge.ko kernel/net/802/stp.ko
      kernel/drivers/net/vxlan/vxlan.ko.xz: kernel/net/ipv4/udp_tunnel.ko.xz
      kernel/net/bridge/bridge.ko:
      """)

  @Test(arguments: [
    ("bridge", FeatureAvailability.loaded), ("nf_tables", .loaded), ("veth", .builtIn),
    ("8021q", .builtIn), ("br_netfilter", .moduleAvailable), ("vxlan", .moduleAvailable),
  ])
  func listsTellWhereAModuleIs(module: String, availability: FeatureAvailability) {
    #expect(debian.availability(of: module) == availability)
  }

  @Test(arguments: ["udp_tunnel", "netfilter", "ipvlan", "nft_ct", ""])
  func whatIsOnlyNamedByOthersIsNotListed(module: String) {
    #expect(debian.availability(of: module) == nil)
  }

  @Test func absentListsSaySo() {
    let monolithic = ModuleTable(loaded: nil, builtIn: nil, available: nil)
    let container = ModuleTable(loaded: "", builtIn: nil, available: nil)

    #expect(debian.areModulesSupported && debian.isComplete)
    #expect(!monolithic.areModulesSupported && !monolithic.isComplete)
    #expect(container.areModulesSupported && !container.isComplete)
    #expect(monolithic.availability(of: "bridge") == nil)
  }
}

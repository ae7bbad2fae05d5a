import KernelModel
import KernelTestSupport
import Nftables
import Testing

@testable import Firewall

@Suite(.enabled(if: NftablesSupport.isComplete, "needs root, nft and nftables in the kernel"))
struct UseCountTests {
  /// The counts are kept by hand beside the rules; this names the chains whose count is wrong.
  @Test(arguments: [false, true])
  func everyChainIsUsedAsOftenAsRecorded(allowsDirectRouting: Bool) throws {
    try withNamespace { _ in
      var settings = FirewallSettings()
      settings.allowsDirectRouting = allowsDirectRouting
      let ruleset = Ruleset(settings)
      var firewall = try FirewallSocket.open(ruleset)
      try firewall.install(elements: [])
      var nftables = try NftablesSocket.open()

      #expect(try ruleset.chainsUsedOtherwise(in: nftables.chains()).isEmpty)

      try expectSuccess("nft", "insert rule inet netctl within counter")
      try expectSuccess("nft", "insert rule inet netctl leaving jump within")
      #expect(try ruleset.chainsUsedOtherwise(in: nftables.chains()) == [.leaving, .within])
    }
  }
}

import KernelModel
import LinuxSystem
import NetlinkTestSupport
import Testing

@testable import Firewall
@testable import Netlink
@testable import Nftables

/// What is sent, without a kernel.
struct FirewallBatchTests {
  @Test func installationIsOneTransactionThatEndsWithTheElements() throws {
    let peer = ScriptedPeer { request in
      if request.isQuestion { return [.messages(.done(request))] }
      return request.flags.contains(.acknowledge) ? [.messages(.verdict(on: request))] : []
    }
    var firewall = FirewallSocket(peer)

    try firewall.install(elements: sampleElements)

    let batch = peer.requests.dropFirst()
    let kinds = batch.map(\.kind)
    let anonymous = Ruleset().definitions.flatMap(\.anonymousSets).count
    #expect(kinds.count { $0 == NftablesMessage.newTable } == Ruleset().definitions.count)
    #expect(
      kinds.count { $0 == NftablesMessage.newChain }
        == Ruleset().definitions.flatMap(\.chains).count)
    #expect(kinds.count { $0 == NftablesMessage.newSet } == Ruleset.allSets.count + anonymous)
    #expect(batch.filter { $0.flags.contains(.acknowledge) }.map(\.sequence) == [batch.lastChange])
    let rules = kinds.lastIndex(of: NftablesMessage.newRule).map { kinds[($0 + 1)...] } ?? []
    #expect(rules.dropLast().allSatisfy { $0 == NftablesMessage.newElement })
    let sent = batch.flatMap(\.elements).compactMap { FirewallElement($0) }
    #expect(sent.sorted() == sampleElements.sorted())
  }
}

extension NetlinkMessage {
  /// The type within its subsystem.
  fileprivate var kind: UInt16 { type & 0xff }

  fileprivate var isQuestion: Bool {
    type == NftablesMessage.qualified(NftablesMessage.getTable)
  }

  /// The elements that it adds to a named set.
  fileprivate var elements: [SetElement] {
    guard type == NftablesMessage.qualified(NftablesMessage.newElement) else { return [] }
    let attributes = attributes(after: netfilterHeaderLength)
    guard let set = attributes.first(where: { $0.type == ElementAttribute.set })?.string,
      let list = attributes.first(where: { $0.type == ElementAttribute.elements })
    else { return [] }
    return list.attributes.compactMap { SetElement(in: SetName(set), $0.attributes) }
  }
}

extension Collection where Element == NetlinkMessage {
  /// The sequence number of the last message before the end of the batch.
  fileprivate var lastChange: UInt32 { self.dropLast().map(\.sequence).max() ?? 0 }
}

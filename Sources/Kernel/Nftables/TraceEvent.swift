import CLinux
package import Netlink

/// A step of a traced packet through nftables, as the kernel reports it (NFT_MSG_TRACE).
///
/// Rules that do not match are not reported.
package struct TraceEvent: Sendable {
  /// What the packet met.
  package enum Kind: Equatable, Sendable {
    /// A rule that matched, by its handle.
    case rule(UInt64)
    /// The end of a chain.
    case end
    /// The policy of a base chain.
    case policy(isDrop: Bool)
  }

  package enum Verdict: Equatable, Sendable {
    case accept
    /// DROP, and REJECT, which has answered before.
    case drop
    case jump(String)
    case goto(String)
    case `return`
    case `continue`
    /// A verdict unknown to this version, such as a queue.
    case other(Int32)
  }

  package let family: UInt8
  package let table: String
  package let chain: String
  package let kind: Kind
  package let verdict: Verdict?
  /// Identifies the packet within one walk through a hook; reused later.
  package let id: UInt32
  /// The start of the packet's IP header, at most 20 bytes of IPv4 or 40 of IPv6; only in the first
  /// event of each base chain.
  package let networkHeader: [UInt8]?
  /// The first 20 bytes of the transport header.
  package let transportHeader: [UInt8]?
  package let inputLink: UInt32?
  package let outputLink: UInt32?
  package let mark: UInt32?

  /// Parses an event; nil for any other message and for one that lacks what all have.
  package init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == NftablesMessage.qualified(NftablesMessage.trace),
      let family = fields.next(UInt8.self)
    else { return nil }
    var (table, chain) = (String?.none, String?.none)
    var (type, id) = (UInt32?.none, UInt32?.none)
    var (handle, policy) = (UInt64?.none, UInt32?.none)
    var verdict: Verdict?
    var (network, transport) = ([UInt8]?.none, [UInt8]?.none)
    var (input, output, mark) = (UInt32?.none, UInt32?.none, UInt32?.none)
    for attribute in message.attributes(after: netfilterHeaderLength) {
      switch attribute.type {
      case TraceAttribute.table: table = attribute.string
      case TraceAttribute.chain: chain = attribute.string
      case TraceAttribute.type: type = attribute.bigEndian()
      case TraceAttribute.id: id = attribute.bigEndian()
      case TraceAttribute.handle: handle = attribute.bigEndian()
      case TraceAttribute.policy: policy = attribute.bigEndian()
      case TraceAttribute.verdict: verdict = Verdict(attribute)
      case TraceAttribute.networkHeader: network = Array(attribute.payload)
      case TraceAttribute.transportHeader: transport = Array(attribute.payload)
      case TraceAttribute.inputLink: input = attribute.bigEndian()
      case TraceAttribute.outputLink: output = attribute.bigEndian()
      case TraceAttribute.mark: mark = attribute.bigEndian()
      default: continue
      }
    }
    guard let table, let chain, let id else { return nil }
    switch type {
    case UInt32(NFT_TRACETYPE_RULE.rawValue):
      guard verdict != nil else { return nil }
      kind = handle.map(Kind.rule) ?? .end
    case UInt32(NFT_TRACETYPE_RETURN.rawValue): kind = .end
    case UInt32(NFT_TRACETYPE_POLICY.rawValue):
      guard let policy else { return nil }
      kind = .policy(isDrop: policy == UInt32(NF_DROP))
    default: return nil
    }
    (self.family, self.table, self.chain, self.id) = (family, table, chain, id)
    self.verdict = verdict
    (networkHeader, transportHeader) = (network, transport)
    (inputLink, outputLink, self.mark) = (input, output, mark)
  }

  /// Whether the packet ends here.
  package var isDrop: Bool { kind == .policy(isDrop: true) || verdict == .drop }
}

extension TraceEvent.Verdict {
  fileprivate init?(_ attribute: Attribute) {
    var (code, chain) = (Int32?.none, String?.none)
    for part in attribute.attributes {
      switch part.type {
      case DataAttribute.verdictCode: code = part.bigEndian()
      case DataAttribute.verdictChain: chain = part.string
      default: continue
      }
    }
    guard let code else { return nil }
    switch (code, chain) {
    case (NF_ACCEPT, _): self = .accept
    case (NF_DROP, _): self = .drop
    case (NFT_CONTINUE.rawValue, _), (NFT_BREAK.rawValue, _): self = .continue
    case (NFT_RETURN.rawValue, _): self = .return
    case (NFT_JUMP.rawValue, let chain?): self = .jump(chain)
    case (NFT_GOTO.rawValue, let chain?): self = .goto(chain)
    default: self = .other(code)
    }
  }
}

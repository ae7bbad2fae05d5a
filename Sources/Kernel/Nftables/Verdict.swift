import CLinux
import Netlink

/// Where a packet goes next.
package enum Verdict: Hashable, Sendable {
  case accept
  case drop
  case `return`
  case jump(ChainName)
  case goto(ChainName)

  var code: Int32 {
    switch self {
    case .accept: NF_ACCEPT
    case .drop: NF_DROP
    case .return: NFT_RETURN.rawValue
    case .jump: NFT_JUMP.rawValue
    case .goto: NFT_GOTO.rawValue
    }
  }

  var chain: ChainName? {
    switch self {
    case .accept, .drop, .return: nil
    case .jump(let chain), .goto(let chain): chain
    }
  }
}

extension Verdict {
  /// Parses a data attribute; nil for a value, and for a verdict that sends a packet nowhere.
  init?(_ data: Attribute) {
    guard
      let verdict = data.attributes.first(where: { $0.type == DataAttribute.verdict })?
        .attributes
    else { return nil }
    let chain = ChainName(
      verdict.first { $0.type == DataAttribute.verdictChain }?.string ?? RuleText.unknown)
    switch verdict.first(where: { $0.type == DataAttribute.verdictCode })?.bigEndian(Int32.self) {
    case NF_ACCEPT: self = .accept
    case NF_DROP: self = .drop
    case NFT_RETURN.rawValue: self = .return
    case NFT_JUMP.rawValue: self = .jump(chain)
    case NFT_GOTO.rawValue: self = .goto(chain)
    default: return nil
    }
  }
}

extension MessageWriter {
  mutating func verdict(_ type: UInt16, _ verdict: Verdict) {
    nest(type) { (writer: inout MessageWriter) in
      writer.nest(DataAttribute.verdict) { (writer: inout MessageWriter) in
        writer.attribute(DataAttribute.verdictCode, bigEndian: verdict.code)
        if let chain = verdict.chain {
          writer.attribute(DataAttribute.verdictChain, string: chain.rawValue)
        }
      }
    }
  }

  mutating func value(_ type: UInt16, _ bytes: [UInt8]) {
    nest(type) { (writer: inout MessageWriter) in
      writer.attribute(DataAttribute.value, bytes: bytes)
    }
  }
}

import Nftables

/// The chains of the table.
extension ChainName {
  static let admin = ChainName("admin")
  static let prerouting = ChainName("prerouting")
  static let arriving = ChainName("arriving")
  static let output = ChainName("output")
  static let published = ChainName("published")
  static let published6 = ChainName("published6")
  static let forward = ChainName("forward")
  static let leaving = ChainName("leaving")
  static let crossing = ChainName("crossing")
  static let within = ChainName("within")
  static let unpublished = ChainName("unpublished")
  static let sources = ChainName("sources")
  static let control = ChainName("control")
  static let errors = ChainName("errors")
  static let transit = ChainName("transit")
  static let invalid = ChainName("invalid")
  static let toRouted = ChainName("to_routed")
  static let toOpen = ChainName("to_open")
  static let input = ChainName("input")
  static let toHost = ChainName("to_host")
  static let resets = ChainName("resets")
  static let postrouting = ChainName("postrouting")
  static let entering = ChainName("entering")
  static let hairpin = ChainName("hairpin")
}

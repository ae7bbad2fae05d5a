import Nftables

/// The sets and maps of the table.
extension SetName {
  static let bridges = SetName("bridges")
  static let `internal` = SetName("internal")
  static let outgoing = SetName("outgoing")
  static let masq = SetName("masq")
  static let routed = SetName("routed")
  static let own = SetName("self")
  static let allow = SetName("allow")
  static let trusted = SetName("trusted")
  static let ingress = SetName("ingress")
  static let gateways4 = SetName("gateways4")
  static let gateways6 = SetName("gateways6")
  static let snat4 = SetName("snat4")
  static let snat6 = SetName("snat6")
  static let dnat4 = SetName("dnat4")
  static let dnat6 = SetName("dnat6")
  static let dnat4any = SetName("dnat4any")
  static let dnat6any = SetName("dnat6any")
  static let open4 = SetName("open4")
  static let open6 = SetName("open6")
  static let closed = SetName("closed")
  static let sources4 = SetName("sources4")
  static let sources6 = SetName("sources6")
  static let senders4 = SetName("senders4")
  static let senders6 = SetName("senders6")
}

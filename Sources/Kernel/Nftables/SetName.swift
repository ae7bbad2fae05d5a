/// The sets and maps of the table.
enum SetName: String, CaseIterable {
  case bridges
  case `internal`
  case outgoing
  case masq
  case routed
  case own = "self"
  case allow
  case trusted
  case ingress
  case gateways4
  case gateways6
  case snat4
  case snat6
  case dnat4
  case dnat6
  case dnat4any
  case dnat6any
  case open4
  case open6
  case closed
  case sources4
  case sources6
  case senders4
  case senders6
}

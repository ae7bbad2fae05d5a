/// The chains of the table, in the order in which they are listed.
enum ChainName: String, CaseIterable {
  case admin
  case prerouting
  case arriving
  case output
  case published
  case published6
  case forward
  case transit
  case invalid
  case leaving
  case toRouted = "to_routed"
  case toOpen = "to_open"
  case input
  case postrouting
  case entering
  case hairpin
}

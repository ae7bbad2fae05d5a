/// The chains of the table, in the order in which nft lists them.
enum ChainName: String, CaseIterable {
  case admin
  case prerouting
  case arriving
  case output
  case published
  case published6
  case forward
  case known
  case routing
  case leaving
  case outward
  case crossing
  case within
  case unpublished
  case sources
  case control
  case errors
  case transit
  case invalid
  case toRouted = "to_routed"
  case toOpen = "to_open"
  case input
  case toHost = "to_host"
  case resets
  case postrouting
  case entering
  case hairpin
}

package import NetworkModel

/// The filters of `prune`.
package struct PruneFilter: Sendable {
  private var wanted: [LabelCondition] = []
  private var unwanted: [LabelCondition] = []
  private var until: Timestamp?

  /// The supported filters.
  package static let names = ["label", "label!", "until"]

  /// Parses the filters, whose names are already in lower case. Dates without a zone are in the
  /// host's, whose UTC offset `secondsEastOfUTC` returns. Throws for an unknown name, for two
  /// times, and for an invalid time.
  package init(
    _ terms: [(name: String, value: String)], now: Timestamp,
    secondsEastOfUTC: @escaping (Timestamp) -> Int
  ) throws(FilterError) {
    for (name, _) in terms where !Self.names.contains(name) {
      throw .unknown(name)
    }
    var moments: Set<String> = []
    for (name, value) in terms {
      switch name {
      case "label": wanted.append(LabelCondition(value))
      case "label!": unwanted.append(LabelCondition(value))
      default: moments.insert(value)
      }
    }
    guard moments.count <= 1 else { throw .severalValues("until") }
    if let text = moments.first {
      let reader = Moment(now: now, secondsEastOfUTC: secondsEastOfUTC)
      guard let moment = reader.parse(text) else { throw .invalidTime(text) }
      until = moment
    }
  }

  /// Whether a network may be pruned. `label!` conditions keep it only if all of them match
  /// (Docker).
  package func matches(_ network: Network) -> Bool {
    if let until, network.created >= until { return false }
    guard wanted.allSatisfy({ $0.matches(network.labels) }) else { return false }
    return unwanted.isEmpty || !unwanted.allSatisfy { $0.matches(network.labels) }
  }
}

public import NetworkModel

/// The filters of `prune`.
public struct PruneFilter: Sendable {
  private var wanted: [LabelCondition] = []
  private var unwanted: [LabelCondition] = []
  private var until: Timestamp?

  /// What can be asked.
  public static let names = ["label", "label!", "until"]

  /// Reads the filters, whose names are in lower case already. Dates without a zone are of the
  /// host's, whose offset at a moment `secondsEastOfUTC` tells. Throws for a name that there is
  /// not, for two moments, and for a moment that is none.
  public init(
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

  /// Whether a network may go. One is kept by unwanted labels only when it satisfies all of them
  /// (Docker).
  public func matches(_ network: Network) -> Bool {
    if let until, network.created >= until { return false }
    guard wanted.allSatisfy({ $0.matches(network.labels) }) else { return false }
    return unwanted.isEmpty || !unwanted.allSatisfy { $0.matches(network.labels) }
  }
}

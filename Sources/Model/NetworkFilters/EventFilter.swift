package import NetworkModel

/// The filters of `events`: conditions of one kind are alternatives; different kinds must all hold.
package struct EventFilter: Sendable {
  /// The time before which events are left out; nil for those from now on.
  package let since: Timestamp?
  /// The time after which there are no more; nil for none.
  package let until: Timestamp?
  private let terms: [String: [String]]

  /// The supported filters.
  package static let names = ["container", "event", "label", "network", "scope", "type"]

  /// Parses filters, whose names are already in lower case, and times, which may be empty. Dates
  /// without a zone are in the host's, whose UTC offset `secondsEastOfUTC` returns. Throws for an
  /// unknown name and an invalid time.
  package init(
    _ terms: [(name: String, value: String)], since: String, until: String, now: Timestamp,
    secondsEastOfUTC: @escaping (Timestamp) -> Int
  ) throws(FilterError) {
    for (name, _) in terms where !Self.names.contains(name) { throw .unknown(name) }
    self.terms = Dictionary(grouping: terms, by: \.name).mapValues { $0.map(\.value) }
    let moment = Moment(now: now, secondsEastOfUTC: secondsEastOfUTC)
    self.since = try Self.time(since, moment)
    self.until = try Self.time(until, moment)
  }

  private static func time(
    _ text: String, _ moment: Moment
  ) throws(FilterError) -> Timestamp? {
    if text.isEmpty { return nil }
    guard let time = moment.parse(text) else { throw .invalidTime(text) }
    return time
  }

  /// Whether an event is wanted, whenever it happened.
  package func matches(_ event: NetworkEvent) -> Bool {
    let attributes = event.attributes
    return terms.allSatisfy { name, values in
      switch name {
      case "container":
        isBegun([attributes["container"], attributes["containerName"]], by: values)
      case "event": values.contains(event.action)
      case "label": values.allSatisfy { LabelCondition($0).matches(attributes) }
      case "network": isBegun([event.network, attributes["name"]], by: values)
      case "scope": values.contains(event.scope)
      default: values.contains("network")
      }
    }
  }

  // Docker compares beginnings of names and identities.
  private func isBegun(_ texts: [String?], by values: [String]) -> Bool {
    texts.contains { text in
      text.map { text in values.contains { text.utf8.starts(with: $0.utf8) } } ?? false
    }
  }
}

public import NetworkModel
import StateStore

/// What happened to networks, and what happens to them.
public final class EventStream {
  private let journal: EventJournal
  private let mapped: (StateError) -> ServiceError

  fileprivate init(_ journal: EventJournal, mapped: @escaping (StateError) -> ServiceError) {
    self.journal = journal
    self.mapped = mapped
  }

  /// The events since the last call, the oldest first; at first, all that are on record.
  public func read() throws(ServiceError) -> [NetworkEvent] {
    do throws(StateError) { return try journal.read() } catch { throw mapped(error) }
  }

  /// Waits until there may be more events, or for that long; false if there are none then.
  public func wait(for duration: Duration?) -> Bool { journal.wait(for: duration) }
}

extension NetworkService {
  /// The events of all networks.
  public func events() throws(ServiceError) -> EventStream {
    let view = try view()
    return EventStream(try view.eventJournal(), mapped: view.serviceError)
  }
}

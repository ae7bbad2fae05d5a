import GoTemplate
import NetworkFilters
import NetworkModel
import NetworkService
import PFlag
import Presentation
import StateStore

/// `netctl events`
struct EventsCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  /// Prints events until the time that is given, or for ever.
  func run(_ flags: ParsedFlags) -> Int32 {
    let (filter, format): (EventFilter, EventFormat)
    let start = context.now()
    do throws(FilterError) {
      filter = try EventFilter(
        flags[EventsOptions.filter].map { ($0.name, $0.value) },
        since: flags[EventsOptions.since], until: flags[EventsOptions.until], now: start,
        secondsEastOfUTC: context.secondsEastOfUTC)
    } catch {
      context.report(error, knowing: EventFilter.names)
      return ExitStatus.failure
    }
    if let since = filter.since, let until = filter.until, since > until {
      context.printError("Error: `since` time cannot be after `until` time")
      return ExitStatus.failure
    }
    do throws(TemplateError) {
      format = try EventFormat(flags[EventsOptions.format], json: EventDocument.value)
    } catch {
      context.printError("Error parsing format: \(error.message)")
      return ExitStatus.unusableTemplate
    }
    return follow(from: filter.since ?? start, filter, format)
  }

  private func follow(
    from since: Timestamp, _ filter: EventFilter, _ format: EventFormat
  ) -> Int32 {
    do throws(ServiceError) {
      let stream = try context.service().events()
      while true {
        // Before reading, so that nothing is missed of what happens until then.
        let isLast = filter.until.map { $0 <= context.now() } ?? false
        let events = try stream.read().filter { event in
          event.time >= since && filter.until.map { event.time <= $0 } ?? true
            && filter.matches(event)
        }
        if let failure = show(events, format) { return failure }
        if isLast { return ExitStatus.success }
        _ = stream.wait(for: filter.until.map(left))
      }
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }

  private func left(until time: Timestamp) -> Duration {
    .nanoseconds(max(0, time.nanoseconds - context.now().nanoseconds))
  }

  private func show(_ events: [NetworkEvent], _ format: EventFormat) -> Int32? {
    do throws(TemplateError) {
      for event in events {
        context.output.write(
          try format.text(
            of: event, secondsEastOfUTC: context.secondsEastOfUTC(event.time),
            isForTerminal: context.isTerminal))
      }
      return nil
    } catch {
      context.printError("Error parsing format: \(error.message)")
      return ExitStatus.unusableTemplate
    }
  }
}

/// How often an endpoint's addresses are announced to its neighbours. Docker validates these
/// options before it looks at the driver.
package struct AnnouncementOptions: Hashable, Sendable {
  /// The option for the number of announcements.
  package static let countKey = "com.docker.network.advertise_addr_nmsgs"
  /// The option for the milliseconds between them.
  package static let intervalKey = "com.docker.network.advertise_addr_ms"

  /// Whether addresses are announced at all.
  package let isEnabled: Bool

  /// Parses the options; unknown ones are only stored.
  package init(_ options: [String: String]) throws(OptionError) {
    let reader = OptionReader(options: options)
    var problems: [OptionError] = []
    var count: Int64?
    do throws(OptionError) {
      count = try reader.integer(Self.countKey, in: 0...3)
    } catch {
      problems.append(error)
    }
    do throws(OptionError) {
      _ = try reader.integer(Self.intervalKey, in: 100...2000)
    } catch {
      problems.append(error)
    }
    isEnabled = count != 0
    if let first = problems.first { throw problems.count == 1 ? first : .several(problems) }
  }
}

import Addressing
import NetworkModel
import RemoteDrivers

/// How what plugins have is given back.
struct PluginSettlement {
  /// How long an answer may take; nil for any time.
  var timeout: Duration?
  /// Whether an error that a plugin answers is worth a warning.
  var isReported = false
  /// Whether the record is dropped even if the plugin is away.
  var isForced = false
  /// Whether DeleteNetwork comes first, because CreateNetwork came last.
  var deletesNetworkFirst = false
  /// Whether a plugin may still be working on the request that was to make something.
  var followsInterruption = false

  /// Whether the agent is asked. For another command that would take too long while the store is
  /// unreachable: the agent itself goes on with what is on record.
  var asksAgent = true

  /// After a command of the user that removes something.
  static let removing = PluginSettlement(isReported: true)
  /// The same; a plugin that is away loses what it has.
  static let forced = PluginSettlement(timeout: .seconds(2), isForced: true)
  /// After a failure in making something.
  static let undoing = PluginSettlement(deletesNetworkFirst: true)
  /// After an interruption, on behalf of another command, which does not wait for long.
  static let recovering = PluginSettlement(
    timeout: .seconds(2), deletesNetworkFirst: true, followsInterruption: true)

  /// The same, of whatever is on record.
  static let recoveringAll: PluginSettlement = {
    var settlement = recovering
    settlement.asksAgent = false
    return settlement
  }()

  /// What an event says of something that is gone with it; nil for what had never begun.
  func event(removing action: NetworkEvent.Action) -> NetworkEvent.Action? {
    if followsInterruption { return .recovery }
    return deletesNetworkFirst ? nil : action
  }

  /// How long after it was begun a request without an answer may still take effect.
  static let effectTime = Duration.seconds(60)
}

/// Calls that give something back. Errors do not matter, but a plugin that is away is asked no
/// more: what it has stays on record.
struct PluginReturns {
  private let settlement: PluginSettlement
  private let notices: NoticeList
  /// Which plugin could not be asked, and why; nil if all could.
  private(set) var absence: (plugin: String, error: PluginError)?

  init(_ settlement: PluginSettlement, _ notices: NoticeList) {
    self.settlement = settlement
    self.notices = notices
  }

  /// Makes a call of a plugin; returns whether it succeeded.
  @discardableResult
  mutating func call(
    _ client: PluginClient, _ body: (PluginClient) throws(PluginError) -> Void
  ) -> Bool {
    if absence != nil && !settlement.isForced { return false }
    client.timeout = settlement.timeout
    defer { client.timeout = nil }
    do throws(PluginError) {
      try body(client)
      return true
    } catch {
      if error.isAway {
        if !settlement.isForced { absence = (client.name, error) }
      } else if settlement.isReported {
        notices.append(.plugin(client.name, error))
      }
      return false
    }
  }

  /// Finds a plugin; nil if it is away.
  mutating func client(
    _ name: String, _ plugins: PluginRegistry
  ) -> PluginClient? {
    if settlement.followsInterruption, let error = plugins.absences[name] {
      absence = absence ?? (name, error)
      return nil
    }
    do throws(PluginError) {
      return try plugins.client(name)
    } catch {
      if !settlement.isForced { absence = absence ?? (name, error) }
      return nil
    }
  }
}

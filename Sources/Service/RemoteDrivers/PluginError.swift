/// Why a plugin did not do what it was asked.
public struct PluginError: Error, Hashable, Sendable {
  /// What became of the request.
  public enum Reason: Sendable {
    /// There is no plugin of the name.
    case notFound
    /// It was not sent: nothing listens, or netctl cannot speak to the plugin.
    case unreachable
    /// It was sent, and there is no answer: the plugin may do what was asked, or have done it.
    case unanswered
    /// It was answered by an error.
    case refused
    /// It was answered by what cannot be used.
    case unusable
  }

  /// What became of the request.
  public let reason: Reason
  /// The plugin's error, or Docker's words for it.
  public let text: String

  package init(_ reason: Reason, _ text: String) {
    self.reason = reason
    self.text = text
  }

  /// The same, with what failed by it before it.
  package func of(_ subject: String) -> PluginError {
    PluginError(reason, subject + ": " + text)
  }

  /// Whether the plugin cannot be asked, or does not answer.
  package var isAway: Bool { [.notFound, .unreachable, .unanswered].contains(reason) }

  /// Whether nothing was asked.
  package var isUnsent: Bool { [.notFound, .unreachable].contains(reason) }

  /// Whether what was asked may have been done.
  package var mayHaveTakenEffect: Bool { [.unanswered, .unusable].contains(reason) }
}

/// How many arguments a command takes.
package enum ArgumentRule: Equatable, Sendable {
  /// No argument.
  case none
  /// Exactly this many.
  case exactly(Int)
  /// This many or more.
  case atLeast(Int)
  /// This many or fewer.
  case atMost(Int)

  /// Whether a command with this rule accepts this many arguments.
  package func allows(_ count: Int) -> Bool {
    switch self {
    case .none: count == 0
    case .exactly(let number): count == number
    case .atLeast(let number): count >= number
    case .atMost(let number): count <= number
    }
  }

  /// Whether a command with this rule accepts another argument after this many.
  func allowsMore(than count: Int) -> Bool {
    switch self {
    case .none: false
    case .exactly(let number), .atMost(let number): count < number
    case .atLeast: true
    }
  }
}

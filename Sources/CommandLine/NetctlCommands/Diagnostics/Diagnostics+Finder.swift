import Containers
import Presentation

extension Diagnostics {
  /// Why a finder could not answer.
  static func text(_ failure: FinderFailure) -> String {
    let task = "cannot search containers of \(failure.kind.rawValue): "
    return switch failure.error {
    case .inaccessible(let path, let errno): "\(task)\(TerminalText.escaped(path)): \(errno)"
    case .unresponsive(let path): "\(task)\(TerminalText.escaped(path)) does not answer"
    case .unintelligible(let path):
      "\(task)the contents of \(TerminalText.escaped(path)) are not understood"
    case .refused(let path, let message):
      "\(task)\(TerminalText.escaped(path)): \(TerminalText.escaped(message))"
    case .ambiguous(let spellings):
      "several containers match: "
        + spellings.map { TerminalText.escaped($0) }.joined(separator: ", ")
    }
  }
}

import Configuration
import Presentation

extension Diagnostics {
  /// What is wrong in the configuration file at a path.
  static func text(_ problem: ConfigurationProblem, in path: String) -> String {
    TerminalText.escaped(problem.text(in: path))
  }
}

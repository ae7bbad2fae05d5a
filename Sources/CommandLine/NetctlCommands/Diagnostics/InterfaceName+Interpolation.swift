import KernelModel
import Presentation

// The kernel accepts almost any name for a link, including control characters.
extension DefaultStringInterpolation {
  /// Interface names in messages show control characters escaped.
  mutating func appendInterpolation(_ name: InterfaceName) {
    appendInterpolation(TerminalText.escaped(name.description))
  }
}

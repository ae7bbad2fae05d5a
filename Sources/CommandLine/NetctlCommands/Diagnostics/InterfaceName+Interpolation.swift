import Addressing
import KernelModel
import Presentation

// The kernel accepts almost any name for a link, including control characters.
extension DefaultStringInterpolation {
  /// Escapes control characters of interface names in messages.
  mutating func appendInterpolation(_ name: InterfaceName) {
    appendInterpolation(TerminalText.escaped(name.description))
  }
}

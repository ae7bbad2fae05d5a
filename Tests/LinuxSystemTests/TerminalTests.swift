import Glibc
import LinuxSystem
import Testing

struct TerminalTests {
  @Test func fileIsNoTerminal() throws {
    let file = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(file) }

    #expect(Terminal.width(of: file) == nil)
  }

  /// A new terminal has no size until somebody gives it one, as a serial line never has.
  @Test func terminalOfUnknownSizeHas80Columns() throws {
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    defer { close(terminal) }
    var size = winsize()
    (size.ws_col, size.ws_row) = (132, 40)

    #expect(Terminal.width(of: terminal) == 80)
    #expect(ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)
    #expect(Terminal.width(of: terminal) == 132)
  }
}

import Glibc
import LinuxSystem

/// A program at a terminal of its own: keys go in, and what comes out is on a screen. It is ended
/// with this object.
final class PseudoTerminal {
  private(set) var screen = Screen(width: width, height: height)
  private let master: Int32
  private let process: pid_t

  private static let width = 100
  private static let height = 40
  private static let timeout: Int32 = 60_000

  init(_ arguments: [String], environment: [String]) throws(Errno) {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (isLocked, number): (Int32, UInt32) = (0, 0)
    var size = winsize()
    (size.ws_col, size.ws_row) = (UInt16(Self.width), UInt16(Self.height))
    guard master >= 0, ioctl(master, Self.setLock, &isLocked) == 0,
      ioctl(master, Self.getNumber, &number) == 0, ioctl(master, UInt(TIOCSWINSZ), &size) == 0
    else { throw .current }
    process = try Self.spawn(arguments, environment, terminal: "/dev/pts/\(number)")
  }

  // TIOCSPTLCK and TIOCGPTN, macros that Swift does not see.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  deinit {
    close(master)
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  /// Types keys.
  func type(_ keys: String) {
    var bytes = Array(keys.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(master, $0.baseAddress!, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Looks at the screen whenever something comes, until it is as wanted; false when that takes too
  /// long or the program ends before.
  func wait(until condition: (Screen) -> Bool) -> Bool {
    while !condition(screen) {
      var stream = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard poll(&stream, 1, Self.timeout) > 0 else { return false }
      var buffer = [UInt8](repeating: 0, count: 16 * 1024)
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { return false }
      screen.show(buffer.prefix(count))
    }
    return true
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String], terminal: String
  ) throws(Errno) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a session opens is the session's.
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Threads of the test runner block signals.
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    let setSession: Int32 = 0x80
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | setSession))

    var argv = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { (argv + variables).forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, arguments[0], &actions, &attributes, &argv, &variables)
    guard code == 0 else { throw Errno(rawValue: code) }
    return process
  }
}

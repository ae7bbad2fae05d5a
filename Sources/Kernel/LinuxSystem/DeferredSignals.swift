import CLinux
import Glibc

/// As long as this value lives, the signals by which people end a process wait (SIGHUP, SIGINT and
/// SIGTERM, signal(7)); those that came meanwhile take effect with its end.
///
/// Of the thread that made it, which has to end it, too.
public struct DeferredSignals: ~Copyable {
  private var previous = sigset_t()

  /// Begins.
  public init() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGHUP, SIGINT, SIGTERM] { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, &previous)
  }

  /// Waits until there is something to read, or until one of the signals comes; false then. They are
  /// not deferred meanwhile.
  func waitForInput(on descriptor: Int32) -> Bool {
    var mask = previous
    return unsafe clinux_wait_for_input(descriptor, &mask) > 0
  }

  deinit {
    var mask = previous
    unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
  }
}

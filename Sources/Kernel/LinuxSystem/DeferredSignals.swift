import CLinux
import Glibc

/// Blocks SIGHUP, SIGINT and SIGTERM on the thread that makes this value until the value's end,
/// which must be on the same thread (pthread_sigmask(3)); those that came meanwhile take effect
/// then.
///
/// A signal to a process goes to any thread that does not block it, so a process of several threads
/// has to block them in the others itself.
package struct DeferredSignals: ~Copyable {
  private var previous = sigset_t()

  /// Blocks the signals.
  package init() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGHUP, SIGINT, SIGTERM] { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, &previous)
  }

  /// Waits until there is something to read, or until one of the signals comes; false then. They
  /// are not deferred meanwhile.
  func waitForInput(on descriptor: Int32) -> Bool {
    var mask = previous
    return unsafe clinux_wait_for_input(descriptor, &mask) > 0
  }

  deinit {
    var mask = previous
    unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
  }
}

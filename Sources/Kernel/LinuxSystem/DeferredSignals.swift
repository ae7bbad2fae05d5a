import CLinux
import Glibc

/// Blocks SIGHUP, SIGINT and SIGTERM on the current thread until deinitialised, which must happen
/// on the same thread (pthread_sigmask(3)); pending signals are delivered then.
///
/// A signal to a process goes to any thread that does not block it, so a multithreaded process must
/// also block them in its other threads.
package struct DeferredSignals: ~Copyable {
  private var previous = sigset_t()

  /// Blocks the signals.
  package init() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGHUP, SIGINT, SIGTERM] { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, &previous)
  }

  /// Waits until the descriptor is readable; returns false if one of the signals arrives first.
  /// They are not deferred while waiting.
  func waitForInput(on descriptor: Int32) -> Bool {
    var mask = previous
    return unsafe clinux_wait_for_input(descriptor, &mask) > 0
  }

  deinit {
    var mask = previous
    unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
  }
}

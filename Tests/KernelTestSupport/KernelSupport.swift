import CLinux
import Glibc
package import LinuxSystem

/// What the machine that runs the tests can do.
package enum KernelSupport {
  /// Whether this process may make network namespaces.
  package static let hasNamespaces: Bool = (try? withNamespace { _ in true }) ?? false
}

/// Runs `body` on this thread inside a new, empty network namespace that dies with its last user.
///
/// The body must be synchronous: a namespace belongs to a thread.
package func withNamespace<Result>(
  _ body: (borrowing NetworkNamespace) throws -> Result
) throws -> Result {
  let home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)
  guard home >= 0 else { throw Errno.current }
  defer { close(home) }
  guard clinux_unshare_network_namespace() == 0 else { throw Errno.current }
  defer {
    guard clinux_enter_network_namespace(home) == 0 else {
      fatalError("cannot return to the thread's network namespace")
    }
  }
  return try body(NetworkNamespace.current())
}

import CLinux
import Glibc

/// An open handle of a network namespace; the namespace lives at least as long as the handle.
package struct NetworkNamespace: ~Copyable, Sendable {
  /// The handle, for requests that name a namespace by descriptor.
  package let descriptor: FileDescriptor

  /// The identity of its file, which tells it apart from other namespaces that exist now.
  package let identity: FileIdentity

  /// Opens a namespace file; throws `.invalidArgument` when it is not a network namespace.
  package static func open(path: String) throws(Errno) -> NetworkNamespace {
    let descriptor = try FileDescriptor(owning: openHandle(path))
    guard clinux_is_network_namespace(descriptor.rawValue) == 1 else {
      throw .invalidArgument
    }
    let identity = try FileIdentity(of: descriptor)
    return NetworkNamespace(descriptor: descriptor, identity: identity)
  }

  /// Another handle of this namespace.
  package borrowing func duplicate() throws(Errno) -> NetworkNamespace {
    let number = fcntl(descriptor.rawValue, F_DUPFD_CLOEXEC, 0)
    guard number >= 0 else { throw .current }
    return NetworkNamespace(descriptor: FileDescriptor(owning: number), identity: identity)
  }

  /// Opens the namespace that the calling thread is in.
  package static func current() throws(Errno) -> NetworkNamespace {
    try checkThread()
    return try open(path: "/proc/thread-self/ns/net")
  }

  /// The namespace cookie, which is unique until the next boot; nil before Linux 5.14.
  package var cookie: UInt64? {
    get throws(Errno) {
      let descriptor = try perform { () throws(Errno) in
        let number = clinux_open_local_socket()
        guard number >= 0 else { throw .current }
        return FileDescriptor(owning: number)
      }
      return try Self.cookie(ofSocket: descriptor.rawValue)
    }
  }

  /// The cookie of the namespace that a socket belongs to; nil before Linux 5.14.
  package static func cookie(ofSocket descriptor: Int32) throws(Errno) -> UInt64? {
    var cookie: UInt64 = 0
    guard unsafe clinux_socket_namespace_cookie(descriptor, &cookie) == 0 else {
      let errno = Errno.current
      guard errno == .protocolOptionNotAvailable else { throw errno }
      return nil
    }
    return cookie
  }

  /// The user that created the user namespace to which this namespace belongs; root for all that
  /// root has made outside of user namespaces.
  package var owner: UInt32 {
    get throws(Errno) {
      var user: UInt32 = 0
      _ = try checked(unsafe clinux_namespace_owner(descriptor.rawValue, &user))
      return user
    }
  }

  /// Throws `.notRecoverable` on a thread that could not return from another namespace. Call this
  /// before acting on the thread's own namespace.
  package static func checkThread() throws(Errno) {
    if clinux_thread_is_away() != 0 { throw .notRecoverable }
  }

  /// Runs `body` on this thread inside the namespace. Throws what `body` throws, or if the
  /// namespace cannot be entered or left; a thread that cannot leave it is unusable from then on
  /// (`checkThread`).
  package func perform<Result: ~Copyable, Failure: SystemError>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let home: NetworkNamespace
    do throws(Errno) { home = try NetworkNamespace.current() } catch { throw Failure(error) }
    return try perform(leaving: home, body)
  }

  /// Like `perform`, on a thread that is in `home`.
  package func perform<Result: ~Copyable, Failure: SystemError>(
    leaving home: borrowing NetworkNamespace, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    do throws(Errno) {
      try Self.checkThread()
      try enter()
    } catch {
      throw Failure(error)
    }
    let outcome = Swift.Result<Result, Failure>(catching: body)
    do throws(Errno) { try home.comeBack() } catch { throw Failure(error) }
    return try outcome.get()
  }

  /// Runs `body`, which cannot fail, on this thread inside the namespace.
  package func perform<Result: ~Copyable>(_ body: () -> Result) throws(Errno) -> Result {
    let home = try NetworkNamespace.current()
    try enter()
    let result = body()
    try home.comeBack()
    return result
  }

  private func enter() throws(Errno) {
    guard clinux_enter_network_namespace(descriptor.rawValue) == 0 else { throw .current }
  }

  private func comeBack() throws(Errno) {
    guard clinux_return_to_network_namespace(descriptor.rawValue) == 0 else { throw .current }
  }

  // O_NONBLOCK, because the path may lead to any kind of file.
  private static func openHandle(_ path: String) throws(Errno) -> Int32 {
    let number = try retryingOnInterrupt {
      Int(unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
    }
    return Int32(number)
  }
}

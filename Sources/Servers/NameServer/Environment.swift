import NIOCore
import NIOPosix
import NameService

/// What the server finds around it, and what it can tell.
struct Environment {
  /// The state directory.
  let statePath: String
  /// The identity of this boot.
  let boot: String
  /// The directory of named namespaces.
  let namespaces: String
  /// The configuration and the host's resolvers.
  let client: NameServerClient
  /// How long there may be nobody to serve before it ends; nil for ever.
  let idleLimit: TimeAmount?
  /// Threads that wait for events.
  let watchers: NIOThreadPool
  /// Tells the administrator something.
  let log: @Sendable (String) -> Void
  /// Ends the server.
  let end: @Sendable () -> Void
}

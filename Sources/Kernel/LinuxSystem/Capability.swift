import CLinux

/// A privilege of a thread (capabilities(7)).
package struct Capability: Sendable {
  let number: UInt32

  /// CAP_NET_ADMIN: links, addresses, routes and rules of the thread's network namespace.
  package static let networkAdministration = Capability(number: UInt32(CAP_NET_ADMIN))

  /// CAP_NET_RAW: packet sockets.
  package static let rawSockets = Capability(number: UInt32(CAP_NET_RAW))
  /// CAP_DAC_READ_SEARCH: reading files and folders of other users.
  package static let fileSearch = Capability(number: UInt32(CAP_DAC_READ_SEARCH))
  /// CAP_NET_BIND_SERVICE: ports below 1024.
  package static let lowPorts = Capability(number: UInt32(CAP_NET_BIND_SERVICE))
  /// CAP_SYS_ADMIN: among much else, entering namespaces.
  package static let systemAdministration = Capability(number: UInt32(CAP_SYS_ADMIN))
  /// CAP_SYS_PTRACE: opening the namespaces of processes that have more privileges.
  package static let processTracing = Capability(number: UInt32(CAP_SYS_PTRACE))

  /// Whether the thread lacks it.
  package var isMissing: Bool { clinux_has_capability(number) == 0 }
}

import CLinux
import Glibc

/// What a server gives up before it listens to anybody.
package enum Confinement {
  /// Keeps only these capabilities. Call it before the process has other threads.
  package static func keep(_ capabilities: [Capability]) throws(Errno) {
    let mask = capabilities.reduce(UInt64(0)) { $0 | 1 << UInt64($1.number) }
    guard clinux_keep_capabilities(mask) == 0 else { throw .current }
  }

  /// Refuses system calls that no network server needs to the whole process, for good.
  package static func refuseSystemCalls() throws(Errno) {
    guard clinux_refuse_system_calls() == 0 else { throw .current }
  }

  /// Allows as many open descriptors as the process may have.
  package static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}

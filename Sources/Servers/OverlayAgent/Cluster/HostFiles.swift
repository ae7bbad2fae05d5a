import LinuxSystem
package import NetworkModel
import OrderedJSON
package import SystemErrors

/// What the agent itself keeps in the state directory.
package struct HostFiles: Sendable {
  /// The state directory.
  let path: String

  private static let identity = "host-id"
  private static let lease = "overlay-lease.json"

  package init(statePath: String) { path = statePath }

  /// The identity of this host, which is drawn the first time.
  package func hostID(using generator: inout some RandomNumberGenerator) throws(Errno) -> HostID {
    _ = try Directory.makePath(path)
    let directory = try Directory.openOwn(path)
    if directory.contains(Self.identity) {
      let bytes = try directory.contents(of: Self.identity)
      let text = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\n" }
      guard let id = HostID(String(text)) else { throw .badMessage }
      return id
    }
    let id = HostID(using: &generator)
    try directory.replace(Self.identity, with: Array("\(id)\n".utf8), durable: true)
    return id
  }

  /// The lease of this host's endpoints, as it was when the agent last renewed it.
  struct HoldLease: Equatable {
    var id: Int64
    /// The boot during which it was granted.
    var boot: String
    /// For how long it was renewed, in seconds.
    var seconds: Int64
    /// When, in nanoseconds on CLOCK_BOOTTIME.
    var renewed: Int64
  }

  func holdLease() -> HoldLease? {
    guard let directory = try? Directory.openOwn(path),
      let bytes = try? directory.contents(of: Self.lease),
      let value = try? JSONValue(parsing: bytes), let reader = try? ObjectReader(value)
    else { return nil }
    return try? HoldLease(
      id: reader.parsed("lease") { Int64($0, radix: 16) }, boot: reader.string("boot"),
      seconds: reader.integer("seconds"), renewed: reader.integer("renewed"))
  }

  func keep(_ lease: HoldLease) throws(Errno) {
    let document: JSONObject = [
      "schema": 1, "lease": .string(String(lease.id, radix: 16)), "boot": .string(lease.boot),
      "seconds": JSONValue(lease.seconds), "renewed": JSONValue(lease.renewed),
    ]
    let directory = try Directory.openOwn(path)
    try directory.replace(Self.lease, with: JSONValue.object(document).bytes(), durable: true)
  }

  func forgetLease() throws(Errno) { try Directory.openOwn(path).remove(Self.lease) }
}

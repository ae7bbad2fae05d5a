/// A call of etcd's API, version 3, with one request and one response.
package protocol EtcdRequest: Sendable {
  associatedtype Response: EtcdResponse

  /// The service and method, as they are in the path of the call.
  static var method: String { get }
  /// Whether a second call after the first one's outcome remained unknown does no harm.
  var isRepeatable: Bool { get }
  /// The message.
  var message: [UInt8] { get }
}

/// The response to a call.
package protocol EtcdResponse: Sendable {
  /// Reads a message.
  init(_ message: [UInt8]) throws(EtcdMessageError)
}

/// Reads keys.
package struct EtcdRange: EtcdRequest, Hashable {
  package typealias Response = EtcdRangeResult

  package static var method: String { "etcdserverpb.KV/Range" }
  package var isRepeatable: Bool { true }

  package let keys: EtcdKeys
  /// The most keys that are wanted; 0 for all.
  package var limit: Int64
  /// The revision at which they are read; 0 for the newest.
  package var revision: Int64
  /// Whether one member's copy is enough, which may be behind.
  package var isSerializable: Bool
  /// Whether the values are left out.
  package var keysOnly: Bool

  package init(
    _ keys: EtcdKeys, limit: Int64 = 0, revision: Int64 = 0, isSerializable: Bool = false,
    keysOnly: Bool = false
  ) {
    self.keys = keys
    self.limit = limit
    self.revision = revision
    self.isSerializable = isSerializable
    self.keysOnly = keysOnly
  }

  package var message: [UInt8] {
    var bytes: [UInt8] = []
    keys.append(to: &bytes)
    bytes.append(3, limit)
    bytes.append(4, revision)
    bytes.append(7, isSerializable)
    bytes.append(8, keysOnly)
    return bytes
  }
}

/// Writes one key.
package struct EtcdPut: Hashable, Sendable {
  package let key: String
  package let value: [UInt8]
  /// The lease with which it ends; 0 for none.
  package let lease: Int64

  package init(_ key: String, _ value: [UInt8], lease: Int64 = 0) {
    self.key = key
    self.value = value
    self.lease = lease
  }

  var message: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(1, Array(key.utf8))
    bytes.append(2, value)
    bytes.append(3, lease)
    return bytes
  }
}

/// Asks for a lease.
package struct EtcdLeaseGrant: EtcdRequest, Hashable {
  package typealias Response = EtcdLease

  package static var method: String { "etcdserverpb.Lease/LeaseGrant" }
  // The first one would expire by itself.
  package var isRepeatable: Bool { true }

  /// How long it is wanted, in seconds.
  package let seconds: Int64

  package init(seconds: Int64) { self.seconds = seconds }

  package var message: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(1, seconds)
    return bytes
  }
}

/// Ends a lease, and deletes the keys that have it.
package struct EtcdLeaseRevoke: EtcdRequest, Hashable {
  package typealias Response = EtcdEmptyResult

  package static var method: String { "etcdserverpb.Lease/LeaseRevoke" }
  package var isRepeatable: Bool { true }

  package let lease: Int64

  package init(_ lease: Int64) { self.lease = lease }

  package var message: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(1, lease)
    return bytes
  }
}

/// Renews a lease. etcd's method is a stream, of which this is one message.
package struct EtcdLeaseKeepAlive: EtcdRequest, Hashable {
  package typealias Response = EtcdLease

  package static var method: String { "etcdserverpb.Lease/LeaseKeepAlive" }
  package var isRepeatable: Bool { true }

  package let lease: Int64

  package init(_ lease: Int64) { self.lease = lease }

  package var message: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(1, lease)
    return bytes
  }
}

/// Exchanges a user's name and password for a token.
package struct EtcdAuthenticate: EtcdRequest {
  package typealias Response = EtcdToken

  package static var method: String { "etcdserverpb.Auth/Authenticate" }
  package var isRepeatable: Bool { true }

  let user: String
  let password: String

  package init(user: String, password: String) {
    self.user = user
    self.password = password
  }

  package var message: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(1, Array(user.utf8))
    bytes.append(2, Array(password.utf8))
    return bytes
  }
}

/// Asks a member about itself.
package struct EtcdStatus: EtcdRequest, Hashable {
  package typealias Response = EtcdStatusResult

  package static var method: String { "etcdserverpb.Maintenance/Status" }
  package var isRepeatable: Bool { true }

  package init() {}

  package var message: [UInt8] { [] }
}

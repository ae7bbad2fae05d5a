/// Where etcd is, and how to speak to it.
package struct EtcdStore: Hashable, Sendable {
  /// The members, in the order in which they are tried.
  package var endpoints: [EtcdEndpoint]
  /// The files of certificates; nil to speak without TLS.
  package var certificates: EtcdCertificates?
  /// The name and password of a user; nil if certificates say who asks.
  package var credentials: EtcdCredentials?
  package var limits = EtcdLimits()

  package init(
    _ endpoints: [EtcdEndpoint], certificates: EtcdCertificates? = nil,
    credentials: EtcdCredentials? = nil
  ) {
    self.endpoints = endpoints
    self.certificates = certificates
    self.credentials = credentials
  }
}

/// The address of one member.
package enum EtcdEndpoint: Hashable, Sendable {
  /// A host name or IP address, and a port.
  case host(String, port: Int)
  /// A socket file.
  case socket(String)

  /// What users write.
  package var text: String {
    switch self {
    case .host(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .socket(let path): "unix:\(path)"
    }
  }
}

/// Paths of files in PEM form. They are read for each connection, so renewed ones are used.
package struct EtcdCertificates: Hashable, Sendable {
  /// The authorities that may vouch for the server; nil for those of the system.
  package var authorities: String?
  /// The client's certificate, with those between it and its authority.
  package var certificate: String?
  /// The key of the client's certificate.
  package var key: String?

  package init(authorities: String?, certificate: String?, key: String?) {
    self.authorities = authorities
    self.certificate = certificate
    self.key = key
  }
}

/// A user of etcd's own.
package struct EtcdCredentials: Hashable, Sendable {
  package var user: String
  package var password: String

  package init(user: String, password: String) {
    self.user = user
    self.password = password
  }
}

/// How long things may take, and how large they may be.
package struct EtcdLimits: Hashable, Sendable {
  /// Until a connection is ready, with TLS and HTTP/2's settings, in milliseconds.
  package var connection: Int64 = 1_000
  /// Until one member has answered a call.
  package var attempt: Int64 = 2_000
  /// Until a call has ended, with all attempts.
  package var call: Int64 = 5_000
  /// While the members elect a leader, until that counts as a failure.
  package var election: Int64 = 3_000
  /// Between attempts meanwhile.
  package var electionPause: Int64 = 100
  /// Between questions whether a watch is alive.
  package var watchProgress: Int64 = 30_000
  /// The least and the most between attempts to resume a watch.
  package var backoff: ClosedRange<Int64> = 200...5_000
  /// The largest message that is accepted, in bytes.
  package var message = 64 * 1024 * 1024

  package init() {}
}

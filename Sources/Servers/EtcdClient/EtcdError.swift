package import EtcdMessages

/// Why a call failed.
package struct EtcdError: Error, Hashable, Sendable {
  /// One attempt, at one member.
  package struct Attempt: Hashable, Sendable {
    /// The member's address.
    package let endpoint: String
    package let cause: EtcdFailure
  }

  /// The attempts in order; at least one.
  package let attempts: [Attempt]
  /// Whether the changes that were asked for may have been made all the same.
  package let isOutcomeUnknown: Bool

  /// The last attempt's cause.
  package var cause: EtcdFailure { attempts.last?.cause ?? .closed }
  /// The members that were asked.
  package var endpoints: String { unique(attempts.map(\.endpoint)).joined(separator: ", ") }
  /// Why, in words; where several members failed in different ways, with their addresses.
  package var reason: String {
    if Set(attempts.map(\.cause)).count == 1 { return cause.text }
    if Set(attempts.map(\.endpoint)).count == 1 {
      return unique(attempts.map(\.cause.text)).joined(separator: ", then ")
    }
    return unique(attempts.map { "\($0.endpoint): \($0.cause.text)" }).joined(separator: "; ")
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen = Set<String>()
    return texts.filter { seen.insert($0).inserted }
  }
}

/// What went wrong at one member.
package enum EtcdFailure: Error, Hashable, Sendable {
  /// The connection was refused, or the host cannot be reached; in the system's words.
  case connection(String)
  /// The connection was not ready in time: without an answer, or stuck in TLS or HTTP/2.
  case connectionTimeout
  /// There is no agreement on TLS.
  case tls(EtcdTLSFailure)
  /// A file of certificates cannot be used.
  case certificateFile(String, String)
  /// The connection has ended.
  case closed
  /// There was no answer in time.
  case timeout
  /// etcd refused, with a status of gRPC's and a text.
  case status(Int, String)
  /// The server does not speak gRPC; its HTTP status.
  case http(String)
  /// The answer cannot be read.
  case message(EtcdMessageError)

  /// Statuses of gRPC.
  package enum Status {
    package static let invalidArgument = 3
    package static let notFound = 5
    package static let permissionDenied = 7
    package static let unavailable = 14
    package static let unauthenticated = 16
  }

  /// Whether another member may answer.
  var isOfMember: Bool {
    switch self {
    case .status(let code, _): code == Status.unavailable
    case .message: false
    default: true
    }
  }

  /// Whether the request can have had no effect.
  var isBeforeRequest: Bool {
    switch self {
    case .connection, .connectionTimeout, .tls, .certificateFile: true
    // In other cases of this status it may have.
    case .status(let code, _): code != Status.unavailable || isWithoutLeader
    default: false
    }
  }

  /// Whether the member knows no leader, and so has not even tried.
  var isWithoutLeader: Bool {
    if case .status(Status.unavailable, let text) = self {
      text.hasSuffix("no leader")
    } else {
      false
    }
  }
}

/// Why there is no agreement on TLS.
package enum EtcdTLSFailure: Error, Hashable, Sendable {
  /// The server's certificate is not of the configured authorities, or is not valid now.
  case serverCertificate(String)
  /// The server's certificate is for other names.
  case serverName(String)
  /// The server does not accept the client's certificate; the name of its alert.
  case refused(alert: String)
  /// The server does not speak TLS.
  case notTLS
  /// The server has ended the connection during the handshake, as one without TLS may, too.
  case ended
  /// Anything else.
  case other(String)
}

extension EtcdFailure {
  /// The failure in words.
  package var text: String {
    switch self {
    case .connection(let text): text
    case .connectionTimeout: "no answer to the connection in time"
    case .tls(let failure): "TLS: \(failure.text)"
    case .certificateFile(let path, let text): "\(path): \(text)"
    case .closed: "the connection was closed"
    case .timeout: "no answer in time"
    case .status(let code, let text): "\(text) (gRPC status \(code))"
    case .http(let status): "not gRPC (HTTP status \(status))"
    case .message: "the answer cannot be read"
    }
  }
}

extension EtcdTLSFailure {
  /// The failure in words.
  package var text: String {
    switch self {
    case .serverCertificate(let text): "the server's certificate is not trusted: \(text)"
    case .serverName(let host): "the server's certificate is not for \(host)"
    case .refused(let alert): "the server refused the client's certificate (alert: \(alert))"
    case .notTLS: "the server does not speak TLS"
    case .ended: "the server ended the handshake; perhaps it does not speak TLS"
    case .other(let text): text
    }
  }
}

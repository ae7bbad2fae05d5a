import LinuxSystem
import NIOCore
import NIOPosix
import NIOSSL
import SystemErrors

/// TLS as it is spoken with etcd.
enum EtcdTLS {
  /// Reads the certificates.
  static func context(_ files: EtcdCertificates) throws(EtcdFailure) -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["h2"]
    if let path = files.authorities {
      let authorities = try read(path) { try NIOSSLCertificate.fromPEMFile(path) }
      configuration.trustRoots = .certificates(authorities)
    }
    if let path = files.certificate {
      let chain = try read(path) { try NIOSSLCertificate.fromPEMFile(path) }
      configuration.certificateChain = chain.map { .certificate($0) }
    }
    if let path = files.key {
      let key = try read(path) { try NIOSSLPrivateKey(file: path, format: .pem) }
      configuration.privateKey = .privateKey(key)
    }
    return try read(files.certificate ?? files.authorities ?? "") {
      try NIOSSLContext(configuration: configuration)
    }
  }

  private static func read<Value>(
    _ path: String, _ body: () throws -> Value
  ) throws(EtcdFailure) -> Value {
    do {
      return try body()
    } catch let error as IOError {
      throw .certificateFile(path, error.systemText)
    } catch {
      throw .certificateFile(path, "no certificate or key in PEM form, or not a pair")
    }
  }
}

extension EtcdFailure {
  /// What an error of NIO's, or of TLS below it, means.
  init(_ error: any Error, host: String) {
    switch error {
    case let failure as EtcdFailure: self = failure
    case let error as IOError: self = .connection(error.systemText)
    case let error as NIOConnectionError: self = Self.connection(error, host: host)
    case is ChannelError: self = .closed
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      self = .tls(.serverName(host))
    case NIOSSLError.handshakeFailed(let error), let error as BoringSSLError:
      self = .tls(EtcdTLSFailure("\(error)"))
    case NIOSSLError.uncleanShutdown: self = .closed
    case is NIOSSLError, is NIOSSLExtraError: self = .tls(.other("\(error)"))
    default: self = .connection("\(error)")
    }
  }

  private static func connection(_ error: NIOConnectionError, host: String) -> EtcdFailure {
    if let last = error.connectionErrors.last {
      return EtcdFailure(last.error, host: host)
    }
    if error.dnsAError != nil || error.dnsAAAAError != nil {
      return .connection("the name \(host) cannot be resolved")
    }
    return .connectionTimeout
  }
}

extension EtcdTLSFailure {
  // BoringSSL's reasons are only in its texts.
  fileprivate init(_ text: String) {
    let alerts = [
      "UNKNOWN_CA": "unknown certificate authority", "BAD_CERTIFICATE": "bad certificate",
      "CERTIFICATE_EXPIRED": "certificate expired",
      "CERTIFICATE_REVOKED": "certificate revoked",
      "CERTIFICATE_UNKNOWN": "certificate unknown",
      "CERTIFICATE_REQUIRED": "certificate required",
      "UNSUPPORTED_CERTIFICATE": "unsupported certificate",
      "HANDSHAKE_FAILURE": "handshake failure", "ACCESS_DENIED": "access denied",
    ]
    for (name, alert) in alerts where text.hasBytes(of: "ALERT_\(name)") {
      self = .refused(alert: alert)
      return
    }
    if text.hasBytes(of: "CERTIFICATE_VERIFY_FAILED") {
      self = .serverCertificate("it is not of the configured authorities, or is not valid now")
    } else if text.hasBytes(of: "WRONG_VERSION_NUMBER") || text.hasBytes(of: "HTTP_REQUEST") {
      self = .notTLS
    } else if text.hasBytes(of: "EOF during handshake") {
      self = .ended
    } else {
      self = .other(text)
    }
  }
}

extension IOError {
  /// The system's words for the errno.
  var systemText: String { "\(Errno(rawValue: errnoCode))" }
}

extension String {
  /// Whether `text` occurs in this string, byte by byte. The standard library's search would link
  /// its regular expressions.
  fileprivate func hasBytes(of text: String) -> Bool {
    let (bytes, sought) = (Array(utf8), Array(text.utf8))
    guard bytes.count >= sought.count else { return false }
    return (0...bytes.count - sought.count).contains { bytes[$0...].starts(with: sought) }
  }
}

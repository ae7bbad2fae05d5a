import CommandLineTestSupport
import EtcdMessages
import EtcdTestSupport
import Glibc
import KernelTestSupport
import Testing

@testable import EtcdClient

@Suite(.enabled(if: EtcdServer.problem == nil))
struct TLSTests {
  private let put = EtcdTransaction(then: [.put(EtcdPut("/netctl/k", [1]))])

  private func run(
    _ body: (EtcdLab, EtcdServer, TestCertificates) throws -> Void
  ) throws {
    try EtcdLab.run { lab in
      let certificates = try TestCertificates(folder: lab.folder)
      try certificates.addServer("server", "IP:127.0.0.1")
      try certificates.addClient("root")
      let server = try EtcdServer(folder: lab.folder, certificates: certificates)
      try server.waitUntilReady()
      try body(lab, server, certificates)
    }
  }

  @Test func certificateActsInItsRole() throws {
    try run { lab, server, certificates in
      try certificates.addClient("host1")
      try server.control("role", "add", "netctl")
      try server.control(
        "role", "grant-permission", "netctl", "--prefix=true", "readwrite", "/netctl/")
      for user in ["root", "host1"] { try server.control("user", "add", user, "--no-password") }
      try server.control("user", "grant-role", "root", "root")
      try server.control("user", "grant-role", "host1", "netctl")
      try server.control("auth", "enable")
      let client = lab.client(certificates: EtcdCertificates(certificates, client: "host1"))

      let allowed = try client.call(put)
      let (error, _) = failure { () throws(EtcdError) in
        try client.call(EtcdTransaction(then: [.put(EtcdPut("/other", [1]))]))
      }

      #expect(allowed.succeeded)
      #expect(error?.cause == .status(7, "etcdserver: permission denied"))
    }
  }

  @Test func certificateOfAnotherAuthorityIsRefused() throws {
    try run { lab, _, certificates in
      let rogue = try TestCertificates(folder: lab.folder, name: "rogue")
      try rogue.addClient("host1")
      let client = lab.client(
        certificates: EtcdCertificates(certificates, client: "host1", of: rogue))

      let (error, duration) = failure { () throws(EtcdError) in try client.call(put) }

      #expect(error?.cause == .tls(.refused(alert: "bad certificate")))
      #expect(error?.isOutcomeUnknown == false)
      #expect(duration < .seconds(2))
    }
  }

  @Test func expiredCertificateIsRefused() throws {
    try run { lab, _, certificates in
      try certificates.addClient("old", hasExpired: true)
      let client = lab.client(certificates: EtcdCertificates(certificates, client: "old"))

      let (error, _) = failure { () throws(EtcdError) in try client.call(put) }

      guard case .tls(.refused) = error?.cause else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func missingCertificateIsRefused() throws {
    try run { lab, _, certificates in
      let files = EtcdCertificates(
        authorities: certificates.authority, certificate: nil, key: nil)
      let client = lab.client(certificates: files)

      let (error, _) = failure { () throws(EtcdError) in try client.call(put) }

      guard case .tls(.refused) = error?.cause else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func serverOfAnotherAuthorityIsNotTrusted() throws {
    try run { lab, _, certificates in
      let other = try TestCertificates(folder: lab.folder, name: "other")
      try other.addClient("host1")
      let client = lab.client(certificates: EtcdCertificates(other, client: "host1"))

      let (error, _) = failure { () throws(EtcdError) in try client.call(put) }

      guard case .tls(.serverCertificate) = error?.cause else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func serverWithAnotherAddressIsNotTrusted() throws {
    try EtcdLab.run { lab in
      let certificates = try TestCertificates(folder: lab.folder)
      try certificates.addServer("server", "IP:10.1.2.3", "DNS:etcd.example")
      try certificates.addClient("root")
      let server = try EtcdServer(folder: lab.folder, certificates: certificates)
      let files = EtcdCertificates(certificates, client: "root")
      // It cannot be asked whether it is ready, since nobody trusts it.
      var error: EtcdError?
      attempts: for _ in 0..<200 {
        error =
          failure { () throws(EtcdError) in
            try lab.client(certificates: files).call(put)
          }.error
        switch error?.cause {
        case .connection, .connectionTimeout, .closed: usleep(20_000)
        default: break attempts
        }
      }

      #expect(error?.cause == .tls(.serverName("127.0.0.1")))
      withExtendedLifetime(server) {}
    }
  }

  @Test func serverWithoutTLSIsNotUsed() throws {
    try EtcdLab.run { lab in
      let certificates = try TestCertificates(folder: lab.folder)
      try certificates.addClient("root")
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      let client = lab.client(certificates: EtcdCertificates(certificates, client: "root"))

      let (error, _) = failure { () throws(EtcdError) in try client.call(put) }

      #expect(error?.cause == .tls(.ended))
      #expect(try server.control("get", "/netctl/k").output.isEmpty)
    }
  }

  @Test func unreadableFileIsNamed() throws {
    try EtcdLab.run { lab in
      let files = EtcdCertificates(
        authorities: "\(lab.folder)/none.pem", certificate: nil, key: nil)
      let client = lab.client(certificates: files)

      let (error, _) = failure { () throws(EtcdError) in try client.call(put) }

      guard case .certificateFile(let path, _) = error?.cause else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(path == "\(lab.folder)/none.pem")
    }
  }

  // A connection lasts longer than a certificate; the next one has the new one.
  @Test func renewedCertificateIsUsedByTheNextConnection() throws {
    try run { lab, server, certificates in
      try certificates.addClient("host1", hasExpired: true)
      let client = lab.client(certificates: EtcdCertificates(certificates, client: "host1"))
      #expect(failure { () throws(EtcdError) in try client.call(put) }.error != nil)

      try certificates.addClient("host1")

      #expect(try client.call(put).succeeded)
    }
  }
}

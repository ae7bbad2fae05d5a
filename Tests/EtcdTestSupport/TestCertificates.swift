import CommandLineTestSupport
import Glibc
import KernelTestSupport
import LinuxSystem

/// Authorities, and certificates of servers and clients, made by openssl in a folder.
package struct TestCertificates: Sendable {
  private let folder: String

  /// Makes an authority.
  package init(folder: String, name: String = "ca") throws {
    self.folder = "\(folder)/\(name)"
    makeFolder(self.folder)
    try openssl(
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-days", "2", "-subj", "/CN=\(name)", "-keyout", key("authority"),
      "-out", certificate("authority"))
  }

  /// The authority's certificate.
  package var authority: String { certificate("authority") }

  /// The file of a certificate.
  package func certificate(_ name: String) -> String { "\(folder)/\(name).pem" }

  /// The file of its key.
  package func key(_ name: String) -> String { "\(folder)/\(name).key" }

  /// A server's, for these names, such as `IP:127.0.0.1`. It cannot be used as a client's.
  package func addServer(_ name: String = "server", _ names: String...) throws {
    try add(
      name, ["subjectAltName=\(names.joined(separator: ","))", "extendedKeyUsage=serverAuth"])
  }

  /// A client's. One that has expired was valid yesterday.
  package func addClient(_ name: String, hasExpired: Bool = false) throws {
    try add(name, ["extendedKeyUsage=clientAuth"], hasExpired: hasExpired)
  }

  private func add(_ name: String, _ extensions: [String], hasExpired: Bool = false) throws {
    let request = "\(folder)/\(name).csr"
    let file = "\(folder)/\(name).ext"
    writeFile(file, extensions.joined(separator: "\n").utf8)
    try openssl(
      "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-subj", "/CN=\(name)", "-keyout", key(name), "-out", request)
    if !hasExpired {
      return try openssl(
        "x509", "-req", "-in", request, "-CA", authority, "-CAkey", key("authority"),
        "-CAcreateserial", "-days", "2", "-extfile", file, "-out", certificate(name))
    }
    // Only `ca` takes dates.
    writeFile("\(folder)/index", [])
    let configuration = """
      [ca]
      default_ca=d
      [d]
      database=\(folder)/index
      new_certs_dir=\(folder)
      rand_serial=yes
      default_md=sha256
      policy=p
      [p]
      commonName=supplied
      """
    writeFile("\(folder)/ca.cnf", configuration.utf8)
    try openssl(
      "ca", "-batch", "-config", "\(folder)/ca.cnf", "-in", request, "-cert", authority,
      "-keyfile", key("authority"), "-extfile", file, "-startdate", "20200101000000Z",
      "-enddate", "20200102000000Z", "-notext", "-out", certificate(name))
  }

  private func openssl(_ words: String...) throws {
    let result = try ChildProcess.run(["openssl"] + words)
    if result.status != 0 { fatalError("openssl: \(result.errors)") }
  }
}

package import CommandLineTestSupport
import Glibc
import KernelTestSupport
package import LinuxSystem

/// A member of etcd, in the network namespace of the thread that starts it. It ends with this
/// object.
package final class EtcdServer {
  /// Why there can be none here; nil when there can.
  package static let problem = TestEnvironment.problem(
    needing: "etcd", "etcdctl", "ip", "openssl", "unshare")

  /// How it is reached by `etcdctl`.
  package let url: String
  private let arguments: [String]
  private var process: ChildProcess?
  private let client: [String]

  /// A member alone, at an address of the namespace; with certificates it speaks TLS, and wants
  /// certificates of its clients.
  package convenience init(
    folder: String, address: String = "127.0.0.1", port: Int = 2379,
    certificates: TestCertificates? = nil, server: String = "server", options: [String] = []
  ) throws {
    try self.init(
      folder: folder, name: "m1", cluster: ["m1": address], port: port,
      certificates: certificates, server: server, options: options)
  }

  /// A member of a cluster, whose members have addresses of their own.
  package init(
    folder: String, name: String, cluster: [String: String], port: Int = 2379,
    certificates: TestCertificates? = nil, server: String = "server", options: [String] = []
  ) throws {
    let address = cluster[name] ?? "127.0.0.1"
    let scheme = certificates == nil ? "http" : "https"
    url = "\(scheme)://\(address):\(port)"
    let peers = cluster.sorted { $0.key < $1.key }.map {
      "\($0.key)=http://\($0.value):\(port + 1)"
    }
    var arguments = [
      "etcd", "--name", name, "--data-dir", "\(folder)/\(name)", "--logger", "zap",
      "--log-level", "error", "--log-outputs", "\(folder)/\(name).log", "--unsafe-no-fsync",
      "--listen-client-urls", url, "--advertise-client-urls", url,
      "--listen-peer-urls", "http://\(address):\(port + 1)",
      "--initial-advertise-peer-urls", "http://\(address):\(port + 1)",
      "--initial-cluster", peers.joined(separator: ","),
    ]
    var client = ["etcdctl", "--endpoints", url, "--dial-timeout", "5s", "--command-timeout", "9s"]
    if let certificates {
      arguments += [
        "--cert-file", certificates.certificate(server), "--key-file", certificates.key(server),
        "--client-cert-auth", "--trusted-ca-file", certificates.authority,
      ]
      client += [
        "--cacert", certificates.authority, "--cert", certificates.certificate("root"),
        "--key", certificates.key("root"),
      ]
    }
    self.arguments =
      arguments.filter { Self.hasUnsafeNoFsync || $0 != "--unsafe-no-fsync" } + options
    self.client = client
    try start()
  }

  // Since etcd 3.5.
  private static let hasUnsafeNoFsync =
    (try? ChildProcess.run(["etcd", "--help"]).output.contains("unsafe-no-fsync")) ?? false

  /// Starts it, at first or again.
  package func start() throws {
    process = try ChildProcess(arguments, variables: ["ETCD_UNSUPPORTED_ARCH=arm64"])
  }

  /// Waits until it serves.
  package func waitUntilReady() throws {
    for _ in 0..<200 {
      if try control("endpoint", "health").status == 0 { return }
      usleep(20_000)
    }
    throw Errno.timedOut
  }

  /// Ends it without a chance to say goodbye.
  package func kill() {
    signal(SIGKILL)
    _ = process?.end()
    process = nil
  }

  /// Replaces what it has by a snapshot, while it does not run.
  package func restore(from snapshot: String) throws {
    let folder = arguments[arguments.firstIndex(of: "--data-dir")! + 1]
    _ = try ChildProcess.run(["rm", "-rf", folder])
    let words = ["--name", "--initial-cluster"].flatMap { option in
      [option, arguments[arguments.firstIndex(of: option)! + 1]]
    }
    let peer = arguments[arguments.firstIndex(of: "--initial-advertise-peer-urls")! + 1]
    let result = try control(
      ["snapshot", "restore", snapshot, "--data-dir", folder] + words
        + ["--initial-advertise-peer-urls", peer])
    if result.status != 0 { fatalError("etcdctl: \(result.errors)") }
  }

  /// Sends it a signal; after SIGSTOP, it has stopped when this returns.
  package func signal(_ number: Int32) {
    guard let process else { return }
    _ = Glibc.kill(process.identifier, number)
    if number == SIGSTOP {
      var information = siginfo_t()
      waitid(P_PID, id_t(process.identifier), &information, WSTOPPED)
    }
  }

  /// Runs `etcdctl` on it.
  @discardableResult
  package func control(_ words: String..., input: String = "") throws(Errno) -> ProcessResult {
    try control(words, input: input)
  }

  private func control(_ words: [String], input: String = "") throws(Errno) -> ProcessResult {
    try ChildProcess.run(client + words, input: input, variables: ["ETCDCTL_API=3"])
  }
}

import CommandLineTestSupport
import EtcdTestSupport
import Glibc
import KernelTestSupport
import LinuxSystem

/// Private hosts on one wire, with etcd and the agent on each. Host N has the address 10.77.100.N
/// and the containers cN and dN; etcd is at 10.77.255.254.
final class Cluster {
  /// Why there can be none here; nil when there can.
  static let problem = OverlayHost.problem ?? EtcdServer.problem

  let etcd: EtcdServer
  private var hosts: [Int: PrivateHost] = [:]
  private var agents: [Int: ChildProcess] = [:]

  private static let setUp = """
    mkdir -p /srv/bin /srv/libexec/netctl
    touch /srv/bin/netctl /srv/libexec/netctl/netctl-server
    mount --bind $2/netctl /srv/bin/netctl || exit 1
    mount --bind $2/netctl-server /srv/libexec/netctl/netctl-server || exit 1
    ip address add 10.77.100.$1/16 dev eth0 && ip link set eth0 up || exit 1
    echo '{"cluster-store": "etcd://10.77.255.254:2379", "cluster-advertise": "eth0",
      "cluster-store-opts": {"discovery.heartbeat": "1", "discovery.ttl": "3"}}' \
      >/etc/netctl/daemon.json
    """

  private init(_ folder: String) throws {
    for words in [
      ["link", "set", "lo", "up"], ["link", "add", "wire", "type", "bridge"],
      ["link", "set", "wire", "up"], ["address", "add", "10.77.255.254/16", "dev", "wire"],
    ] {
      _ = try KernelTestSupport.run(["ip"] + words)
    }
    etcd = try EtcdServer(folder: folder, address: "10.77.255.254")
    try etcd.waitUntilReady()
  }

  /// Runs `body` with a cluster of its own.
  static func run(hosts count: Int = 3, _ body: (Cluster) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try withNamespace { _ in
        let cluster = try Cluster(folder)
        for number in 1...count { try cluster.addHost(number) }
        for number in 1...count { try cluster.startAgent(on: number) }
        for number in 1...count { try cluster.waitForAgent(on: number) }
        try body(cluster)
      }
    }
  }

  private func addHost(_ number: Int) throws {
    let host = try PrivateHost.open(containers: ["c\(number)", "d\(number)"])
    hosts[number] = host
    // As nsenter(1) is told it.
    let process = host.entering[2]
    _ = try KernelTestSupport.run(
      "ip", "link", "add", "v\(number)", "type", "veth", "peer", "name", "eth0", "netns", process)
    _ = try KernelTestSupport.run("ip", "link", "set", "v\(number)", "master", "wire", "up")
    let result = try host.inside(
      ["sh", "-c", Self.setUp, "sh", "\(number)", TestEnvironment.buildFolder])
    if result.status != 0 { throw ClusterError.noHost(result.errors) }
  }

  enum ClusterError: Error {
    case noHost(String)
    case noAgent(String)
    case timedOut(String)
  }

  /// Starts the agent of a host, without waiting.
  func startAgent(on number: Int) throws {
    agents[number] = try ChildProcess(
      hosts[number]!.entering
        + ["sh", "-c", "exec /srv/bin/netctl agent >>/srv/agent.log 2>&1"])
  }

  /// Waits until a host is registered.
  func waitForAgent(on number: Int) throws {
    try wait("the agent of host \(number): \(try output(number, "cat /srv/agent.log"))") {
      try self.on(number, "/srv/bin/netctl agent status").status == 0
    }
  }

  /// Kills the agent of a host.
  func killAgent(of number: Int) { agents[number] = nil }

  /// Takes a host off the wire, with its agent.
  func cut(_ number: Int) throws {
    killAgent(of: number)
    _ = try KernelTestSupport.run("ip", "link", "set", "v\(number)", "down")
  }

  /// Waits for something that happens without being asked for.
  func wait(_ subject: String, until condition: () throws -> Bool) throws {
    for _ in 0..<500 {
      if try condition() { return }
      usleep(20_000)
    }
    throw ClusterError.timedOut(subject)
  }

  /// Runs a script on a host.
  @discardableResult
  func on(_ number: Int, _ script: String) throws -> ProcessResult {
    try hosts[number]!.inside(["sh", "-c", script])
  }

  /// What a script on a host says.
  func output(_ number: Int, _ script: String) throws -> String {
    try on(number, "exec 2>&1\n" + script).output
  }

  /// Runs `netctl network` on a host.
  @discardableResult
  func netctl(_ number: Int, _ command: String) throws -> ProcessResult {
    try on(number, "exec netctl network \(command)")
  }

  /// Runs `netctl network` on several hosts at once; the results by host.
  func race(_ commands: [Int: String]) throws -> [Int: ProcessResult] {
    let processes = try commands.map { number, command in
      (
        number,
        try ChildProcess(
          hosts[number]!.entering + ["sh", "-c", "exec netctl network \(command)"])
      )
    }
    return Dictionary(uniqueKeysWithValues: processes.map { ($0, $1.end()) })
  }

  /// How many of the pings from a container arrive.
  func ping(
    _ number: Int, from container: String, to address: String, count: Int = 1, options: String = ""
  ) throws -> Int {
    let report = try output(
      number,
      "nsenter --net=/run/netns/\(container) ping -q -c \(count) -i 0.05 -W 1 \(options) \(address)"
    )
    let words = report.split(separator: "\n").first { $0.contains("received") }?
      .split(separator: " ")
    return words.flatMap { Int($0[3]) } ?? 0
  }

  /// The keys of the store below a prefix.
  func keys(_ prefix: String) throws -> [String] {
    try etcd.control("get", "--prefix", "--keys-only", "/netctl/v1/" + prefix).output
      .split(separator: "\n").map(String.init)
  }
}

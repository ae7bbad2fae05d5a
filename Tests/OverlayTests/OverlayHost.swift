import CommandLineTestSupport

/// A private host in a cluster, with the containers `c` and `d`, and the scripted agent.
final class OverlayHost {
  /// Why there can be none here; nil when there can.
  static let problem =
    PrivateHost.problem ?? TestEnvironment.problem(needing: "bridge", "nft", "python3")

  private static let folder = TestEnvironment.folder(of: #filePath) + "/Agent"

  private static let setUp = """
    ip link add underlay type veth peer name peer || exit 1
    ip address add 10.77.0.1/24 dev underlay
    ip link set underlay up; ip link set peer up
    echo '{"cluster-store": "etcd://10.77.0.254:2379", "cluster-advertise": "10.77.0.1"}' \
      >/etc/netctl/daemon.json
    echo '{}' >/srv/faults.json; : >/srv/calls.log
    """

  private let host: PrivateHost
  private var agent: ChildProcess?

  /// Makes the host; unless told otherwise, the agent runs.
  init(hasAgent: Bool = true) throws {
    host = try PrivateHost.open(containers: ["c", "d"])
    _ = try host.run(script: Self.setUp)
    _ = try netctl("ls")
    if hasAgent { try startAgent() }
    try takeCalls()
  }

  /// Starts the agent, and waits until it listens.
  func startAgent() throws {
    let agent = try ChildProcess(host.entering + ["python3", Self.folder + "/agent.py"])
    guard agent.readLine() == "ready" else { throw OverlayHostError.agentDoesNotStart }
    self.agent = agent
  }

  /// Kills the agent.
  func stopAgent() { agent = nil }

  enum OverlayHostError: Error {
    case agentDoesNotStart
  }

  /// Runs `netctl network`.
  @discardableResult
  func netctl(_ command: String) throws -> ProcessResult {
    try host.inside(["sh", "-c", "exec netctl network \(command)"])
  }

  /// Runs a script, its messages among its output.
  @discardableResult
  func run(_ script: String) throws -> String { try host.run(script: script).output }

  /// Has the agent misbehave.
  func setFaults(_ faults: String) throws {
    _ = try host.inside(["sh", "-c", "cat >/srv/faults.json"], input: faults)
  }

  /// The names of the calls since the last call of this.
  @discardableResult
  func takeCalls() throws -> [String] {
    try run("cat /srv/calls.log; : >/srv/calls.log").split(separator: "\n").map(String.init)
  }

  /// What the store has: the names of networks and of the containers of endpoints.
  func store() throws -> String {
    try run(
      """
      python3 -c 'import json; s = json.load(open("/srv/store.json"))
      print(*[n["name"] for n in s["networks"].values()], *[e["name"] for e in
        list(s["endpoints"].values()) + sum(s["remote"].values(), [])])'
      """
    ).trimmed
  }

  /// Puts an endpoint of another host into the store: a container `far` with 10.0.0.9.
  func addRemoteEndpoint(on network: String = "n") throws {
    try run(
      """
      id=$(netctl network inspect -f '{{.ID}}' \(network) 2>/dev/null)
      python3 - $id <<'end'
      import json, sys
      store = json.load(open("/srv/store.json"))
      store["remote"][sys.argv[1]] = [{
        "id": "ee" * 32, "host": "bb" * 32, "tunnel": "10.77.0.2", "mac": "02:42:0a:00:00:09",
        "addresses": ["10.0.0.9/24"], "container": "cc" * 32, "name": "far", "aliases": ["away"]}]
      json.dump(store, open("/srv/store.json", "w"))
      end
      """)
  }

  /// What is left on the host and in the container `c` that netctl has made.
  func remains() throws -> String {
    try run(
      """
      ip -brief link show | grep -v '^lo \\|underlay\\|peer@'
      ip -n c -brief link show | grep -v '^lo '
      ls /var/lib/netctl/unfinished | grep .
      nft list tables
      """)
  }

  /// Sends SIGKILL to a command while the agent has done what it was asked, and before it answers.
  func kill(_ command: String, at call: String) throws -> String {
    try setFaults(#"{"\#(call)":{"hold":"/srv/hold"}}"#)
    let status = try run(
      """
      rm -f /srv/hold.*; mkfifo /srv/hold.reached /srv/hold.go
      netctl network \(command) & command=$!
      cat /srv/hold.reached >/dev/null
      kill -KILL $command; wait $command 2>/dev/null; echo $?
      echo go >/srv/hold.go
      """)
    try setFaults("{}")
    return status.split(separator: "\n").last.map(String.init) ?? ""
  }
}

extension String {
  /// Without blanks at its ends.
  var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

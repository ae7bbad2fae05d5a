import CommandLineTestSupport
import OrderedJSON

/// A private host with the containers `c` and `d`, on which plugins run.
final class PluginHost {
  /// Why there can be none here; nil when there can.
  static let problem = PrivateHost.problem ?? TestEnvironment.problem(needing: "python3")

  /// The directory with the plugin and what was recorded.
  static let folder = TestEnvironment.folder(of: #filePath) + "/Plugin"

  private static let setUp = """
    for folder in /run/docker /etc/docker /usr/lib/docker; do
      mkdir -p $folder && mount -t tmpfs tmpfs $folder || exit 1
    done
    mkdir /run/docker/plugins /etc/docker/plugins /usr/lib/docker/plugins
    echo '{}' >/srv/faults.json
    """

  private let host: PrivateHost
  private var plugins: [String: ChildProcess] = [:]

  /// Makes the host; unless told otherwise, the plugin `stub` runs there.
  init(plugin options: [String]? = []) throws {
    host = try PrivateHost.open(containers: ["c", "d"])
    _ = try host.run(script: Self.setUp)
    if let options { try start(options) }
  }

  /// Starts a plugin, and waits until it listens.
  func start(
    _ options: [String] = [], as name: String = "stub", at address: [String]? = nil
  ) throws {
    let address = address ?? ["--socket", "/run/docker/plugins/\(name).sock"]
    let plugin = try ChildProcess(
      host.entering + ["python3", Self.folder + "/plugin.py", "--check"] + address
        + [
          "--log", "/srv/calls.jsonl", "--state", "/srv/state.json", "--faults",
          "/srv/faults.json",
        ] + options)
    guard plugin.readLine() == "ready" else { throw PluginHostError.pluginDoesNotStart }
    plugins[name] = plugin
  }

  /// Kills a plugin.
  func stop(_ name: String = "stub") {
    plugins[name] = nil
  }

  enum PluginHostError: Error {
    case pluginDoesNotStart
  }

  /// Runs `netctl network`.
  @discardableResult
  func netctl(_ command: String) throws -> ProcessResult {
    try host.inside(["sh", "-c", "exec netctl network \(command)"])
  }

  /// Runs a script, its messages among its output.
  @discardableResult
  func run(_ script: String) throws -> String { try host.run(script: script).output }

  /// Has the plugin misbehave.
  func setFaults(_ faults: String) throws {
    _ = try host.inside(["sh", "-c", "cat >/srv/faults.json"], input: faults)
  }

  /// The requests since the last call of this, but for those that ask what the plugin is.
  func takeCalls() throws -> [PluginCall] {
    let log = try host.inside(["sh", "-c", "cat /srv/calls.jsonl; : >/srv/calls.jsonl"]).output
    return try log.split(separator: "\n").map { try PluginCall(JSONValue(parsing: String($0))) }
      .filter { !$0.asksForIdentity }
  }

  /// What the plugin remembers; empty when it was told to forget everything.
  func state() throws -> String {
    let text = try host.inside(["cat", "/srv/state.json"]).output
    // It writes the file with its first answer to a request for something.
    if text.isEmpty { return "" }
    let state = try JSONValue(parsing: text).object
    return (state?.members ?? []).filter { $0.value.object?.isEmpty == false }
      .map { "\($0.name): \($0.value.text())" }.joined(separator: "\n")
  }

  /// What is left on the host and in the container `c` that netctl or the plugin has made.
  func remains() throws -> String {
    let left = try run(
      """
      ip -brief link show | grep -v '^lo '; ip -n c -brief link show | grep -v '^lo '
      ls /var/lib/netctl/unfinished /var/run/docker/netns 2>/dev/null | grep -v ':$' | grep .
      """)
    return left + (try state())
  }
}

/// A request that the plugin got.
struct PluginCall: CustomStringConvertible {
  let method: String
  let body: String

  init(_ record: JSONValue) throws {
    method = record.object?["method"]?.string ?? ""
    body = record.object?["body"]?.string ?? ""
  }

  var asksForIdentity: Bool { method == "Plugin.Activate" || method.hasSuffix("GetCapabilities") }

  /// The request without what differs from run to run.
  var description: String {
    let body = body.replacing(#/"NetworkID":"[0-9a-f]{64}"/#, with: #""NetworkID":"N""#)
      .replacing(#/"EndpointID":"[0-9a-f]{64}"/#, with: #""EndpointID":"E""#)
      .replacing(#/"SandboxKey":"[^"]*"/#, with: #""SandboxKey":"S""#)
      .replacing("\n", with: "")
    return body.isEmpty ? method : "\(method) \(body)"
  }

  /// The method without the kind of driver.
  var verb: String { String(method.split(separator: ".").last ?? "") }
}

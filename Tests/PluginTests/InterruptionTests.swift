import CommandLineTestSupport
import Testing

/// netctl is killed while a plugin is asked, and the next command cleans up.
@Suite(.enabled(if: PluginHost.problem == nil, "\(PluginHost.problem ?? "")"))
struct InterruptionTests {
  private static let network =
    "create -d stub --ipam-driver stub --ipv6 --subnet 10.9.0.0/16 --subnet fd00:9::/64 "
    + "--aux-address r1=10.9.1.2 n"

  /// Sends a signal to a command while the plugin has the request; returns the exit status.
  private func interrupt(
    _ command: String, at method: String, with signal: String = "KILL", on host: PluginHost
  ) throws -> String {
    try host.setFaults(#"{"\#(method)":{"hold":"/srv/hold"}}"#)
    let status = try host.run(
      """
      rm -f /srv/hold.*; mkfifo /srv/hold.reached /srv/hold.go
      env --default-signal=INT netctl network \(command) & command=$!
      cat /srv/hold.reached >/dev/null
      kill -\(signal) $command; wait $command 2>/dev/null; echo $?
      """)
    try host.setFaults("{}")
    // The plugin goes on with what it was asked, and its answer goes nowhere.
    let count = "grep -c '\"\(method)\"' /srv/calls.jsonl"
    try host.run(
      """
      before=$(\(count)); echo go >/srv/hold.go
      while [ "$(\(count))" = "$before" ]; do :; done
      """)
    return status.split(separator: "\n").last.map(String.init) ?? ""
  }

  @Test(
    "a network that was being created is deleted",
    arguments: [
      "IpamDriver.RequestPool", "IpamDriver.RequestAddress", "NetworkDriver.CreateNetwork",
    ])
  func creationIsUndone(_ method: String) throws {
    let host = try PluginHost()

    let status = try interrupt(Self.network, at: method, on: host)
    let other = try host.netctl("create other")

    #expect(status == "137")
    #expect(other.status == 0 && other.errors == "", "\(other)")
    #expect(try host.state() == "")
    #expect(try host.netctl("ls -q -f name=n$").output == "")
    #expect(try host.run("ls /var/lib/netctl/unfinished") == "")
  }

  @Test(
    "an endpoint that was being made is deleted",
    arguments: [
      "IpamDriver.RequestAddress", "NetworkDriver.CreateEndpoint", "NetworkDriver.Join",
      "NetworkDriver.ProgramExternalConnectivity",
    ])
  func connectionIsUndone(_ method: String) throws {
    let host = try PluginHost()
    try host.netctl(Self.network)
    let before = try host.state()

    let status = try interrupt("connect --ip 10.9.0.77 n c", at: method, on: host)
    let other = try host.netctl("create other")
    let after = try host.state()
    let again = try host.netctl("connect --ip 10.9.0.77 n c")

    #expect(status == "137")
    #expect(other.status == 0 && other.errors == "", "\(other)")
    #expect(after == before)
    #expect(again.status == 0, "\(again)")
  }

  @Test(
    "a disconnection is finished",
    arguments: [
      "NetworkDriver.RevokeExternalConnectivity", "NetworkDriver.Leave",
      "NetworkDriver.DeleteEndpoint", "IpamDriver.ReleaseAddress",
    ])
  func disconnectionIsFinished(_ method: String) throws {
    let host = try PluginHost()
    try host.netctl(Self.network)
    let before = try host.state()
    try host.netctl("connect n c")

    let status = try interrupt("disconnect n c", at: method, on: host)
    let other = try host.netctl("create other")

    #expect(status == "137")
    #expect(other.status == 0 && other.errors == "", "\(other)")
    #expect(try host.state() == before)
    #expect(!(try host.run("ip -n c -brief link").contains("eth0")))
    #expect(try host.netctl("verify n").status == 0)
  }

  @Test(
    "a removal is finished",
    arguments: [
      "IpamDriver.ReleaseAddress", "IpamDriver.ReleasePool", "NetworkDriver.DeleteNetwork",
    ])
  func removalIsFinished(_ method: String) throws {
    let host = try PluginHost()
    try host.netctl(Self.network)

    let status = try interrupt("rm n", at: method, on: host)
    let other = try host.netctl("create other")

    #expect(status == "137")
    #expect(other.status == 0 && other.errors == "", "\(other)")
    #expect(try host.state() == "")
    #expect(try host.run("ls /var/lib/netctl/unfinished") == "")
  }

  @Test("Control-C ends the wait for a plugin")
  func interruptEndsTheWait() throws {
    let host = try PluginHost()
    try host.netctl(Self.network)
    let before = try host.state()

    let status = try interrupt(
      "connect n c", at: "NetworkDriver.CreateEndpoint", with: "INT", on: host)
    try host.netctl("create other")

    #expect(status == "130")
    #expect(try host.state() == before)
  }

  @Test("a slow plugin keeps only its own network waiting")
  func slowPluginsKeepOnlyTheirNetwork() throws {
    let host = try PluginHost()
    try host.netctl("create -d stub n")
    try host.setFaults(#"{"NetworkDriver.CreateEndpoint":{"hold":"/srv/hold"}}"#)

    let output = try host.run(
      """
      mkfifo /srv/hold.reached /srv/hold.go
      netctl network connect n c & first=$!
      cat /srv/hold.reached >/dev/null
      netctl network create other && netctl network connect other d
      netctl network ls -q -f name=n$ && netctl network inspect -f '{{len .Containers}}' n
      netctl network verify n; echo "verify $?"
      netctl network create -d stub m && netctl network rm m
      echo '{}' >/srv/faults.json
      netctl network connect n d & second=$!
      kill -0 $first && kill -0 $second && echo both wait
      echo go >/srv/hold.go
      wait $first; echo "first $?"; wait $second; echo "second $?"
      """)
    let shown = try host.netctl("inspect -f '{{len .Containers}}' n").output

    for line in ["0", "verify 0", "m", "both wait", "first 0", "second 0"] {
      #expect(output.split(separator: "\n").contains(Substring(line)), "\(output)")
    }
    #expect(!output.contains("Warning") && !output.contains("Error"), "\(output)")
    #expect(shown == "2\n")
  }

  @Test("endpoints of an earlier boot are given back")
  func endpointsOfAnEarlierBootAreGivenBack() throws {
    let host = try PluginHost()
    try host.netctl(Self.network)
    let before = try host.state()
    try host.netctl("connect n c")
    try host.run("echo 11111111-2222-3333-4444-555555555555 >/srv/boot")
    try host.run("mount --bind /srv/boot /proc/sys/kernel/random/boot_id")

    let other = try host.netctl("create other")

    #expect(other.status == 0, "\(other)")
    #expect(try host.state() == before)
    #expect(try host.run("ls /var/lib/netctl/unfinished") == "")
    #expect(try host.netctl("ls -q -f name=n$").output != "")
  }
}

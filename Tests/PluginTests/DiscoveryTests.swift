import CommandLineTestSupport
import Testing

/// How plugins are found, and what they say of themselves.
@Suite(.enabled(if: PluginHost.problem == nil, "\(PluginHost.problem ?? "")"))
struct DiscoveryTests {
  private static let etc = "/etc/docker/plugins"
  private static let lib = "/usr/lib/docker/plugins"

  @Test(
    "a plugin is found at each of its places",
    arguments: [
      ("pg", "ln -s /srv/p.sock /run/docker/plugins/pg.sock"),
      ("pg", "mkdir /run/docker/plugins/pg; ln -s /srv/p.sock /run/docker/plugins/pg/pg.sock"),
      ("pg", "echo ' unix:///srv/p.sock ' >\(etc)/pg.spec"),
      ("pg", "mkdir \(etc)/pg; echo unix:///srv/p.sock >\(etc)/pg/pg.spec"),
      ("pg", "echo unix:///srv/p.sock >\(lib)/pg.spec"),
      ("pg", #"echo '{"Name":"x","Addr":"unix:///srv/p.sock"}' >\#(etc)/pg.json"#),
      ("pg", #"mkdir \#(lib)/pg; echo '{"addr":"unix:///srv/p.sock"}' >\#(lib)/pg/pg.json"#),
      // The first counts: sockets, then /etc, and there .spec.
      ("pg", "ln -s /srv/p.sock /run/docker/plugins/pg.sock; echo tcp://:1 >\(etc)/pg.spec"),
      ("pg", "echo unix:///srv/p.sock >\(etc)/pg.spec; echo junk >\(etc)/pg.json"),
      ("pg", "echo unix:///srv/p.sock >\(etc)/pg.spec; echo junk >\(lib)/pg.spec"),
    ])
  func localPluginsAreFound(_ name: String, _ preparation: String) throws {
    let host = try PluginHost()
    try host.run("ln -s /run/docker/plugins/stub.sock /srv/p.sock; \(preparation)")

    let result = try host.netctl("create -d \(name) n")

    #expect(result.status == 0, "\(result)")
    #expect(try host.takeCalls().map(\.verb) == ["CreateNetwork"])
  }

  @Test(
    "a plugin is reached by TCP, whatever the path and the scheme",
    arguments: [
      "tcp://127.0.0.1:9700", "http://127.0.0.1:9700/some/path", "ftp://127.0.0.1:9700",
      "tcp://localhost:9700",
    ])
  func internetPluginsAreReached(_ url: String) throws {
    let host = try PluginHost(plugin: nil)
    try host.start(at: ["--tcp", "127.0.0.1:9700"])
    try host.run("echo \(url) >\(Self.etc)/pg.spec")

    let result = try host.netctl("create -d pg n")

    #expect(result.status == 0, "\(result)")
    #expect(try host.takeCalls().map(\.verb) == ["CreateNetwork"])
  }

  @Test(
    "a file that leads nowhere is refused in Docker's words",
    arguments: [
      (
        "127.0.0.1:9700",
        #"legacy plugin: parse "127.0.0.1:9700": first path segment in URL cannot contain colon"#
      ),
      ("", "legacy plugin: Unknown protocol"), ("/srv/p.sock", "legacy plugin: Unknown protocol"),
      ("tcp://127.0.0.1:1", "dial tcp 127.0.0.1:1: connect: connection refused"),
      (
        "unix:///srv/none.sock",
        #"legacy plugin: Post "http://plugin.moby.localhost/Plugin.Activate": "#
          + "dial unix /srv/none.sock: connect: no such file or directory"
      ),
      ("https://127.0.0.1:9702", "netctl does not speak TLS"),
    ])
  func uselessSpecificationsAreRefused(_ url: String, _ text: String) throws {
    let host = try PluginHost(plugin: nil)
    try host.run("echo '\(url)' >\(Self.etc)/pg.spec")

    let result = try host.netctl("create -d pg n")

    #expect(result.status == 1)
    #expect(result.errors.contains(text), "\(result.errors)")
  }

  @Test func malformedDocumentsAreRefusedInDockersWords() throws {
    let host = try PluginHost(plugin: nil)
    try host.run("echo '{bad' >\(Self.etc)/pg.json")

    let result = try host.netctl("create -d pg n")

    #expect(
      result.errors
        == "Error: legacy plugin: invalid character 'b' looking for beginning of object key "
        + "string\n")
  }

  @Test(
    "an unknown name is refused at once, for networks and for addresses",
    arguments: ["nosuch", "../elsewhere", "a/b", "a:b", "STUB", "stub:latest", "stub.sock"])
  func unknownNamesAreRefused(_ name: String) throws {
    let host = try PluginHost()

    let network = try host.netctl("create -d '\(name)' n")
    let addresses = try host.netctl("create --ipam-driver '\(name)' n")

    for result in [network, addresses] {
      #expect(result.status == 1)
      #expect(result.errors.hasPrefix("Error: plugin \"\(name)\" not found\n"), "\(result)")
    }
    #expect(try host.takeCalls().isEmpty)
  }

  @Test("names of netctl's own drivers never reach a plugin", arguments: ["bridge", "macvlan"])
  func ownDriversAreNoPlugins(_ name: String) throws {
    let host = try PluginHost(plugin: nil)
    try host.start(as: name)

    _ = try host.netctl("create -d \(name) n")

    #expect(try host.run("cat /srv/calls.jsonl 2>&1").contains("No such file"))
  }

  @Test(
    "a plugin that is not what is needed is refused",
    arguments: [
      ("VolumeDriver", "create -d stub n", "NetworkDriver"),
      ("IpamDriver", "create -d stub n", "NetworkDriver"),
      ("NetworkDriver", "create --ipam-driver stub n", "IpamDriver"),
      ("NetworkDriver", "create -d stub --ipam-driver stub n", "IpamDriver"),
    ])
  func otherKindsAreRefused(_ kinds: String, _ command: String, _ wanted: String) throws {
    let host = try PluginHost(plugin: ["--implements", kinds])

    let result = try host.netctl(command)

    #expect(
      result.errors
        == "Error: legacy plugin: Plugin does not implement the requested driver: "
        + "plugin=\"stub\", requested implementation=\"\(wanted)\"\n")
    #expect(try host.remains() == "" || kinds == "VolumeDriver")
  }

  @Test(
    "a plugin that does not say what it is is refused",
    arguments: [
      (
        #"{"Plugin.Activate":{"err":"not today"}}"#,
        "legacy plugin: Plugin does not implement the requested driver: "
          + #"plugin="stub", requested implementation="NetworkDriver""#
      ),
      (
        #"{"Plugin.Activate":{"status":500,"err":"not today"}}"#,
        "legacy plugin: Plugin.Activate: not today"
      ),
      (
        #"{"Plugin.Activate":{"raw":"junk"}}"#,
        "legacy plugin: invalid character 'j' looking for beginning of value"
      ),
      (
        #"{"Plugin.Activate":{"raw":"{}"}}"#,
        "legacy plugin: Plugin does not implement the requested driver: "
          + #"plugin="stub", requested implementation="NetworkDriver""#
      ),
      (
        #"{"NetworkDriver.GetCapabilities":{"err":"no caps"}}"#,
        "could not resolve driver stub in registry"
      ),
      (
        #"{"NetworkDriver.GetCapabilities":{"set":{"Scope":null}}}"#,
        "could not resolve driver stub in registry"
      ),
      (
        #"{"NetworkDriver.GetCapabilities":{"set":{"Scope":"galaxy"}}}"#,
        "could not resolve driver stub in registry"
      ),
    ])
  func failedHandshakesAreReported(_ faults: String, _ text: String) throws {
    let host = try PluginHost()
    try host.setFaults(faults)

    let result = try host.netctl("create -d stub --ipam-driver stub n")

    #expect(result.status == 1)
    #expect(result.errors == "Error: \(text)\n")
  }

  @Test("an address driver without capabilities has none")
  func addressDriversNeedNoCapabilities() throws {
    let host = try PluginHost()
    try host.setFaults(#"{"IpamDriver.GetCapabilities":{"status":404,"raw":"x"}}"#)

    #expect(try host.netctl("create -d stub --ipam-driver stub n").status == 0)
  }

  @Test func completionOffersThePluginsThatAreThere() throws {
    let host = try PluginHost()
    try host.run("echo tcp://h:1 >\(Self.lib)/remote.spec")

    let offered = try host.run("netctl __complete network create -d ''")

    #expect(offered.contains("stub"), "\(offered)")
    #expect(offered.contains("remote"), "\(offered)")
  }
}

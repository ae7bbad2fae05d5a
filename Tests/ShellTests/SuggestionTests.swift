import CommandLineTestSupport
import Testing

/// What a person is told beyond Docker's words: one line more, on a terminal only.
@Suite(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
struct SuggestionTests {
  @Test(arguments: [
    "rm bleu", "inspect bleu", "connect bleu web", "reload bleu", "verify bleu",
    "graph bleu", "disconnect bleu web",
  ])
  func networkThatMayHaveBeenMeantIsNamed(_ command: String) throws {
    try expect("Did you mean blue?", of: command)
  }

  static let containers: [(command: String, hint: String)] = [
    ("connect blue wev", "Did you mean web?"),
    ("publish wev 80", "Did you mean web?"),
    ("port wev", "Did you mean web?"),
    (
      "connect blue nobody",
      "A container is a name, pid:NUMBER or a path; see netctl-container(7)."
    ),
    ("disconnect blue wev", "Did you mean web?"),
    (
      "disconnect blue pid:4194303",
      "netctl network inspect blue shows what is connected; if it is gone, nothing needs to be done."
    ),
    (
      "disconnect plain pid:4194303",
      "Nothing is connected to plain; if it is gone, nothing needs to be done."
    ),
    (
      "disconnect --force plain pid:4194303",
      "Nothing is connected to plain; if it is gone, nothing needs to be done."
    ),
    ("disconnect plain web", "netctl network inspect plain shows what is connected."),
    ("connect host db", "Processes without a network namespace of their own already use it."),
    ("connect blue /proc/self/ns/net", "This is the host's own network namespace."),
    ("connect none web", "Disconnect the container from the other network first."),
    (
      "connect plan web",
      "netctl network create --config-from creates a network from it that can have endpoints."
    ),
    (
      "connect --driver-opt com.docker.network.endpoint.ifname=eth0 plain web",
      "--driver-opt com.docker.network.endpoint.ifname=NAME chooses another name."
    ),
  ]

  @Test(arguments: containers)
  func whatIsNoContainerOfTheNetworkIsExplained(
    _ row: (command: String, hint: String)
  ) throws {
    try expect(row.hint, of: row.command)
  }

  static let addresses: [(command: String, hint: String)] = [
    ("create --subnet 10.9.0.128/25 x", "Network blue has 10.9.0.0/24."),
    ("create --subnet 10.0.0.0/8 x", "Network blue has 10.9.0.0/24."),
    ("create --subnet 0.0.0.0/8 x", "No pool has room for a /8; --subnet can specify an address."),
    (
      "create --subnet 10.8.0.0/24 --gateway 10.8.0.255 x",
      "It is the network or broadcast address, or in use by another network."
    ),
    (
      "create --ipv6 --subnet 2001:db8::/128 x",
      "No address is left for the gateway; use --gateway or a larger subnet."
    ),
    (
      "create --subnet 10.8.0.0/24 --aux-address a=10.8.0.1 x",
      "It is used by the gateway or another auxiliary address, or is the network or broadcast address."
    ),
    (
      "create --subnet 10.8.0.0/24 --subnet 10.7.0.0/24 x",
      "A network has at most one IPv4 and one IPv6 --subnet."
    ),
    (
      "connect --ip 10.9.0.2 blue db",
      "netctl network inspect blue shows which addresses are in use."
    ),
    ("connect --ip 10.8.0.2 blue db", "netctl network inspect blue shows its subnets."),
    (
      "connect tiny db",
      "Disconnecting a container releases its address; a new network can be larger."
    ),
    ("connect --ip 172.17.0.9 bridge db", "netctl network create creates a user-defined network."),
  ]

  @Test(arguments: addresses)
  func addressThatCannotBeHadIsExplained(_ row: (command: String, hint: String)) throws {
    try expect(row.hint, of: row.command)
  }

  static let misspelt: [(command: String, hint: String)] = [
    ("lst", "Did you mean netctl network ls?"),
    ("crate x", "Did you mean netctl network create?"),
    ("create --drivr bridge x", "Did you mean --driver?"),
    ("ls --filtre a=b", "Did you mean --filter?"),
    ("connect --hlep", "Did you mean --help?"),
  ]

  @Test(arguments: misspelt)
  func commandOrFlagThatMayHaveBeenMeantIsNamed(
    _ row: (command: String, hint: String)
  ) throws {
    try expect(row.hint, of: row.command)
  }

  static let others: [(command: String, hint: String)] = [
    ("rm blue", "netctl network disconnect blue CONTAINER disconnects one."),
    ("rm plan", "Network red was created from it."),
    ("create -o com.docker.network.bridge.name=x0 x", "The other is network tiny."),
    ("create --config-from plam x", "Did you mean plan?"),
    (
      "create -d absent x",
      "Drivers are bridge, overlay, macvlan, ipvlan and plugins; see netctl-network-plugins(7)."
    ),
    (
      "create -d overlay x",
      "With cluster-store in daemon.json, overlay networks need no swarm; see netctl-agent(8)."
    ),
    ("create --scope swarm x", "netctl does not support swarm."),
    (
      "create --ipam-driver null x",
      "A bridge network needs addresses: leave --ipam-driver out."
    ),
    (
      "prune --force --filter until=soon",
      "A time is 2026-01-31, 2026-01-31T12:00:00, or an age such as 24h."
    ),
    (
      "create --ipam-driver dhcp x",
      "IPAM drivers are default and plugins; see netctl-network-plugins(7)."
    ),
    (
      "create -o com.docker.network.bridge.gateway_mode_ipv4=nope x",
      "Modes are nat, nat-unprotected, routed and isolated."
    ),
    (
      "create -o com.docker.network.bridge.gateway_mode_ipv4=isolated x",
      "--internal creates an internal network."
    ),
    (
      "create -o com.docker.network.bridge.host_binding_ipv4=nope x",
      "The value is not an IP address of that family."
    ),
    ("publish db 80", "netctl network connect NETWORK db connects it to one."),
    ("connect -p 8080:80 blue db", "netctl network port web shows its ports."),
    ("publish web 198.51.100.1:90:90", "198.51.100.1 is not an address of this host."),
    ("unpublish web 81", "netctl network port web shows what is published."),
    (
      "ls --filter nope=1",
      "Filters are container, dangling, driver, id, label, name, scope and type."
    ),
    ("ls --filter type=nope", "Types are builtin and custom."),
    ("prune --force --filter nope=1", "Filters are label, label! and until."),
  ]

  @Test(arguments: others)
  func whatIsInTheWayIsExplained(_ row: (command: String, hint: String)) throws {
    try expect(row.hint, of: row.command)
  }

  @Test func containerWhoseNameIsGoneIsDisconnectedAsTheHintSays() throws {
    let host = try PrivateHost.open(containers: ["web"])
    let netctl = "'\(TestEnvironment.binary)' network"
    let prepared = try host.run(
      script: """
        \(netctl) create blue && \(netctl) connect blue web
        touch /run/held && mount --bind /run/netns/web /run/held && ip netns delete web
        """)
    try #require(prepared.status == 0, "\(prepared)")
    let hint = "netctl network disconnect --force blue web"

    let screen = try terminal(host, "disconnect blue web") {
      $0.lines.contains { $0.hasSuffix(": \(hint)") }
    }
    let forced = try host.inside([TestEnvironment.binary] + words(hint).dropFirst())

    #expect(screen.isAsWanted, "\(screen.text)")
    #expect(forced.status == 0 && forced.output == "", "\(forced)")
  }

  private static let setUp = [
    "create --subnet 10.9.0.0/24 blue", "connect -p 8080:80 blue web", "create plain",
    "create --config-only --subnet 10.4.0.0/24 plan", "create --config-from plan red",
    "create --subnet 10.5.0.0/32 -o com.docker.network.bridge.name=x0 tiny",
  ]

  /// The command says one line to whoever reads a pipe, and the hint as well to a person.
  private func expect(_ hint: String, of command: String) throws {
    let host = try PrivateHost.open(containers: ["web", "db"])
    for command in Self.setUp {
      let result = try host.inside([TestEnvironment.binary, "network"] + words(command))
      try #require(result.status == 0, "\(command): \(result)")
    }

    let piped = try host.inside([TestEnvironment.binary, "network"] + words(command))
    let screen = try terminal(host, command) { $0.lines.contains(hint) }

    #expect([1, 125].contains(piped.status), "\(piped)")
    #expect(!piped.errors.contains(hint), "\(piped)")
    #expect(screen.isAsWanted, "\(screen.text)")
  }

  private func terminal(
    _ host: PrivateHost, _ command: String, until condition: (Screen) -> Bool
  ) throws -> (isAsWanted: Bool, text: String) {
    let terminal = try PseudoTerminal(
      host.entering + [TestEnvironment.binary, "network"] + words(command),
      environment: TestEnvironment.variables + ["LC_ALL=C.UTF-8"])
    return (terminal.wait(until: condition), terminal.screen.text)
  }

  private func words(_ command: String) -> [String] {
    command.split(separator: " ").map(String.init)
  }
}

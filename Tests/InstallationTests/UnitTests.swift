import CommandLineTestSupport
import Testing

/// The units that restore networks at boot and start the name server.
struct UnitTests {
  @Test(arguments: [
    "netctl-restore.service", "netctl-agent.service", "netctl-dns.service", "netctl-dns.socket",
  ])
  func systemdAcceptsTheUnit(name: String) throws {
    let folder = try TemporaryFolder()
    // The link for container runtimes is outside of the prefix.
    let installation = ["install", "PREFIX=\(folder.path)", "CNI_FOLDER=\(folder.path)/cni"]
    try #require(try SourceTree.make(installation).status == 0)
    let unit = "\(folder.path)/lib/systemd/system/\(name)"

    let result = try ChildProcess.run(
      ["systemd-analyze", "verify", unit], variables: ["MANPATH=\(folder.path)/share/man"])

    #expect(result.status == 0)
    #expect(result.errors == "")
  }

  @Test(
    "the table is back after nftables.service flushed it",
    .enabled(if: SystemdMachine.problem == nil, "\(SystemdMachine.problem ?? "")"))
  func tableIsBackAfterAFlushByItsService() throws {
    let machine = try SystemdMachine()
    let prepared = try machine.run(
      "systemctl enable --quiet --now netctl-restore && netctl network create blue >/dev/null")
    try #require(prepared.status == 0, "\(prepared.output)")

    for action in ["start", "reload", "restart", "stop", "start"] {
      let result = try machine.run(
        "systemctl \(action) nftables; settle; nft list table inet netctl >/dev/null && echo there")

      // Stopping it means to have no rules.
      #expect((result.output == "there\n") == (action != "stop"), "\(action): \(result.output)")
    }
  }

  @Test(
    "systemd-networkd leaves alone what netctl makes, whatever else it is told to do",
    .enabled(if: SystemdMachine.problem == nil, "\(SystemdMachine.problem ?? "")"))
  func linksAreNotNetworkd() throws {
    let machine = try SystemdMachine()
    let result = try machine.run(
      """
      set -e
      mkdir -p /etc/systemd/network
      printf '[Match]\\nName=*\\n[Network]\\nLinkLocalAddressing=no\\n' \
        >/etc/systemd/network/10-all.network
      ip link add br-lan type bridge
      ip netns add web
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null
      netctl network connect blue web
      netctl network connect bridge web
      systemctl start systemd-networkd
      until networkctl --no-legend list | grep -q 'br-lan.*configured'; do :; done
      until ! networkctl --no-legend list | grep -q pending; do :; done
      networkctl --no-legend list | awk '{ print $2, $NF }' | sort
      """)

    let states = result.output.split(separator: "\n").map { line in
      line.replacing(#/^(br-|veth)[0-9a-f]+ /#) { "\($0.1)ID " }
    }
    #expect(
      states == [
        "br-ID unmanaged", "br-lan configured", "docker0 unmanaged", "lo configured",
        "vethID unmanaged", "vethID unmanaged",
      ], "\(result.output)")
  }

  @Test(
    "what the unit leaves netctl is enough to restore networks",
    .enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
  func networksAreRestoredWithTheCapabilitiesOfTheUnit() throws {
    let host = try PrivateHost.open(containers: ["web"])
    let netctl = TestEnvironment.binary
    let set = try host.run(
      script: """
        set -e
        \(netctl) network create --ipv6 blue
        \(netctl) network connect blue web
        nft flush ruleset
        ip link delete dev "$(ip -o link show type bridge | cut -d : -f 2 | tr -d ' ')"
        sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0
        """)
    try #require(set.status == 0, "\(set.output)")

    let result = try host.inside(
      [
        "setpriv", "--no-new-privs", "--bounding-set",
        "-all," + (try Self.capabilities()).map { "+" + $0 }.joined(separator: ","),
        netctl, "network", "reload",
      ])

    #expect(result.status == 0, "\(result.errors)")
    let verified = try host.inside([netctl, "network", "verify"])
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    let bridges = try host.inside(["ip", "-o", "link", "show", "type", "bridge"])
    #expect(bridges.output.split(separator: "\n").count == 1)
  }

  /// The capabilities that the unit names, as setpriv names them.
  private static func capabilities() throws -> [String] {
    let key = "CapabilityBoundingSet="
    let unit = try ChildProcess.run(["cat", SourceTree.path + "/.packaging/netctl-restore.service"])
    let line = unit.output.split(separator: "\n").first { $0.hasPrefix(key) }
    return try #require(line).dropFirst(key.count).split(separator: " ")
      .map { $0.lowercased().replacing("cap_", with: "") }
  }
}

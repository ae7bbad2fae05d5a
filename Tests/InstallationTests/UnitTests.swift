import CommandLineTestSupport
import Testing

/// The unit that restores networks at boot.
struct UnitTests {
  @Test func systemdAcceptsTheUnit() throws {
    let folder = try TemporaryFolder()
    try #require(try SourceTree.make(["install", "PREFIX=\(folder.path)"]).status == 0)
    let unit = "\(folder.path)/lib/systemd/system/netctl-restore.service"

    let result = try ChildProcess.run(
      ["systemd-analyze", "verify", unit], variables: ["MANPATH=\(folder.path)/share/man"])

    #expect(result.status == 0)
    #expect(result.errors == "")
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

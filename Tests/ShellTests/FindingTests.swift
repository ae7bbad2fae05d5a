import CommandLineTestSupport
import Testing

/// What `verify` and `inspect --verbose` say of containers.
@Suite(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
struct FindingTests {
  @Test func differenceNamesItsContainer() throws {
    let host = try PrivateHost.open(containers: ["web", "db"])
    let script = """
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null
      netctl network connect blue web && netctl network connect blue db || exit 1
      ip -n web link set eth0 down
      ip link set $(ip -o link show type veth | tail -1 | cut -d ' ' -f 2 | cut -d @ -f 1) down
      netctl network verify
      netctl network inspect --verbose blue
      """

    let result = try host.run(script: script)

    for start in ["network blue: ", "\""] {
      #expect(result.output.contains("\(start)container web: link eth0"), "\(result.output)")
      #expect(result.output.contains("\(start)container db: link veth"), "\(result.output)")
    }
  }

  @Test func hostsFileThatCannotBeWrittenIsNotPromised() throws {
    let host = try PrivateHost.open(containers: ["web"])
    let script = """
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null
      netctl network connect blue web || exit 1
      echo >/etc/netns/web/hosts
      netctl network verify | grep -v ^note
      chmod o+w /etc/netns/web
      netctl network verify | grep -v ^note
      """

    let result = try host.run(script: script)

    #expect(
      result.output == """
        container web: /etc/netns/web/hosts does not list the names that it should; netctl network \
        reload fixes it
        container web: /etc/netns/web/hosts does not list the names that it should, and netctl may \
        not write it

        """)
  }

  /// Modes are netctl's, whatever the mask.
  @Test func maskKeepsNetctlFromNothing() throws {
    let host = try PrivateHost.open(containers: ["web"])
    let script = """
      (umask 777; netctl network create blue >/dev/null)
      (umask 0; netctl network create red >/dev/null)
      netctl network connect blue web
      find /var/lib/netctl -mindepth 1 \\( -perm /077 -o ! -perm -600 \\)
      netctl network ls -f driver=bridge --format '{{.Name}}'
      """

    let result = try host.run(script: script)

    #expect(result.output == "blue\nbridge\nred\n", "\(result)")
  }

  @Test func repairOfFlushedTablesIsAnEvent() throws {
    if let problem = TestEnvironment.problem(needing: "nft") { try Test.cancel("\(problem)") }
    let host = try PrivateHost.open(containers: [])
    let script = """
      netctl network create blue >/dev/null
      netctl network reload
      nft flush ruleset
      netctl network reload
      netctl events --since 1h --until 0s --format '{{.Action}} {{.Actor.Attributes.name}}'
      """

    let result = try host.run(script: script)

    #expect(result.output == "create blue\nreload blue\n", "\(result)")
  }

  @Test func differenceInWhatNetworksShareNamesItsContainer() throws {
    if let problem = TestEnvironment.problem(needing: "nft") { try Test.cancel("\(problem)") }
    let host = try PrivateHost.open(containers: ["web", "db"])
    let script = """
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null
      netctl network connect blue web && netctl network connect blue db || exit 1
      netctl network publish db 8080:80 || exit 2
      for map in $(nft list maps | grep -o 'map dnat[^ ]*' | cut -d ' ' -f 2); do
        nft flush map inet netctl $map
      done
      rm /var/lib/netctl/ports/*
      netctl network verify
      """

    let result = try host.run(script: script)

    let lines = result.output.split(separator: "\n")
    #expect(lines.count >= 2)
    for line in lines { #expect(line.hasPrefix("container db: "), "\(line)") }
  }
}

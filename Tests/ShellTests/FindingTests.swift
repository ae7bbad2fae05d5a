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

import CommandLineTestSupport
import Glibc
import Testing

/// The table of probes (`Probes/table.py`) on the real executable.
@Suite(.enabled(if: problem == nil, "\(problem ?? "")"))
struct FirewallTests {
  @Test("every property of the firewall holds", arguments: modes)
  func propertiesHold(_ mode: String) throws {
    let probes = "\(#filePath.dropLast("FirewallTests.swift".count))Probes/probes.py"
    let modes = mode.isEmpty ? [] : [mode]

    let result = try ChildProcess.run(["python3", "-B", probes] + modes + [TestEnvironment.binary])

    print(result.output)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }
}

private let problem = TestEnvironment.problem(needing: "ip", "nft", "python3")

// Without br_netfilter there is nothing to switch on.
private let modes =
  access("/proc/sys/net/bridge", F_OK) == 0 ? ["", "--bridge-nf-call"] : [""]

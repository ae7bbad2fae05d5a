import CommandLineTestSupport
import Glibc
import Testing

/// The table of faults (`Lab/faults.py`) on the real executable.
@Suite(.enabled(if: problem == nil, "\(problem ?? "")"))
struct TraceTests {
  @Test("what stops a packet is found, and its remedy heals it", arguments: modes)
  func faultsAreFound(_ mode: [String]) throws {
    let script = "\(#filePath.dropLast("TraceTests.swift".count))Lab/run.py"

    let result = try ChildProcess.run(["python3", "-B", script] + mode + [TestEnvironment.binary])

    print(result.output)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }
}

private let problem = TestEnvironment.problem(
  needing: "bash", "bridge", "clang", "ip", "iptables-legacy", "iptables-nft", "nft", "nsenter",
  "python3")

// Without br_netfilter there is nothing to switch on. `make trace-lab` runs the other modes, too.
private let modes: [[String]] = [
  ["-4", "--compare"],
  ["-6"] + (access("/proc/sys/net/bridge", F_OK) == 0 ? ["--bridge-nf-call"] : []),
  ["-4", "--disturb"],
]

import CommandLineTestSupport
import KernelTestSupport
import Testing

/// netctl is stopped, or refused something, at each operation while it changes hosts files: then
/// the files agree with the records, after the next command or after `reload`.
@Suite(.enabled(if: Interposer.problem == nil, "\(Interposer.problem ?? "")"))
struct NameFaultTests {
  @Test(arguments: Fault.Kind.allCases, ["connect n {d}", "disconnect n {c}"])
  func filesAgreeWithTheRecords(kind: Fault.Kind, command: String) throws {
    try Host.with(hasNames: true) { host in
      let prepare =
        ["create --subnet 10.9.0.0/24 n", "connect n {c}"]
        + (command.hasPrefix("connect") ? [] : ["connect n {d}"])
      for command in ["ls"] + prepare { try host.netctl(command) }
      let operations = try host.observe(command, salt: 0).operations
      #expect(operations.contains { $0.description.contains("hosts") })
      let points = operations.filter {
        kind == .fill ? $0.needsSpace : $0.changes && $0.description != "end"
      }
      for point in points {
        try host.netctl("rm absent")
        for name in ["{c}", "{d}"] { try host.netctl("disconnect n \(name)") }
        for command in prepare.dropFirst() { try host.netctl(command) }

        _ = try host.observe(command, salt: 1, fault: Fault(kind: kind, point: point.number))
        // A killed command's files are the next one's matter; a refused write is only warned of.
        try host.netctl(kind == .stop ? "rm absent" : "reload")

        let verified = try host.netctl("verify")
        #expect(verified.status == 0, "\(kind) at \(point): \(verified)")
        let connected = Set(
          try host.netctl("inspect n --format {{range.Containers}}{{.Name}}+{{end}}").output
            .split { "+\n".contains($0) }.map(String.init))
        for (name, found) in host.namesInFiles() {
          let wanted = connected.contains(name) ? connected : []
          #expect(found == wanted, "\(kind) at \(point), file of \(name)")
        }
      }
    }
  }
}

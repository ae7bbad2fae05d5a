import CommandLineTestSupport
import KernelTestSupport
import Testing

/// A host has more containers than a process may have files open.
@Suite(.enabled(if: Interposer.problem == nil, "\(Interposer.problem ?? "")"))
struct DescriptorTests {
  @Test func fewDescriptorsAreEnoughForManyContainers() throws {
    try Host.with(containers: 100) { host in
      try host.netctl("create n")
      for container in host.containers {
        let result = try host.netctl("connect n \(container.path)")
        #expect(result.status == 0, "\(result)")
      }
      let run = { try host.start(["sh", "-c", "ulimit -n 64; exec \"$@\"", "sh"], $0).end() }

      let verified = try run("verify")
      let inspected = try run("inspect -v n")
      for container in host.containers {
        _ = try host.inside(container) {
          try ChildProcess.run(["ip", "link", "set", "eth0", "down"])
        }
      }
      let damaged = try run("verify")
      let reloaded = try run("reload")
      let mended = try run("verify")

      #expect(verified.status == 0, "\(verified)")
      #expect(inspected.status == 0, "\(inspected)")
      #expect(damaged.output.matches(of: /link eth0 in its container is down/).count == 100)
      #expect(reloaded.status == 0, "\(reloaded)")
      #expect(mended.status == 0, "\(mended)")
    }
  }
}

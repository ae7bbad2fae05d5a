import CommandLineTestSupport
import Glibc
import KernelTestSupport
import LinuxSystem
import OrderedJSON
import Testing

/// Many commands at once on one host, in the real executable.
@Suite(.enabled(if: Interposer.problem == nil, "\(Interposer.problem ?? "")"))
struct RaceTests {
  @Test func hundredContainersComeAndGoAtOnce() throws {
    try Host.with(containers: 100) { host in
      try host.expectSuccess("create --ipv6 n")
      let before = try host.picture()
      let places = host.containers.map(\.path)

      let connected = try host.atOnce(places.map { "connect n \($0)" })
      let ends = try host.containers.flatMap { try host.addresses(in: $0) }
      let ports = try host.portCount()
      let disconnected = try host.atOnce(places.map { "disconnect n \($0)" })

      for result in connected + disconnected { #expect(result.status == 0, "\(result)") }
      #expect(ends.count == 300)
      #expect(Set(ends).count == ends.count)
      #expect(ports == 100)
      let after = try host.picture()
      #expect(after == before, "\(after.difference(from: before))")
    }
  }

  @Test func subnetsOfFiftyNetworksCreatedAtOnceAreDistinct() throws {
    try Host.with { host in
      try host.expectSuccess("ls")

      let results = try host.atOnce((0..<50).map { "create --ipv6 n\($0)" })

      // 31 IPv4 blocks come with Docker's default pools, and the default network has one of them.
      let refused = results.filter { $0.status != 0 }
      #expect(refused.count == 20)
      for result in refused { #expect(result.errors.contains("fully subnetted"), "\(result)") }
      let blocks = try host.blocks()
      #expect(blocks.count == 60)
      #expect(Set(blocks).count == blocks.count)
    }
  }

  @Test(arguments: ["rm n", "prune --force"])
  func networkIsRemovedOrJoined(_ removal: String) throws {
    try Host.with { host in
      for round in 0..<20 {
        try host.expectSuccess("create n")
        let pair = ["connect n {c}", removal]

        let results = try host.atOnce(round.isMultiple(of: 2) ? pair : pair.reversed())

        let connect = results[round.isMultiple(of: 2) ? 0 : 1]
        let removed = results[round.isMultiple(of: 2) ? 1 : 0]
        if connect.status == 0 {
          #expect(try host.portCount() == 1)
          #expect(removed.status == 1 || removed.output.isEmpty, "\(removed)")
          try host.expectSuccess("disconnect n {c}")
          try host.expectSuccess("rm n")
        } else {
          #expect(connect.errors.contains("network n not found"), "\(connect)")
          #expect(removed.status == 0, "\(removed)")
        }
        #expect(try host.portCount() == 0)
      }
    }
  }

  /// The kernel deletes the links of a namespace up to 50 ms after the last process in it has
  /// ended.
  @Test(arguments: ["connect n {p} --ip 10.9.0.2 --ip6 fd09::2 -p 8080:80", "connect n {p}"])
  func containerIsGoneOnceItsProcessHasEnded(_ command: String) throws {
    try Host.with { host in
      try host.netctl("create --ipv6 --subnet 10.9.0.0/30 --subnet fd09::/64 n")
      for _ in 0..<20 {
        let container = try ChildProcess(["unshare", "--net", "sh", "-c", "echo ready; read line"])
        #expect(container.readLine() == "ready")

        let result = try host.netctl(
          command.replacing("{p}", with: "pid:\(container.identifier)"))
        container.finishInput()
        _ = container.end()

        #expect(result.status == 0, "\(result)")
      }

      let inspected = try host.netctl("inspect n")
      let pruned = try host.netctl("prune --force")

      #expect(inspected.output.contains(#""Containers": {}"#), "\(inspected)")
      #expect(pruned.output.contains("n\n"), "\(pruned)")
      #expect(try host.portCount() == 0)
    }
  }

  @Test func readersSeeWholeRecordsWhileOthersWrite() throws {
    try Host.with { host in
      try host.expectSuccess("create --label kept=yes kept")
      let writers = (0..<10).map { "create --subnet 10.9.\($0).0/24 w\($0)" }
      let removers = (0..<10).map { "rm w\($0)" }
      let readers = (0..<20).map { number in
        number.isMultiple(of: 2) ? "ls --format json" : "inspect --format json kept"
      }

      let results = try host.atOnce(writers + readers) + host.atOnce(removers + readers)

      for result in results {
        #expect(result.status == 0, "\(result)")
        #expect(result.errors.isEmpty, "\(result)")
        for line in result.output.split(separator: "\n") where line.hasPrefix("{") {
          #expect(throws: Never.self) { try JSONValue(parsing: String(line)) }
        }
      }
      for reader in results where reader.output.hasPrefix("{") {
        #expect(reader.output.contains(#""Name":"kept""#))
      }
    }
  }

  @Test func stoppedHolderOfTheLockIsNamed() throws {
    try Host.with { host in
      try host.expectSuccess("create n")
      let before = try host.picture()
      let holder = try ChildProcess(
        ["flock", "--no-fork", host.statePath + "/lock", "sh", "-c", "echo ready; read line"])
      #expect(holder.readLine() == "ready")
      kill(holder.identifier, SIGSTOP)
      var status: Int32 = 0
      #expect(waitpid(holder.identifier, &status, WUNTRACED) == holder.identifier)

      let writers = try host.atOnce(["rm n", "connect n {c}"])
      let reader = try host.netctl("inspect n")

      for result in writers {
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("Error: state directory \(host.statePath) is locked by"))
        #expect(result.errors.contains("\(holder.identifier) (sh -c echo ready; read line)"))
        #expect(result.errors.contains("kill -CONT \(holder.identifier)"))
      }
      #expect(reader.status == 0)
      let after = try host.picture()
      #expect(after == before, "\(after.difference(from: before))")
      kill(holder.identifier, SIGCONT)
    }
  }
}

extension Host {
  fileprivate func expectSuccess(_ command: String) throws {
    let process = try start([], command)
    process.finishInput()
    let result = process.end()
    #expect(result.status == 0, "\(command): \(result)")
  }

  /// Runs commands that all wait for the same moment.
  fileprivate func atOnce(_ commands: [String]) throws -> [ProcessResult] {
    let script = #"echo ready; read line; exec "$@""#
    let processes = try commands.map { try start(["sh", "-c", script, "sh"], $0) }
    for process in processes { #expect(process.readLine() == "ready") }
    for process in processes { process.finishInput(with: "go\n") }
    return processes.map { $0.end() }
  }

  /// Hardware and other addresses of what netctl put into a container.
  fileprivate func addresses(in container: Namespace) throws -> [String] {
    let links = try inside(container) { try Self.links(["address", "show", "dev", "eth0"]) }
    return links.flatMap { link in
      let addresses = (link["addr_info"]?.array ?? []).compactMap(\.object)
        .filter { $0["scope"]?.string == "global" }.compactMap { $0["local"]?.string }
      return addresses + [link["address"]?.string].compactMap(\.self)
    }
  }

  /// How many links of the host are ports of a bridge.
  fileprivate func portCount() throws -> Int {
    try Self.links(["link", "show", "type", "veth"]).count { $0["master"] != nil }
  }

  /// The blocks that the host's bridges have addresses in.
  fileprivate func blocks() throws -> [String] {
    try Self.links(["address", "show", "type", "bridge"]).flatMap { link in
      (link["addr_info"]?.array ?? []).compactMap(\.object)
        .filter { $0["scope"]?.string == "global" }.compactMap { $0["local"]?.string }
    }
  }

  private static func links(_ arguments: [String]) throws -> [JSONObject] {
    let output = try ChildProcess.run(["ip", "-json"] + arguments).output
    return (try JSONValue(parsing: output).array ?? []).compactMap(\.object)
  }
}

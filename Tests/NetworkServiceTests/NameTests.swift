import Addressing
import Containers
import Glibc
import KernelTestSupport
import LinuxSystem
import NetworkModel
import NetworkService
import Testing

/// Hosts files follow the records, whatever interrupts a command.
struct NameTests {
  @Test func neighboursAreInEachOthersFiles() throws {
    try withNames { bench in
      #expect(bench.names(of: "c") == ["c", "d"])
      #expect(bench.names(of: "d") == ["c", "d"])

      try bench.connect("n", "e") { $0.aliases = ["third"] }
      for name in ["c", "d", "e"] { #expect(bench.names(of: name) == ["c", "d", "e", "third"]) }

      try bench.disconnect("n", "c")
      #expect(bench.names(of: "c") == [])
      #expect(bench.names(of: "d") == ["d", "e", "third"])
      #expect(try bench.findings().isEmpty)
    }
  }

  @Test func linkOnTheDefaultNetworkIsOneWay() throws {
    try withNames { bench in
      try bench.connect("bridge", "e")
      try bench.connect("bridge", "f") { $0.links = ["e:pg"] }

      #expect(bench.names(of: "f") == ["e", "pg"])
      #expect(bench.names(of: "e") == nil)

      try bench.disconnect("bridge", "e")
      #expect(bench.names(of: "f") == [])
    }
  }

  @Test func namesOfOtherNetworksStay() throws {
    try withNames { bench in
      try bench.create("m")
      try bench.connect("m", "c")
      try bench.connect("m", "f")

      try bench.connect("n", "e")
      #expect(bench.names(of: "c") == ["c", "d", "e", "f"])
      #expect(bench.names(of: "f") == ["c", "f"])

      try bench.disconnect("n", "d")
      #expect(bench.names(of: "c") == ["c", "e", "f"])
      #expect(bench.names(of: "d") == [])
      #expect(try bench.findings().isEmpty)
    }
  }

  /// A file that was changed gets what it should have with the next change of the network.
  @Test(arguments: ["", "10.0.0.9 stranger\n"]) func changedBlockIsMended(more: String) throws {
    try withNames { bench in
      let path = bench.path + "/netns/d/hosts"
      let text = try #require(bench.file("d"))
      let lines = text.split(separator: "\n").filter { !$0.contains("\tc ") }
      let changed = lines.dropLast() + [more.dropLast(), lines.last!, ""]
      writeFile(path, Array(changed.joined(separator: "\n").utf8))

      try bench.connect("n", "e")

      #expect(bench.names(of: "d") == ["c", "d", "e"])
    }
  }

  @Test func deadContainersNamesGo() throws {
    try withNames { bench in
      bench.deleteVeths(of: "d")
      bench.world["/run/netns/d"] = World.Namespace(number: 2)

      try bench.connect("n", "e")

      #expect(bench.names(of: "c") == ["c", "e"])
      // Its successor of the same name has joined nothing yet.
      try bench.connect("n", "d")
      #expect(bench.names(of: "d") == ["c", "d", "e"])
    }
  }

  @Test func fileOfADeadContainerGoes() throws {
    try withNames { bench in
      bench.deleteVeths(of: "d")
      bench.world.namespaces["/run/netns/d"] = nil

      try bench.connect("n", "e")

      #expect(bench.file("d") == nil)
      #expect(access(bench.path + "/netns/d", F_OK) != 0)
    }
  }

  @Test func keepersLinesAreKept() throws {
    try withNames { bench in
      mkdir(bench.path + "/netns/e", 0o755)
      writeFile(bench.path + "/netns/e/hosts", Array("10.9.9.9 mine\n".utf8))

      try bench.connect("n", "e")
      #expect(bench.names(of: "e") == ["c", "d", "e", "mine"])
      try bench.disconnect("n", "e")

      #expect(bench.file("e") == "10.9.9.9 mine\n")
    }
  }

  @Test func folderIsMadeWithTheFirstFile() throws {
    try withBench(["c", "d"]) { bench in
      try bench.create("n")
      #expect(access(bench.path + "/netns", F_OK) != 0)
      try bench.connect("n", "c")

      #expect(access(bench.path + "/netns/c/hosts", R_OK) == 0)
      #expect(bench.notices.isEmpty)
    }
  }

  @Test(arguments: ["link", "folder link", "others"])
  func unsafeFileIsReportedAndFailsNothing(kind: String) throws {
    try withNames { bench in
      let (folder, file) = (bench.path + "/netns/e", bench.path + "/netns/e/hosts")
      let victim = bench.path + "/victim"
      mkdir(victim, 0o755)
      writeFile(victim + "/hosts", Array("10.9.9.9 mine\n".utf8))
      switch kind {
      case "link":
        mkdir(folder, 0o755)
        symlink(victim + "/hosts", file)
      case "folder link": symlink(victim, folder)
      default:
        mkdir(folder, 0o755)
        chmod(folder, 0o777)
        writeFile(file, Array("10.9.9.9 mine\n".utf8))
      }

      try bench.connect("n", "e")

      guard bench.notices.count == 1, case .nameFiles([file], _) = bench.notices[0] else {
        Issue.record("\(bench.notices)")
        return
      }
      #expect(FolderSnapshot(of: victim).text("hosts") == "10.9.9.9 mine\n")
      #expect(bench.names(of: "c") == ["c", "d", "e"])
      let findings = try bench.findings()
      #expect(findings.contains(.staleHostsFile(file, container: "e", isWritable: false)))
    }
  }

  @Test(arguments: ["", "10.9.9.9 mine\n"]) func reloadMendsWhatVerifyFinds(contents: String) throws
  {
    try withNames { bench in
      let file = bench.path + "/netns/d/hosts"
      writeFile(file, Array(contents.utf8))

      let findings = try bench.findings()
      let failures = try bench.reload()

      #expect(findings == [.staleHostsFile(file, container: "d", isWritable: true)])
      #expect(failures.isEmpty)
      #expect(bench.names(of: "d") == Set(["c", "d"] + (contents.isEmpty ? [] : ["mine"])))
      #expect(try bench.findings().isEmpty)
    }
  }

  @Test func namesEndWithTheBoot() throws {
    try withNames { bench in
      bench.reboot()
      for name in ["c", "d"] { bench.world["/run/netns/\(name)"] = World.Namespace() }

      try bench.connect("n", "d")

      #expect(bench.names(of: "c") == [])
      #expect(bench.names(of: "d") == ["d"])
    }
  }

  @Test(arguments: ["connect", "disconnect"])
  func endOfTheProcessIsRecoveredFrom(command: String) throws {
    let run: (NetworkService) throws -> Void = { service in
      if command == "connect" {
        try service.connect(ConnectRequest(network: "n", container: "e"))
      } else {
        try service.disconnect(network: "n", container: "d", force: false)
      }
    }
    var steps = 0
    try withNames { bench in steps = try bench.run(run) }
    for step in 0..<steps {
      try withNames { bench in
        _ = try? bench.run(fault: .ending(step), run)

        #expect(throws: ServiceError.networkNotFound("absent")) { try bench.remove("absent") }

        #expect(try bench.findings().isEmpty, "step \(step)")
        var connected: Set<String> = []
        try bench.run { connected = Set(try $0.inspect("n").endpoints.map(\.container.name)) }
        for name in connected { #expect(bench.names(of: name) == connected, "step \(step)") }
      }
    }
  }

  @Test func lookupTellsTheSource() throws {
    try withNames { bench in
      writeFile(bench.path + "/resolv", Array("nameserver 192.0.2.53\n".utf8))
      var found: [NameLookup] = []
      try bench.run { service in
        found = try ["d", "d.n", "nosuch"].map { try service.lookup($0, by: "c") }
      }

      let file = bench.path + "/netns/c/hosts"
      for lookup in found.prefix(2) {
        guard case .hostsFile(file, let answers) = lookup else {
          Issue.record("\(lookup)")
          return
        }
        #expect(answers.map(\.network) == ["n"])
      }
      #expect(
        found[2]
          == .forwarded(
            [.init("192.0.2.53")!], file: bench.path + "/resolv", byNameServer: false))
    }
  }

  /// Runs `body` on a bench where `c` and `d` are on network `n`.
  private func withNames(_ body: (Bench) throws -> Void) throws {
    try withBench(["c", "d", "e", "f"]) { bench in
      mkdir(bench.path + "/netns", 0o755)
      writeFile(bench.path + "/hosts", Array("127.0.0.1 localhost\n".utf8))
      try bench.create("n")
      try bench.connect("n", "c")
      try bench.connect("n", "d")
      try body(bench)
    }
  }
}

extension Bench {
  /// The text of a namespace's hosts file.
  fileprivate func file(_ name: String) -> String? {
    FolderSnapshot(of: path + "/netns").text("\(name)/hosts")
  }

  /// The names in a hosts file, without the host's, IDs and those with the network's name.
  fileprivate func names(of name: String) -> Set<String>? {
    guard let text = file(name) else { return nil }
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let names = lines.flatMap { $0.split { $0 == " " || $0 == "\t" }.dropFirst().map(String.init) }
    return Set(names.filter { $0 != "localhost" && !$0.contains(".") && ObjectName.isName($0) })
  }

  /// Makes the kernel lose the links of a container.
  fileprivate func deleteVeths(of name: String) {
    world["/run/netns/\(name)"].links = ["lo": World.Link(isUp: true)]
    for (link, value) in world[World.host].links
    where value.peer?.namespace == "/run/netns/\(name)" {
      world[World.host].links[link] = nil
    }
  }
}

private enum ObjectName {
  /// Whether it is anything but a short ID.
  static func isName(_ text: String) -> Bool { text.utf8.count != 12 || !isIdentityPrefix(text) }
}

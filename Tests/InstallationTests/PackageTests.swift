import CommandLineTestSupport
import Testing

/// The Debian package.
@Suite(
  .serialized,
  .enabled(if: SourceTree.problemWithRelease == nil, "\(SourceTree.problemWithRelease ?? "")"))
struct PackageTests {
  private static let built = Result { try SourceTree.make(["deb"], isRelease: true) }

  /// Makes the package once, and gives its path.
  private static func package() throws -> String {
    let result = try built.get()
    try #require(result.status == 0, "\(result.errors)")
    let files = try SourceTree.files(in: ".build/deb").filter { $0.hasSuffix(".deb") }
    return SourceTree.path + "/.build/deb/" + (try #require(files.first))
  }

  @Test func theExecutableIsSmallAndNeedsOnlyTheCLibraryAndLibmnl() throws {
    let folder = try TemporaryFolder()
    _ = try ChildProcess.run(["dpkg-deb", "--extract", try Self.package(), folder.path])
    let binary = folder.path + "/usr/bin/netctl"

    let size = try ChildProcess.run(["stat", "--format=%s", binary]).output
    let symbols = try ChildProcess.run(["nm", binary])
    let dynamic = try ChildProcess.run(["readelf", "--dynamic", binary])

    let bytes = size.split(separator: "\n").first.flatMap { Int($0) }
    #expect(try #require(bytes) < 20_000_000)
    #expect(symbols.errors.contains("no symbols"))
    let libraries = dynamic.output.split(separator: "\n").filter { $0.contains("(NEEDED)") }
      .compactMap { $0.split { "[]".contains($0) }.last.map(String.init) }
    #expect(libraries.contains("libmnl.so.0"))
    let allowed: Set = ["libc.so.6", "libm.so.6", "libmnl.so.0"]
    #expect(libraries.filter { !allowed.contains($0) && !$0.hasPrefix("ld-linux") } == [])
    #expect(!dynamic.output.contains("(RUNPATH)") && !dynamic.output.contains("(RPATH)"))
  }

  // What the servers need would cost each command at its start.
  @Test func theExecutableHasNothingOfSwiftNIO() throws {
    let symbols = try ChildProcess.run(["nm", SourceTree.path + "/.build/release/netctl"]).output
    let server = try ChildProcess.run(
      ["nm", SourceTree.path + "/.build/release/netctl-server"]).output

    #expect(server.contains("NIOCore"))
    #expect(!symbols.contains("NIO"))
  }

  // Relocations and the page faults that they cause are most of the time from start to exit.
  @Test func theExecutableHasFewRelocations() throws {
    let folder = try TemporaryFolder()
    _ = try ChildProcess.run(["dpkg-deb", "--extract", try Self.package(), folder.path])

    let relocations = try ChildProcess.run([
      "readelf", "--relocs", "--wide", folder.path + "/usr/bin/netctl",
    ])

    // Packed ones are summed up: "23340 offsets".
    let count = relocations.output.split(separator: "\n").reduce(0) { sum, line in
      let words = line.split(separator: " ")
      if words.count == 2, words[1] == "offsets" { return sum + (Int(words[0]) ?? 0) }
      return sum + (line.contains("_RELATIVE") ? 1 : 0)
    }
    // Each page of them that is touched is copied at start. Packed, they are applied in less time
    // than 25,700 that are not.
    #expect((1...30_000).contains(count))
  }

  @Test func theControlFileSaysWhatTheExecutableIs() throws {
    func field(_ name: String) throws -> String {
      try ChildProcess.run(["dpkg-deb", "--field", try Self.package(), name]).output
        .split(separator: "\n").joined()
    }
    let version = try ChildProcess.run([TestEnvironment.binary, "--version"]).output

    #expect(try field("Package") == "netctl-network")
    #expect(try field("Conflicts") == "netctl")
    #expect("netctl version \(try field("Version").prefix { $0 != "+" })\n" == version)
    #expect(
      try field("Architecture") + "\n"
        == ChildProcess.run(["dpkg", "--print-architecture"]).output)
    let packages = try field("Depends").split(separator: ",").map { entry in
      entry.split(separator: " ").first.map(String.init)
    }
    #expect(packages == ["libc6", "libmnl0"])
  }

  @Test func theSameSourcesMakeTheSamePackage() throws {
    let package = try Self.package()
    let first = try ChildProcess.run(["sha256sum", package]).output

    try #require(try SourceTree.make(["deb"], isRelease: true).status == 0)

    #expect(try ChildProcess.run(["sha256sum", package]).output == first)
  }

  @Test(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
  func installedPackageWorksAndPurgeLeavesNothing() throws {
    let machine = try DebianMachine(package: try Self.package())
    let before = try machine.files()
    try machine.install()

    let enabled = try machine.run("readlink /etc/systemd/system/*.wants/netctl-restore.service")
    let page = try machine.run("man --where netctl-network-create")
    let listed = try machine.run("netctl network create blue >/dev/null; netctl network rm blue")
    let audit = try machine.run("dpkg --verify netctl-network; dpkg --audit")
    let purge = try machine.run("dpkg --purge netctl-network")

    #expect(enabled.output == "/lib/systemd/system/netctl-restore.service\n")
    #expect(page.output == "/usr/share/man/man8/netctl-network-create.8.gz\n")
    #expect(listed.output == "blue\n")
    #expect(audit.output == "")
    #expect(purge.status == 0)
    #expect(purge.errors == "")
    #expect(try machine.files().subtracting(before) == [])
    #expect(before.subtracting(try machine.files()) == [])
  }

  @Test(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
  func purgeKeepsTheStateOfNetworksThatAreUp() throws {
    let machine = try DebianMachine(package: try Self.package())
    try machine.install()
    let created = try machine.run(
      "netctl network create -o com.docker.network.bridge.name=br0 blue")
    try #require(created.status == 0, "\(created.errors)")

    let removed = try machine.run("dpkg --remove netctl-network")
    let purged = try machine.run("dpkg --purge netctl-network")
    let state = try machine.run("ls /var/lib/netctl/networks | wc --lines")

    #expect(removed.status == 0)
    #expect(removed.errors == "")
    #expect(purged.status == 0)
    #expect(purged.errors.contains("/var/lib/netctl is kept, for networks are still up (br0)"))
    #expect(state.output == "4\n")
  }

  @Test(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
  func newerBuildReplacesAnOlderOne() throws {
    let machine = try DebianMachine(package: try Self.package())
    try machine.repack("", as: "netctl-network", version: "0.1.0+20200101000000.1.g0a")
    try machine.succeed(
      """
      dpkg --install /tmp/netctl-network_0.1.0+20200101000000.1.g0a.deb
      netctl network create blue
      systemctl disable netctl-restore
      """)

    try machine.succeed(
      "echo 'deb [trusted=yes] file:/tmp ./' >/tmp/sources; cp '\(try Self.package())' /tmp")
    try machine.succeed("\(Self.update) && \(Self.apt) --assume-yes upgrade")

    let status = try machine.run("dpkg-query --show netctl-network")
    #expect(!status.output.contains("+20200101"), "\(status.output)")
    #expect(try machine.run("netctl network verify; netctl network rm blue").output == "blue\n")
    #expect(try machine.run("systemctl is-enabled netctl-restore").output == "disabled\n")
  }

  @Test(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
  func packageOfTheFormerNameIsReplacedAndItsPurgeTakesNothing() throws {
    let machine = try DebianMachine(package: try Self.package())
    try machine.repack("", as: "netctl", version: "0.1.0")
    try machine.succeed(
      "dpkg --install /tmp/netctl_0.1.0.deb; netctl network create --config-only blue")

    try machine.install()
    let purge = try machine.run("dpkg --purge netctl")

    #expect(purge.status == 0, "\(purge.errors)")
    #expect(try machine.run(Self.installed).output == "installed netctl-network\n")
    #expect(try machine.run("netctl network rm blue").output == "blue\n")
    #expect(try machine.run("systemctl is-enabled netctl-restore").output == "enabled\n")
    #expect(try machine.run("dpkg --verify netctl-network; dpkg --audit").output == "")
  }

  @Test(
    "Debian's netctl, another program, neither upgrades the package nor is it replaced by it",
    .enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
  func otherProgramOfTheNameIsKeptApart() throws {
    let machine = try DebianMachine(package: try Self.package())
    try machine.repack("rm tree/DEBIAN/post* tree/DEBIAN/pre*", as: "netctl", version: "1.24-1.1")
    try machine.succeed("echo 'deb [trusted=yes] file:/tmp ./' >/tmp/sources; \(Self.update)")

    try machine.install()
    let upgrade = try machine.run("\(Self.apt) --assume-yes dist-upgrade")
    let remaining = try machine.run(Self.installed)
    try machine.succeed("dpkg --purge netctl-network; dpkg --install /tmp/netctl_1.24-1.1.deb")
    let beside = try machine.run("dpkg --install '\(try Self.package())'")

    #expect(upgrade.status == 0, "\(upgrade.errors)")
    #expect(upgrade.output.contains("0 upgraded, 0 newly installed, 0 to remove"))
    #expect(remaining.output == "installed netctl-network\n")
    #expect(beside.status != 0)
    #expect(beside.errors.contains("conflicting packages"), "\(beside.errors)")
    #expect(try machine.run(Self.installed).output == "installed netctl\n")
  }

  // Prints what is on record of either name.
  private static let installed = """
    dpkg-query --show --showformat='${db:Status-Status} ${Package}\\n' 'netctl*' \
      | grep -v '^not-installed '
    """

  // apt, with an archive in /tmp and no other.
  private static let apt = """
    apt-get -o Dir::Etc::sourcelist=/tmp/sources -o Dir::Etc::sourceparts=- -o APT::Sandbox::User=root
    """
  private static let update =
    "cd /tmp && dpkg-scanpackages --multiversion . >Packages && \(apt) update"
}

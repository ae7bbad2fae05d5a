import Glibc
import KernelTestSupport
import LinuxSystem
import NetworkModel
import Testing

@testable import StateStore

struct FolderSafetyTests {
  @Test(arguments: Arbitrary.names)
  func namesNeverBecomeFileNames(_ name: String) throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 31)
      let network = arbitrary.network(name: name)
      let endpoint = arbitrary.endpoint(of: network.id)

      try folder.add(network)
      try folder.add(endpoint)

      let allowed = Set("0123456789abcdefghijklmnopqrstuvwxyz./")
      for path in FolderSnapshot(of: folder.path).entries.keys {
        #expect(allowed.isSuperset(of: path), "\(path)")
        #expect(path.split(separator: "/").allSatisfy { $0.utf8.count <= 140 })
      }
      #expect(try folder.index().network(named: name)?.id == network.id)
    }
  }

  @Test(arguments: [0o000, 0o022, 0o077] as [UInt32])
  func onlyTheOwnerMayReadWhateverTheUmask(_ mask: UInt32) throws {
    try withUmask(mask) {
      try withStateFolder { folder in
        var arbitrary = Arbitrary(seed: 32)
        let network = arbitrary.network()
        let endpoint = arbitrary.endpoint(of: network.id)
        let leases = arbitrary.leases()
        try folder.add(network)
        try folder.add(endpoint)
        try folder.change { (state) throws(StateError) in
          try state.save(leases, of: network.id)
        }

        var status = stat()
        #expect(stat(folder.path, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o700)
        for (path, entry) in FolderSnapshot(of: folder.path).entries {
          switch entry {
          case .folder(let mode): #expect(mode == 0o700, "\(path)")
          case .file(let mode, _): #expect(mode == 0o600, "\(path)")
          case .other: Issue.record("\(path)")
          }
        }
      }
    }
  }

  @Test(arguments: ["", "/", "//"])
  func foldersAboveAreMadeToo(_ end: String) throws {
    try withTemporaryFolder { path in
      _ = try StateFolder.make("\(path)/a/b/state\(end)", boot: boot)

      let entries = FolderSnapshot(of: path).entries
      #expect(entries["a/b/state"] == .folder(mode: 0o700))
      #expect(entries["a/b"] == .folder(mode: 0o755))
    }
  }

  @Test func nothingIsLeftOfAFolderInAnUnsafePlace() throws {
    try withTemporaryFolder { path in
      #expect(mkdir("\(path)/open", 0o755) == 0 && chmod("\(path)/open", 0o777) == 0)

      for folder in ["\(path)/open/state", "\(path)/open/a/b/state"] {
        #expect(throws: StateError.self) { _ = try StateFolder.make(folder, boot: boot) }
      }

      #expect(FolderSnapshot(of: "\(path)/open").entries.isEmpty)
    }
  }

  @Test func fileInItsPlaceIsRefused() throws {
    try withTemporaryFolder { path in
      writeFile("\(path)/state", [1])

      #expect(throws: StateError.folder(path: "\(path)/state", .notDirectory)) {
        _ = try StateFolder.make("\(path)/state", boot: boot)
      }
      #expect(readFile("\(path)/state") == [1])
    }
  }

  @Test func symbolicLinksAreNotRead() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 33)
      let network = arbitrary.network()
      try folder.add(network)
      let file = "networks/\(network.id).json"
      #expect(rename(folder.file(file), folder.file("elsewhere")) == 0)
      #expect(symlink("../elsewhere", folder.file(file)) == 0)

      #expect(throws: StateError.unreadable(file: file, .tooManySymbolicLinks)) {
        try folder.network(network.id)
      }
    }
  }

  @Test func symbolicLinkInPlaceOfAFolderIsNotListed() throws {
    try withStateFolder { folder in
      #expect(rename(folder.file("unfinished"), folder.file("elsewhere")) == 0)
      #expect(symlink("elsewhere", folder.file("unfinished")) == 0)

      #expect(throws: StateError.unreadable(file: "unfinished", .notDirectory)) {
        try folder.change { (state) throws(StateError) in try state.discardingUnwrittenChanges() }
      }
    }
  }

  @Test(arguments: ["lock", "host.json.new"])
  func symbolicLinksAreNotWrittenThrough(_ name: String) throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 34)
      let network = arbitrary.network()
      let host = arbitrary.host()
      let victim = "\(folder.path)/../victim"
      writeFile(victim, [1, 2, 3])
      try folder.add(network)
      unlink(folder.file(name))
      #expect(symlink("../victim", folder.file(name)) == 0)

      try? folder.change { (state) throws(StateError) in
        try state.save(host)
        try state.stageRemoval(network)
      }

      #expect(readFile(victim) == [1, 2, 3])
    }
  }

  @Test(arguments: ["", "/"])
  func symbolicLinkInPlaceOfTheFolderIsRefused(_ end: String) throws {
    try withTemporaryFolder { path in
      _ = try StateFolder.make("\(path)/real", boot: boot)
      #expect(symlink("real", "\(path)/state") == 0)

      let error = StateError.folder(path: "\(path)/state\(end)", .tooManySymbolicLinks)
      #expect(throws: error) { _ = try StateFolder.open("\(path)/state\(end)", boot: boot) }
      #expect(throws: error) { _ = try StateFolder.make("\(path)/state\(end)", boot: boot) }
    }
  }

  @Test(.enabled(if: geteuid() == 0, "needs root to give files to others"))
  func whatBelongsToOthersIsRefused() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 36)
      let network = arbitrary.network()
      try folder.add(network)
      let file = "networks/\(network.id).json"
      let nobody: uid_t = 65534

      #expect(chown(folder.file(file), nobody, 0) == 0)
      #expect(throws: StateError.unreadable(file: file, .notPermitted)) {
        try folder.network(network.id)
      }
      #expect(chown(folder.path, nobody, 0) == 0)
      #expect(throws: StateError.folder(path: folder.path, .notPermitted)) {
        _ = try StateFolder.open(folder.path, boot: boot)
      }
    }
  }

  @Test(arguments: [0o020, 0o002] as [UInt32])
  func whatOthersMayWriteToIsRefused(_ others: UInt32) throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 37)
      let network = arbitrary.network()
      try folder.add(network)
      let file = "networks/\(network.id).json"

      #expect(chmod(folder.file(file), 0o600 | others) == 0)
      #expect(throws: StateError.unreadable(file: file, .notPermitted)) {
        try folder.network(network.id)
      }
      #expect(chmod(folder.file("networks"), 0o700 | others) == 0)
      #expect(throws: StateError.unreadable(file: "networks", .notPermitted)) {
        try folder.documents()
      }
      #expect(chmod(folder.path, 0o700 | others) == 0)
      #expect(throws: StateError.folder(path: folder.path, .notPermitted)) {
        _ = try StateFolder.open(folder.path, boot: boot)
      }
    }
  }

  /// Root's own files in such a directory could be exchanged.
  @Test(arguments: ["networks", "leases", "endpoints", "containers", "ports", "unfinished"])
  func foldersThatOthersMayWriteToAreRefused(_ name: String) throws {
    try withStateFolder { folder in
      #expect(chmod(folder.file(name), 0o770) == 0)

      let error = StateError.unreadable(file: name, .notPermitted)
      #expect(throws: error) { _ = try StateFolder.open(folder.path, boot: boot) }
      #expect(throws: error) { _ = try StateFolder.make(folder.path, boot: boot) }
    }
  }

  /// Where others may only add files: they are theirs, and refused when they are read.
  @Test func folderWithTheStickyBitWillDo() throws {
    try withStateFolder { folder in
      #expect(chmod(folder.path, 0o1777) == 0)
      #expect(chmod(folder.file("networks"), 0o1777) == 0)

      let reopened = try #require(try StateFolder.open(folder.path, boot: boot))
      #expect(try reopened.documents().networks.isEmpty)
    }
  }

  @Test func folderThatOthersCanReplaceIsRefused() throws {
    try withTemporaryFolder { path in
      _ = try StateFolder.make("\(path)/a/b/state", boot: boot)
      let open = { try StateFolder.open("\(path)/a/b/state", boot: boot) != nil }
      let error = StateError.unsafePlace(folder: "\(path)/a/b/state", ancestor: "\(path)/a")

      for mode in [0o775, 0o757] as [UInt32] {
        #expect(chmod("\(path)/a", mode) == 0)
        #expect(throws: error) { try open() }
        #expect(throws: error) { _ = try StateFolder.make("\(path)/a/b/state", boot: boot) }
        #expect(chmod("\(path)/a", mode | 0o1000) == 0)
        #expect(try open())
      }
      if geteuid() == 0 {
        #expect(chown("\(path)/a", 1000, 0) == 0)
        #expect(throws: error) { try open() }
      }
    }
  }

  static let makers: [(String, Errno)] = [
    ("pipe", .noSuchDeviceOrAddress), ("socket", .noSuchDeviceOrAddress),
    ("device", .noSuchDeviceOrAddress), ("directory", .isDirectory), ("giant", .fileTooLarge),
  ]

  @Test(arguments: makers)
  func whatIsNoDocumentIsRefusedAtOnce(_ kind: String, _ errno: Errno) throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 35)
      let id: NetworkID = arbitrary.id()
      let file = "networks/\(id).json"
      try make(kind, folder.file(file))
      try make(kind, folder.file("unfinished/network-\(id).json"))

      #expect(throws: StateError.unreadable(file: file, errno)) { try folder.network(id) }
      #expect(try folder.listing().damaged.count == 2)
    }
  }

  @Test(arguments: ["pipe", "socket", "device", "giant"])
  func whatIsInTheWayOfATemporaryFileIsReplaced(_ kind: String) throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 38)
      let (network, host) = (arbitrary.network(), arbitrary.host())
      for name in ["host.json.new", "catalog", "catalog.new"] {
        unlink(folder.file(name))
        try make(kind, folder.file(name))
      }
      try make(kind, folder.file("unfinished/network-\(network.id).json.new"))

      try folder.change { (state) throws(StateError) in try state.save(host) }
      try folder.add(network)

      #expect(try folder.host() == host)
      #expect(try folder.network(network.id) == network)
      for (path, entry) in FolderSnapshot(of: folder.path).entries where entry == .other {
        Issue.record("\(path)")
      }
    }
  }

  @Test(arguments: makers.dropLast())
  func lockThatIsNoFileIsRefused(_ kind: String, _ errno: Errno) throws {
    try withStateFolder { folder in
      unlink(folder.file("lock"))
      try make(kind, folder.file("lock"))

      #expect(throws: StateError.unwritable(file: "lock", errno)) {
        try folder.change { (state) throws(StateError) in _ = try state.discardingUnwrittenChanges()
        }
      }
    }
  }

  private func make(_ kind: String, _ path: String) throws {
    switch kind {
    case "pipe": #expect(mkfifo(path, 0o600) == 0)
    // What makes sockets and devices makes them without that they are bound or there.
    case "socket": #expect(mknod(path, S_IFSOCK | 0o600, 0) == 0)
    case "device":
      let zero: dev_t = 1 << 8 | 5
      #expect(mknod(path, S_IFCHR | 0o600, zero) == 0)
    case "directory": #expect(mkdir(path, 0o700) == 0)
    default:
      writeFile(path, [])
      #expect(truncate(path, 1 << 40) == 0)
    }
  }

  /// Gives this thread a umask of its own while `body` runs.
  private func withUmask(_ mask: UInt32, _ body: () throws -> Void) throws {
    typealias Unshare = @convention(c) (Int32) -> Int32
    let cloneFiles: Int32 = 0x200
    let unshare = unsafeBitCast(try #require(dlsym(nil, "unshare")), to: Unshare.self)
    guard unshare(cloneFiles) == 0 else { throw Errno.current }
    let before = umask(mask)
    defer { umask(before) }
    try body()
  }
}

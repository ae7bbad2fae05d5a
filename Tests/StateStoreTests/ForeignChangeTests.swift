import Glibc
import KernelTestSupport
import NetworkModel
import Testing

@testable import StateStore

/// What somebody does to the documents of networks behind netctl's back is seen, although the
/// catalog spares reading them.
struct ForeignChangeTests {
  /// What is done to the document of the first of several networks, and how the networks are called
  /// after it.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Whether the directory of the documents tells of it.
    var showsInFolder = true
    var names = ["a", "b", "c"]
    var damagedCount = 0
    let make: @Sendable (StateFolder, _ first: Network, _ file: String) throws -> Void
  }

  static let all = [
    Change(testDescription: "edited in place", showsInFolder: false, names: ["b", "c", "x"]) {
      _, first, file in
      writeFile(file, document(of: first, named: "x"))
    },
    Change(
      testDescription: "edited in place, its times set back", showsInFolder: false,
      names: ["b", "c", "x"]
    ) { _, first, file in
      var status = stat()
      #expect(stat(file, &status) == 0)
      writeFile(file, document(of: first, named: "x"))
      setTimes(of: file, status.st_mtim)
    },
    Change(testDescription: "replaced, with an old date", names: ["b", "c", "x"]) {
      _, first, file in
      writeFile(file + ".new", document(of: first, named: "x"))
      setTimes(of: file + ".new", timespec(tv_sec: 1, tv_nsec: 0))
      #expect(rename(file + ".new", file) == 0)
    },
    Change(testDescription: "removed", names: ["b", "c"]) { _, _, file in
      #expect(unlink(file) == 0)
    },
    Change(testDescription: "another added, with an old date", names: ["a", "b", "c", "x"]) {
      folder, first, _ in
      var arbitrary = Arbitrary(seed: 5)
      let another = arbitrary.network(name: "x")
      let file = folder.file("networks/\(another.id).json")
      writeFile(file, NetworkDocument.encode(another))
      setTimes(of: file, timespec(tv_sec: 1, tv_nsec: 0))
    },
    Change(testDescription: "copied under another name", damagedCount: 1) { folder, first, file in
      let copy = folder.file("networks/\(String(repeating: "e", count: 64)).json")
      writeFile(copy, readFile(file))
    },
    Change(testDescription: "put under another name", names: ["b", "c"], damagedCount: 1) {
      folder, _, file in
      let copy = folder.file("networks/\(String(repeating: "e", count: 64)).json")
      #expect(rename(file, copy) == 0)
    },
    Change(
      testDescription: "cut off", showsInFolder: false, names: ["b", "c"], damagedCount: 1
    ) { _, _, file in
      #expect(truncate(file, 20) == 0)
    },
    Change(testDescription: "restored with the catalog of then") { folder, first, _ in
      let backup = FolderSnapshot(of: folder.path)
      try folder.drop(first)
      backup.replace(folderAt: folder.path)
    },
    Change(testDescription: "restored under the catalog of now") { folder, first, file in
      let document = readFile(file)
      try folder.drop(first)
      writeFile(file, document)
    },
  ]

  @Test(arguments: all)
  func listingHasWhatTheDocumentsSay(_ change: Change) throws {
    try Self.withChange(change) { folder, _ in
      let listing = try folder.listing()

      #expect(listing.networks.map(\.name).sorted() == change.names)
      #expect(listing.damaged.count == change.damagedCount)
    }
  }

  /// The commands that follow add to the catalog, which must not hide the change from then on.
  @Test(arguments: all)
  func listingHasItAfterOtherChanges(_ change: Change) throws {
    try Self.withChange(change) { folder, _ in
      var arbitrary = Arbitrary(seed: 3)
      let (kept, dropped) = (arbitrary.network(name: "kept"), arbitrary.network(name: "dropped"))
      for network in [kept, dropped] { try folder.add(network) }
      try folder.drop(dropped)

      let listing = try folder.listing()

      #expect(listing.networks.map(\.name).sorted() == (change.names + ["kept"]).sorted())
      #expect(listing.damaged.count == change.damagedCount)
    }
  }

  @Test(arguments: all)
  func networkIsNotFoundByWhatItsDocumentDoesNotSay(_ change: Change) throws {
    try Self.withChange(change) { folder, first in
      let index = try folder.index()

      let found = try? index.network(named: first.name)

      #expect(found?.name == (change.names.contains(first.name) ? first.name : nil))
      #expect(index.listing.network(named: "x")?.name == (change.names.contains("x") ? "x" : nil))
    }
  }

  @Test(arguments: all.filter(\.showsInFolder))
  func changeOfTheFolderIsSeenWithoutALookAtEachDocument(_ change: Change) throws {
    try Self.withChange(change) { folder, _ in
      #expect(folder.cache() == nil)
    }
  }

  @Test(arguments: all.filter { $0.showsInFolder && $0.damagedCount == 0 })
  func catalogIsMadeAnewByTheNextChange(_ change: Change) throws {
    try Self.withChange(change) { folder, _ in
      try folder.change { _ throws(StateError) in }

      #expect(folder.cache()?.count == change.names.count)
    }
  }

  @Test func renewedCatalogHasWhatWasEdited() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 4)
      let network = arbitrary.network(name: "a")
      try folder.add(network)
      Self.awaitTick()
      writeFile(
        folder.file("networks/\(network.id).json"), Self.document(of: network, named: "x"))
      let before = try folder.index().network(named: "x")

      try folder.change { (state) throws(StateError) in try state.renewCache() }

      #expect(before == nil)
      #expect(try folder.index().network(named: "x")?.id == network.id)
      #expect(folder.cache()?.count == 1)
    }
  }

  /// A document that comes while a command is at work, too.
  @Test func documentThatComesInTheMiddleOfAChangeIsSeen() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 8)
      let (one, two) = (arbitrary.network(name: "one"), arbitrary.network(name: "two"))

      try folder.change { (state) throws(StateError) in
        try state.stage(one)
        writeFile(folder.file("networks/\(two.id).json"), NetworkDocument.encode(two))
        try state.commit(one)
      }

      #expect(Set(try folder.listing().networks.map(\.name)) == ["one", "two"])
      #expect(
        Set(try folder.index().subnets().map(\.prefix))
          == Set((one.subnets + two.subnets).map(\.subnet)))
    }
  }

  @Test func copyKeepsNobodyFromMakingNetworks() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 9)
      let network = arbitrary.network(name: "a")
      try folder.add(network)
      let copy = folder.file("networks/\(String(repeating: "e", count: 64)).json")
      writeFile(copy, readFile(folder.file("networks/\(network.id).json")))
      let index = try folder.index()

      #expect(try index.network(named: "b") == nil)
      #expect(try index.subnets().map(\.prefix) == network.subnets.map(\.subnet))
    }
  }

  @Test func documentUnderAnotherNameKeepsItsNameFromOthers() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 9)
      let network = arbitrary.network(name: "a")
      try folder.add(network)
      let file = "networks/\(String(repeating: "e", count: 64)).json"
      #expect(rename(folder.file("networks/\(network.id).json"), folder.file(file)) == 0)
      let index = try folder.index()

      #expect(throws: StateError.misnamed(file: file, isCopy: false)) {
        try index.network(named: "a")
      }
      #expect(throws: StateError.misnamed(file: file, isCopy: false)) { try index.subnets() }
    }
  }

  /// Runs `body` after a change to the first of three networks.
  private static func withChange(
    _ change: Change, _ body: (StateFolder, _ first: Network) throws -> Void
  ) throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 6)
      let networks = ["a", "b", "c"].map { arbitrary.network(name: $0) }
      for network in networks { try folder.add(network) }
      try #require(folder.cache()?.count == 3)
      awaitTick()

      try change.make(folder, networks[0], folder.file("networks/\(networks[0].id).json"))

      let changed = try #require(try StateFolder.open(folder.path, boot: boot))
      try body(changed, networks[0])
    }
  }

  private static func document(of network: Network, named name: String) -> [UInt8] {
    NetworkDocument.encode(
      Network(
        id: network.id, name: name, created: network.created, scope: network.scope,
        driver: network.driver, families: network.families, ipam: network.ipam,
        options: network.options, labels: network.labels))
  }

  /// Waits until what is changed next has another time than what was changed before: where the
  /// kernel's clock for files is the coarse one, it stands still for some milliseconds.
  private static func awaitTick() {
    func now() -> (Int, Int) {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME_COARSE, &time)
      return (time.tv_sec, time.tv_nsec)
    }
    let start = now()
    while now() == start {}
  }

  private static func setTimes(of file: String, _ time: timespec) {
    var times = [time, time]
    #expect(utimensat(AT_FDCWD, file, &times, 0) == 0)
  }
}

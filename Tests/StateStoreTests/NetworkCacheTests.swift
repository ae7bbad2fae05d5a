import Glibc
import KernelTestSupport
import LinuxSystem
import NetworkModel
import Synchronization
import Testing

@testable import StateStore

/// The catalog says what the documents say, or nothing.
struct CatalogTests {
  @Test(arguments: 0..<6 as Range<UInt64>)
  func catalogFollowsEveryChange(_ seed: UInt64) throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: seed)
      var networks: [Network] = []
      for step in 0..<40 {
        if arbitrary.below(3) == 0, !networks.isEmpty {
          try folder.drop(networks.remove(at: arbitrary.below(networks.count)))
        } else {
          let network = arbitrary.network(name: "\(step)\(arbitrary.text())")
          try folder.add(network)
          networks.append(network)
        }
        try expect(folder, toHold: networks)
      }
    }
  }

  @Test func removedNetworksDoNotPileUp() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 1)
      let kept = arbitrary.network(name: "kept")
      try folder.add(kept)
      for step in 0..<200 {
        let network = arbitrary.network(name: "\(step)")
        try folder.add(network)
        try folder.drop(network)
      }

      let lines = readFile(folder.file("catalog")).count { $0 == UInt8(ascii: "\n") }

      #expect(lines < 100)
      try expect(folder, toHold: [kept])
    }
  }

  @Test func networkMayComeBackAfterItsRemovalBegan() throws {
    try withNetworks { folder, networks in
      try folder.change { (state) throws(StateError) in
        try state.stageRemoval(networks[1])
        try state.commit(networks[1])
      }

      try expect(folder, toHold: networks)
    }
  }

  @Test(arguments: [true, false])
  func somethingElseInPlaceOfTheCatalogIsReplaced(_ isLink: Bool) throws {
    try withNetworks { folder, networks in
      let file = folder.file("catalog")
      writeFile(folder.path + "/../victim", [1])
      #expect(unlink(file) == 0)
      #expect((isLink ? symlink("../victim", file) : mkfifo(file, 0o600)) == 0)

      try expect(folder, toList: networks)
      try folder.drop(networks[0])

      try expect(folder, toList: Array(networks.dropFirst()))
      #expect(readFile(folder.path + "/../victim") == [1])
    }
  }

  @Test func brokenCatalogIsNotBelieved() throws {
    try withNetworks { folder, networks in
      let whole = readFile(folder.file("catalog"))
      let header = NetworkCache.brokenHeader(boot: boot)
      let lie = header + NetworkCache.removal(of: networks[0].id)
      writeFile(folder.file("catalog"), lie + whole[header.count...])

      #expect(folder.cache() == nil)
      try expect(folder, toList: networks)
      try folder.change { _ throws(StateError) in }
      try expect(folder, toHold: networks)
    }
  }

  @Test func catalogOfAnotherBootIsNotBelieved() throws {
    try withNetworks { folder, networks in
      let later = try #require(try StateFolder.open(folder.path, boot: "another boot"))

      #expect(later.cache() == nil)
      try expect(later, toList: networks)
      try later.change { _ throws(StateError) in }
      try expect(later, toHold: networks)
    }
  }

  @Test func missingCatalogIsMadeAnew() throws {
    try withNetworks { folder, networks in
      try folder.root.remove("catalog")

      try expect(folder, toList: networks)
      try folder.change { _ throws(StateError) in }
      try expect(folder, toHold: networks)
    }
  }

  @Test func truncatedCatalogIsNeverWrong() throws {
    try withNetworks { folder, networks in
      let whole = readFile(folder.file("catalog"))
      let stamp = folder.root.stamp(of: "networks")
      let documents = try #require(stamp)
      for length in whole.indices {
        let part = Array(whole[..<length])
        #expect(NetworkCache(part, boot: boot, documents: documents) == nil, "\(length) bytes")
      }

      writeFile(folder.file("catalog"), whole.dropLast(10))

      try expect(folder, toList: networks)
      #expect(try folder.index().network(named: networks[2].name)?.id == networks[2].id)
    }
  }

  @Test func catalogThatSomethingWasAddedToIsNeverWrong() throws {
    try withNetworks { (folder, networks) throws in
      let whole = readFile(folder.file("catalog"))
      let line = NetworkCache.removal(of: networks[1].id)
      let stamp = folder.root.stamp(of: "networks")
      let documents = try #require(stamp)
      for length in 1...line.count {
        let longer = whole + line[..<length]
        #expect(NetworkCache(longer, boot: boot, documents: documents) == nil, "\(length) bytes")
      }
    }
  }

  @Test func readerSeesTheNetworksBeforeOrAfterAChange() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 9)
      let fixed = (0..<5).map { arbitrary.network(name: "fixed\($0)") }
      for network in fixed { try folder.add(network) }
      let changing = (0..<200).map { arbitrary.network(name: "changing\($0)") }
      let expected = Set(fixed.map(\.id))
      let isDone = Flag()

      let writer = Worker {
        defer { isDone.raise() }
        for network in changing {
          try folder.add(network)
          try folder.drop(network)
        }
      }
      var extremes: Set<Int> = []
      while !isDone.isRaised {
        let ids = Set(try folder.index().listing.networks.map(\.id))
        #expect(ids.isSuperset(of: expected))
        extremes.insert(ids.count - expected.count)
      }

      try writer.join()
      #expect(extremes.isSubset(of: [0, 1]))
    }
  }

  private func withNetworks(_ body: (StateFolder, [Network]) throws -> Void) throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 6)
      let networks = (0..<4).map { arbitrary.network(name: "\($0)\n\t") }
      for network in networks { try folder.add(network) }
      try body(folder, networks)
    }
  }

  private func expect(_ folder: StateFolder, toHold networks: [Network]) throws {
    let cache = try #require(folder.cache())
    #expect(cache.count == networks.count)
    try expect(folder, toList: networks)
  }

  private func expect(_ folder: StateFolder, toList networks: [Network]) throws {
    let listing = try folder.index().listing
    #expect(Set(listing.networks) == Set(networks))
    #expect(listing.networks.count == networks.count)
    #expect(Set(try folder.documents().listing.networks) == Set(networks))
  }
}

private final class Flag: Sendable {
  private let value = Atomic(false)

  var isRaised: Bool { value.load(ordering: .acquiring) }

  func raise() {
    value.store(true, ordering: .releasing)
  }
}

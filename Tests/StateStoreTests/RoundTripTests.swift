import KernelTestSupport
import NetworkModel
import Testing

@testable import StateStore

struct RoundTripTests {
  @Test(arguments: 0..<100 as Range<UInt64>)
  func everythingIsReadBack(_ seed: UInt64) throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: seed)
      let network = arbitrary.network()
      let endpoints = (0..<3).map { _ in arbitrary.endpoint(of: network.id) }
      let leases = arbitrary.leases()
      let host = arbitrary.host()

      try folder.add(network)
      for endpoint in endpoints { try folder.add(endpoint) }
      try folder.change { (state) throws(StateError) in
        try state.save(leases, of: network.id)
        try state.save(host)
      }

      #expect(try folder.network(network.id) == network)
      #expect(try folder.index().network(named: network.name)?.id == network.id)
      #expect(try folder.index().listing.networks == [network])
      #expect(
        try folder.index().subnets()
          == network.subnets.map {
            NetworkSubnet(prefix: $0.subnet, space: network.addressSpace)
          })
      #expect(try folder.endpoints(of: network.id) == endpoints.sorted { $0.id < $1.id })
      #expect(try folder.leases(of: network.id) == leases)
      #expect(try folder.host() == host)
      for endpoint in endpoints {
        #expect(try folder.endpoints(of: endpoint.container.id).contains(endpoint))
      }
    }
  }

  @Test func whatIsNotThereIsEmpty() throws {
    try withStateFolder { (folder) throws in
      var arbitrary = Arbitrary(seed: 1)

      #expect(try folder.network(arbitrary.id()) == nil)
      #expect(try folder.index().network(named: "n")?.id == nil)
      #expect(try folder.index().ids(beginningWith: "").isEmpty)
      #expect(try folder.leases(of: arbitrary.id()) == NetworkLeases())
      #expect(try folder.endpoints(of: arbitrary.id() as NetworkID).isEmpty)
      #expect(try folder.endpoints(of: arbitrary.id() as ContainerID).isEmpty)
      #expect(try !folder.hasEndpoints(arbitrary.id()))
    }
  }

  @Test func removedThingsLeaveNothing() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 2)
      let before = FolderSnapshot(of: folder.path)
      let network = arbitrary.network()
      let endpoint = arbitrary.endpoint(of: network.id)
      let leases = arbitrary.leases()

      try folder.add(network)
      try folder.add(endpoint)
      try folder.change { (state) throws(StateError) in try state.save(leases, of: network.id) }
      try folder.drop(endpoint)
      try folder.drop(network)

      #expect(
        FolderSnapshot(of: folder.path).without("catalog") == before.without("catalog"))
    }
  }

  @Test func identitiesAreFoundByTheirBeginning() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 3)
      let networks = (0..<20).map { arbitrary.network(name: "n\($0)") }
      for network in networks { try folder.add(network) }

      for prefix in ["", "0", "1", "ab", networks[7].id.short, networks[7].id.description] {
        let expected = networks.map(\.id).filter { $0.description.hasPrefix(prefix) }.sorted()
        #expect(try folder.index().ids(beginningWith: prefix) == expected)
      }
    }
  }

  /// A name is compared byte by byte, as Docker does: both spellings of é are names.
  @Test func namesThatLookAlikeAreTwo() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 4)
      let composed = arbitrary.network(name: "\u{e9}")
      let decomposed = arbitrary.network(name: "e\u{301}")

      try folder.add(composed)
      #expect(try folder.index().network(named: decomposed.name)?.id == nil)
      try folder.add(decomposed)

      #expect(try folder.index().network(named: composed.name)?.id == composed.id)
      #expect(try folder.index().network(named: decomposed.name)?.id == decomposed.id)
    }
  }

  @Test func severalCommandsMayUseOneFolder() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 5)
      let network = arbitrary.network()
      try folder.add(network)

      let other = try #require(try StateFolder.open(folder.path, boot: boot))

      #expect(other.isInitialised)
      #expect(try other.network(network.id) == network)
    }
  }

  @Test func absentFolderIsNil() throws {
    try withTemporaryFolder { (path) throws in
      #expect(try StateFolder.open(path + "/absent", boot: boot) == nil)
    }
  }
}

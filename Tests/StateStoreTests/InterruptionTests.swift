import KernelTestSupport
import LinuxSystem
import NetworkModel
import Testing

@testable import StateStore

/// A command that is killed leaves a record that the next one finds.
struct InterruptionTests {
  @Test func networkStandsUnfinishedUntilItIsFinished() throws {
    try withObjects { folder, network, _ in
      try folder.change { (state) throws(StateError) in try state.stage(network) }

      #expect(try unfinished(folder).networks == [network])
      #expect(try folder.network(network.id) == nil)
      #expect(try folder.index().listing.networks.isEmpty)

      try folder.change { (state) throws(StateError) in try state.commit(network) }

      #expect(try unfinished(folder).isEmpty)
      #expect(try folder.network(network.id) == network)
    }
  }

  @Test func networkStandsUnfinishedUntilItIsForgotten() throws {
    try withObjects { folder, network, _ in
      try folder.add(network)
      try folder.change { (state) throws(StateError) in try state.stageRemoval(network) }

      #expect(try unfinished(folder).networks == [network])
      #expect(try folder.network(network.id) == nil)
      #expect(try folder.index().listing.networks.isEmpty)

      try folder.change { (state) throws(StateError) in try state.discard(network) }

      #expect(try unfinished(folder).isEmpty)
    }
  }

  @Test func endpointStandsUnfinishedUntilItIsFinished() throws {
    try withObjects { folder, network, endpoint in
      try folder.add(network)
      try folder.change { (state) throws(StateError) in try state.stage(endpoint) }

      #expect(try unfinished(folder).endpoints == [endpoint])
      #expect(try folder.endpoints(of: network.id).isEmpty)
      #expect(try folder.endpoints(of: endpoint.container.id).isEmpty)
      #expect(try !folder.hasEndpoints(network.id))

      try folder.change { (state) throws(StateError) in try state.commit(endpoint) }

      #expect(try unfinished(folder).isEmpty)
      #expect(try folder.endpoints(of: network.id) == [endpoint])
      #expect(try folder.endpoints(of: endpoint.container.id) == [endpoint])
      #expect(try folder.hasEndpoints(network.id))
    }
  }

  @Test func endpointStandsUnfinishedUntilItIsForgotten() throws {
    try withObjects { folder, network, endpoint in
      try folder.add(network)
      try folder.add(endpoint)
      try folder.change { (state) throws(StateError) in try state.stageRemoval(endpoint) }

      #expect(try unfinished(folder).endpoints == [endpoint])
      #expect(try folder.endpoints(of: network.id).isEmpty)
      #expect(try folder.endpoints(of: endpoint.container.id).isEmpty)
      #expect(try !folder.hasEndpoints(network.id))

      try folder.change { (state) throws(StateError) in try state.discard(endpoint) }

      #expect(try unfinished(folder).isEmpty)
    }
  }

  /// Whichever of the documents a killed command has replaced, the record names both of each.
  @Test func changedNetworkStandsUnfinishedUntilItIsSettled() throws {
    try withObjects { folder, network, endpoint in
      try folder.add(network)
      try folder.add(endpoint)
      var (renamed, moved) = (network, endpoint)
      renamed.name += "'"
      moved.route = RouteCandidate(networkName: renamed.name)
      let update = NetworkUpdate(
        old: network, new: renamed, endpoints: [.init(old: endpoint, new: moved)])
      try folder.change { (state) throws(StateError) in
        try state.stage(update)
        try state.apply(update)
      }

      #expect(try unfinished(folder).updates == [update])
      #expect(try folder.network(network.id) == renamed)
      #expect(try folder.index().network(named: renamed.name) == renamed)
      #expect(try folder.index().network(named: network.name) == nil)
      #expect(try folder.endpoints(of: network.id) == [moved])

      try folder.change { (state) throws(StateError) in
        try state.apply(update.reversed)
        try state.settle(update)
      }

      #expect(try unfinished(folder).isEmpty)
      #expect(try folder.index().listing.networks == [network])
      #expect(try folder.endpoints(of: network.id) == [endpoint])
    }
  }

  /// The record goes last, so forgetting may stop after any of the files before it.
  @Test func forgettingCanBeTakenUpAnywhere() throws {
    try withObjects { folder, network, endpoint in
      let leases = NetworkLeases()
      try folder.add(network)
      let before = FolderSnapshot(of: folder.path)
      try folder.add(endpoint)
      try folder.change { (state) throws(StateError) in
        try state.stageRemoval(endpoint)
      }
      let parts = [
        "containers/\(endpoint.container.id)/\(network.id).\(endpoint.id)",
        "containers/\(endpoint.container.id)", "endpoints/\(network.id)",
      ]
      for part in parts {
        if part == parts[0] {
          try folder.root.remove(part)
        } else {
          try folder.root.removeDirectory(part)
        }
        #expect(try unfinished(folder).endpoints == [endpoint])
        try folder.change { (state) throws(StateError) in
          try state.save(leases, of: network.id)
        }
      }

      try folder.change { (state) throws(StateError) in try state.discard(endpoint) }

      #expect(
        FolderSnapshot(of: folder.path).without("leases/\(network.id).json", "catalog")
          == before.without("catalog"))
    }
  }

  @Test func halfWrittenFilesAreSweptAway() throws {
    try withObjects { (folder, network, endpoint) throws in
      let before = FolderSnapshot(of: folder.path)
      for name in ["network-\(network.id).json.new", "endpoint-\(endpoint.id).json.new"] {
        writeFile(folder.file("unfinished/\(name)"), "{\"sch".utf8)
      }

      #expect(try unfinished(folder).isEmpty)
      #expect(FolderSnapshot(of: folder.path).without("catalog") == before.without("catalog"))
    }
  }

  @Test func halfWrittenReplacementDoesNotCount() throws {
    try withObjects { folder, network, _ in
      try folder.add(network)
      writeFile(folder.file("networks/\(network.id).json.new"), "{".utf8)
      writeFile(folder.file("catalog"), [])

      let listing = try folder.index().listing

      #expect(listing.networks == [network])
      #expect(listing.damaged.isEmpty)
    }
  }

  @Test func unreadableRecordOfAnInterruptionIsNamed() throws {
    try withObjects { (folder, network, _) throws in
      let file = "unfinished/network-\(network.id).json"
      writeFile(folder.file(file), "garbage".utf8)

      let found = try unfinished(folder)

      #expect(found.isEmpty)
      #expect(found.damaged.count == 1)
      guard case .notJSON(file, _)? = found.damaged.first else {
        Issue.record("\(found.damaged)")
        return
      }
    }
  }

  @Test func failedWriteLeavesTheOldFile() throws {
    try withObjects { folder, network, _ in
      var arbitrary = Arbitrary(seed: 3)
      let host = try folder.host()
      let other = arbitrary.host()
      try folder.root.makeDirectory("host.json.new")

      #expect(throws: StateError.self) {
        try folder.change { (state) throws(StateError) in try state.save(other) }
      }

      #expect(try folder.host() == host)
    }
  }

  @Test func networkThatCannotBeFinishedStaysUnfinished() throws {
    try withObjects { folder, network, _ in
      try folder.root.makeDirectory("networks/\(network.id).json")

      #expect(throws: StateError.self) { try folder.add(network) }
      try folder.root.removeDirectory("networks/\(network.id).json")

      #expect(try unfinished(folder).networks == [network])
      #expect(try folder.index().listing.networks.isEmpty)
    }
  }

  private func unfinished(_ folder: StateFolder) throws -> PendingChanges {
    try folder.change { (state) throws(StateError) in try state.discardingUnwrittenChanges() }
  }

  private func withObjects(_ body: (StateFolder, Network, Endpoint) throws -> Void) throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 21)
      let network = arbitrary.network()
      try body(folder, network, arbitrary.endpoint(of: network.id))
    }
  }
}

import KernelTestSupport
import NetworkModel
import OrderedJSON
import Testing

@testable import StateStore

/// A document that cannot be read is an error that names it, and nothing is lost.
struct DamagedDocumentTests {
  enum Document: CaseIterable {
    case network, endpoint, leases, host
  }

  @Test(arguments: Document.allCases)
  func truncatedDocumentIsNotJSON(_ document: Document) throws {
    try withDocument(document) { file, folder, read in
      let whole = readFile(folder.file(file))
      for length in whole.indices {
        writeFile(folder.file(file), whole[..<length])

        let error = #expect(throws: StateError.self) { try read() }
        guard case .notJSON(file, _) = error else {
          Issue.record("\(length) bytes: \(String(describing: error))")
          return
        }
      }
    }
  }

  @Test(
    arguments: Document.allCases,
    [
      "", "\u{0}", "garbage", "{", "[]{}", "{\"schema\":1,\"schema\":1}", "{\"schema\":1}x",
      "\u{feff}{}", "{\"schema\":1,}", String(repeating: "[", count: 100_000),
    ])
  func garbageIsNotJSON(_ document: Document, bytes: String) throws {
    try withDocument(document) { file, folder, read in
      writeFile(folder.file(file), bytes.utf8)
      let before = FolderSnapshot(of: folder.path)

      let error = #expect(throws: StateError.self) { try read() }

      guard case .notJSON(file, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(FolderSnapshot(of: folder.path) == before)
    }
  }

  @Test(
    arguments: Document.allCases,
    [
      ("null", "", false), ("[]", "", false), ("1", "", false), ("{}", "schema", true),
      ("{\"schema\":\"1\"}", "schema", false), ("{\"schema\":1.5}", "schema", false),
      ("{\"schema\":1e999}", "schema", false), ("{\"schema\":null}", "schema", false),
    ])
  func otherJSONIsMalformed(
    _ document: Document, bytes: (text: String, path: String, isMissing: Bool)
  ) throws {
    try withDocument(document) { file, folder, read in
      writeFile(folder.file(file), bytes.text.utf8)

      let error = #expect(throws: StateError.self) { try read() }

      guard case .malformed(file, let reason) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason.path == bytes.path)
      #expect(reason.isMissing == bytes.isMissing)
    }
  }

  @Test(arguments: Document.allCases)
  func documentOfALaterVersionIsRefused(_ document: Document) throws {
    try withDocument(document) { file, folder, read in
      writeFile(folder.file(file), "{\"schema\":4,\"new\":true}".utf8)

      #expect(throws: StateError.newerSchema(file: file)) { try read() }
    }
  }

  @Test(arguments: Document.allCases)
  func everyMemberCounts(_ document: Document) throws {
    try withDocument(document) { file, folder, read in
      let whole = try #require(try JSONValue(parsing: readFile(folder.file(file))).object)
      for name in whole.names {
        for value: JSONValue in [[[]], ["x": []]] {
          var changed = whole
          changed[name] = value
          writeFile(folder.file(file), JSONValue.object(changed).bytes())

          let error = #expect(throws: StateError.self, "\(name): \(value)") { try read() }

          guard case .malformed(file, _) = error else {
            Issue.record("\(name): \(String(describing: error))")
            continue
          }
        }
      }
    }
  }

  /// A member that this version does not know was put there for a reader who does.
  @Test(arguments: Document.allCases)
  func unknownMemberIsPassedOver(_ document: Document) throws {
    try withDocument(document) { file, folder, read in
      let whole = try #require(try JSONValue(parsing: readFile(folder.file(file))).object)
      var changed = whole
      changed["later"] = ["x": 1]
      writeFile(folder.file(file), JSONValue.object(changed).bytes())

      #expect(throws: Never.self) { try read() }
    }
  }

  @Test func otherNetworksAreNotAffected() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 11)
      let good = arbitrary.network(name: "good")
      let bad = arbitrary.network(name: "bad")
      try folder.add(good)
      try folder.add(bad)
      let file = "networks/\(bad.id).json"
      writeFile(folder.file(file), "garbage".utf8)
      writeFile(folder.file("catalog"), [])

      let index = try folder.index()

      #expect(try folder.network(good.id) == good)
      #expect(try index.network(named: "good")?.id == good.id)
      let listing = index.listing
      #expect(listing.networks == [good])
      #expect(listing.damaged.count == 1)
      // What is not found might be what cannot be read.
      let error = #expect(throws: StateError.self) { try index.network(named: "bad")?.id }
      guard case .notJSON(file, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(throws: StateError.self) { try index.subnets() }
    }
  }

  @Test func catalogDoesNotComeBackOverADamagedDocument() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 12)
      let networks = (0..<3).map { arbitrary.network(name: "n\($0)") }
      try folder.add(networks[0])
      try folder.add(networks[1])
      // As if a command had been killed between a document and its line.
      let cache = readFile(folder.file("catalog"))
      let broken = NetworkCache.brokenHeader(boot: boot)
      writeFile(folder.file("catalog"), broken + cache.dropFirst(broken.count))
      let file = "networks/\(networks[0].id).json"
      let document = readFile(folder.file(file))
      writeFile(folder.file(file), "garbage".utf8)

      try folder.add(networks[2])
      writeFile(folder.file(file), document)

      #expect(
        Set(try folder.index().listing.networks.map(\.name)) == ["n0", "n1", "n2"])
    }
  }

  /// Runs `body` with a state directory that holds one of each document, the name of the one asked
  /// for and a way to read it.
  private func withDocument(
    _ document: Document,
    _ body: (_ file: String, StateFolder, _ read: () throws -> Void) throws -> Void
  ) throws {
    try withStateFolder { folder in
      let (network, endpoint) = try Self.sample()
      var arbitrary = Arbitrary(seed: 8)
      let leases = arbitrary.leases()
      try folder.add(network)
      try folder.add(endpoint)
      try folder.change { (state) throws(StateError) in try state.save(leases, of: network.id) }
      switch document {
      case .network:
        try body("networks/\(network.id).json", folder) { _ = try folder.network(network.id) }
      case .endpoint:
        try body("endpoints/\(network.id)/\(endpoint.id).json", folder) {
          _ = try folder.endpoints(of: network.id)
        }
      case .leases:
        try body("leases/\(network.id).json", folder) { _ = try folder.leases(of: network.id) }
      case .host:
        try body("host.json", folder) { _ = try folder.host() }
      }
    }
  }

  /// Draws until every member that can be left out is there.
  private static func sample() throws -> (Network, Endpoint) {
    var arbitrary = Arbitrary(seed: 7)
    while true {
      let network = arbitrary.network()
      let endpoint = arbitrary.endpoint(of: network.id)
      let settings = endpoint.settings
      let isWhole =
        network.configurationSource != nil && !network.options.isEmpty && !network.labels.isEmpty
        && !network.preexistingAddresses.isEmpty
        && network.isInternal && network.isAttachable && network.isConfigurationOnly
        && endpoint.interface != nil && !settings.aliases.isEmpty && !settings.links.isEmpty
        && !settings.driverOptions.isEmpty
      if isWhole { return (network, endpoint) }
    }
  }
}

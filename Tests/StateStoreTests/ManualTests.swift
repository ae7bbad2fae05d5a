import Foundation
import OrderedJSON
import Testing

@testable import StateStore

/// The manual page of the state directory says what the code writes.
@Suite struct ManualTests {
  @Test func manualNamesExactlyTheMembersOfEachDocument() throws {
    let manual = try Self.membersInManual()

    for (document, members) in try Self.membersInCode() {
      #expect(manual[document] == members, "\(document)")
    }
  }

  @Test func manualNamesTheSchemaInForce() throws {
    #expect(try Self.manual().contains(".Cm schema\nis \(SchemaVersion.current).\n"))
  }

  /// The members that any of many documents has, without the schema that all have.
  private static func membersInCode() throws -> [String: Set<String>] {
    var members: [String: Set<String>] = [:]
    for seed in 0..<200 as Range<UInt64> {
      var arbitrary = Arbitrary(seed: seed)
      let documents = [
        "host.json": HostDocument.encode(arbitrary.host()),
        "networks": NetworkDocument.encode(arbitrary.network()),
        "leases": LeaseDocument.encode(arbitrary.leases()),
        "endpoints": EndpointDocument.encode(arbitrary.endpoint()),
      ]
      for (document, bytes) in documents {
        members[document, default: []].formUnion(names(in: try JSONValue(parsing: bytes)))
      }
    }
    return members.mapValues { $0.subtracting([SchemaVersion.member]) }
  }

  /// The names of members of `value` and of what is in it, except those that users choose.
  private static func names(in value: JSONValue) -> Set<String> {
    switch value {
    case .array(let elements):
      return elements.reduce(into: []) { $0.formUnion(names(in: $1)) }
    case .object(let object):
      return object.members.reduce(into: []) { found, member in
        found.insert(member.name)
        if !["aux", "labels", "options"].contains(member.name) {
          found.formUnion(names(in: member.value))
        }
      }
    default: return []
    }
  }

  private static func membersInManual() throws -> [String: Set<String>] {
    var members: [String: Set<String>] = [:]
    var document: String?
    for line in try manual().split(separator: "\n") {
      if line.hasPrefix(".Ss ") {
        document = String(line.dropFirst(4))
      } else if line.hasPrefix(".Sh ") {
        document = nil
      } else if let document, line.hasPrefix(".It Cm ") {
        let names = line.dropFirst(7).split(separator: " , ").map(String.init)
        members[document, default: []].formUnion(names)
      }
    }
    return members
  }

  private static func manual() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("man/netctl-state.5"), encoding: .utf8)
  }
}

import OrderedJSON
import Testing

struct ObjectReaderTests {
  private let document: JSONValue = [
    "id": "6d1a", "internal": true, "mtu": 1500, "none": .null,
    "ipam": ["config": [["subnet": "10.0.0.0/24"], ["subnet": 5], "x"]],
    "labels": ["b": "1", "a": "2"], "options": ["a": 1], "aliases": ["web", "www"],
    "mixed": ["web", 1], "big": 300,
  ]

  private var reader: ObjectReader {
    get throws { try ObjectReader(document) }
  }

  @Test func membersAreReadByType() throws {
    #expect(try reader.string("id") == "6d1a")
    #expect(try reader.boolean("internal"))
    #expect(try reader.integer("mtu") == 1500)
    #expect(try reader.integer("mtu", as: UInt32.self) == 1500)
    #expect(try reader.strings("aliases") == ["web", "www"])
    #expect(try reader.stringMap("labels") == ["a": "2", "b": "1"])
    #expect(try reader.parsed("id") { Int($0, radix: 16) } == 0x6d1a)
    #expect(try reader.value("none") == .null)
    #expect(try reader.optionalStrings("aliases") == ["web", "www"])
    #expect(try reader.parsedElements("aliases") { $0.first } == ["w", "w"])
  }

  @Test func absentAndNullMembersAreNil() throws {
    for name in ["none", "absent"] {
      #expect(try reader.optionalString(name) == nil)
      #expect(try reader.optionalBoolean(name) == nil)
      #expect(try reader.optionalInteger(name, as: Int.self) == nil)
      #expect(try reader.optionalObject(name) == nil)
      #expect(try reader.optionalStringMap(name) == nil)
      #expect(try reader.optionalStrings(name) == nil)
      #expect(try reader.optionalParsed(name) { Int($0) } == nil)
    }
  }

  @Test(arguments: [
    Row("absent string", "absent", .string, missing: true) { _ = try $0.string("absent") },
    Row("null string", "none", .string, missing: false) { _ = try $0.string("none") },
    Row("number for a string", "mtu", .string, missing: false) { _ = try $0.optionalString("mtu") },
    Row("string for a boolean", "id", .boolean, missing: false) { _ = try $0.boolean("id") },
    Row("integer too wide", "big", .integer(type: "UInt8"), missing: false) {
      _ = try $0.integer("big", as: UInt8.self)
    },
    Row("string for an object", "id", .object, missing: false) { _ = try $0.object("id") },
    Row("absent object", "absent", .object, missing: true) { _ = try $0.object("absent") },
    Row("object for a list", "ipam", .array, missing: false) { _ = try $0.objects("ipam") },
    Row("unparsable text", "id", .text(type: "Int"), missing: false) {
      _ = try $0.parsed("id") { Int($0) }
    },
    Row("absent value", "absent", .value, missing: true) { _ = try $0.value("absent") },
    Row("number in a map", "options.a", .string, missing: false) {
      _ = try $0.stringMap("options")
    },
    Row("number in a list", "mixed[1]", .string, missing: false) { _ = try $0.strings("mixed") },
    Row("unparsable element", "aliases[0]", .text(type: "Int"), missing: false) {
      _ = try $0.parsedElements("aliases") { Int($0) }
    },
    Row("string among objects", "ipam.config[2]", .object, missing: false) {
      _ = try $0.object("ipam").objects("config")
    },
  ])
  func errorNamesPathAndExpectation(_ row: Row) throws {
    let reader = try reader

    let error = #expect(throws: DocumentError.self) { try row.read(reader) }

    #expect(error?.path == row.path)
    #expect(error?.expected == row.expected)
    #expect(error?.isMissing == row.isMissing)
  }

  @Test func pathLeadsThroughListsAndObjects() throws {
    let value: JSONValue = ["ipam": ["config": [["subnet": "10.0.0.0/24"], ["subnet": 5]]]]
    let configs = try ObjectReader(value).object("ipam").objects("config")

    let error = #expect(throws: DocumentError.self) { try configs[1].string("subnet") }

    #expect(error?.path == "ipam.config[1].subnet")
  }

  @Test func rootMustBeAnObject() {
    let error = #expect(throws: DocumentError.self) { try ObjectReader([]) }

    #expect(error?.path == "")
    #expect(error?.expected == .object)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let path: String
    let expected: DocumentError.Expectation
    let isMissing: Bool
    let read: @Sendable (ObjectReader) throws -> Void

    init(
      _ testDescription: String, _ path: String, _ expected: DocumentError.Expectation,
      missing isMissing: Bool, _ read: @escaping @Sendable (ObjectReader) throws -> Void
    ) {
      self.testDescription = testDescription
      self.path = path
      self.expected = expected
      self.isMissing = isMissing
      self.read = read
    }
  }
}

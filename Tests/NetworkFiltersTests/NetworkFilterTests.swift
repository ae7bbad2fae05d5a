import NetworkFilters
import NetworkModel
import Testing

struct NetworkFilterTests {
  @Test(
    arguments: [
      ("nothing", [], true),
      ("driver", [("driver", "bridge")], true),
      ("other driver", [("driver", "host")], false),
      ("driver in other case", [("driver", "Bridge")], false),
      ("one of two drivers", [("driver", "host"), ("driver", "bridge")], true),
      ("empty driver", [("driver", "")], false),
      ("beginning of the name", [("name", "web")], true),
      ("middle of the name", [("name", "eb-p")], true),
      ("expression", [("name", "^web-p.*d$")], true),
      ("expression that fails", [("name", "^prod")], false),
      ("text that is no expression", [("name", "[")], false),
      ("case matters in names", [("name", "WEB")], false),
      ("case need not matter", [("name", "(?i)WEB")], true),
      ("empty name", [("name", "")], true),
      ("one of two names", [("name", "db"), ("name", "web")], true),
      ("beginning of the identity", [("id", "0a0a")], true),
      ("middle of the identity", [("id", "a0a0a0")], true),
      ("other identity", [("id", "ff")], false),
      ("key of a label", [("label", "env")], true),
      ("label", [("label", "env=prod")], true),
      ("other value of a label", [("label", "env=dev")], false),
      ("part of a value", [("label", "env=pro")], false),
      ("value with an equals sign", [("label", "expr=a=b")], true),
      ("label without a value", [("label", "empty")], true),
      ("empty value of a label", [("label", "empty=")], true),
      ("empty value of another", [("label", "env=")], false),
      ("both labels", [("label", "env"), ("label", "empty")], true),
      ("one label of two", [("label", "env"), ("label", "nosuch")], false),
      ("no label", [("label", "")], false),
      ("label without a key", [("label", "=prod")], false),
      ("scope", [("scope", "local")], true),
      ("beginning of the scope", [("scope", "loc")], false),
      ("custom", [("type", "custom")], true),
      ("built in", [("type", "builtin")], false),
      ("either type", [("type", "builtin"), ("type", "custom")], true),
      ("all kinds hold", [("driver", "bridge"), ("name", "web"), ("label", "env")], true),
      ("one kind does not", [("driver", "bridge"), ("name", "db"), ("label", "env")], false),
    ] as [(String, [(String, String)], Bool)])
  func networkIsSelected(_ row: String, _ terms: [(String, String)], isSelected: Bool) throws {
    let filter = try NetworkFilter(terms.map { (name: $0.0, value: $0.1) })

    #expect(filter.matches(Sample.network) == isSelected, "\(row)")
  }

  @Test(
    arguments: [
      ([("nosuch", "x")], .unknown("nosuch")),
      ([("label!", "x")], .unknown("label!")),
      ([("until", "1h")], .unknown("until")),
      ([("", "x")], .unknown("")),
      ([("type", "weird")], .invalidType("weird")),
      ([("type", "custom"), ("type", "")], .invalidType("")),
      ([("dangling", "maybe")], .notABoolean("dangling")),
      ([("dangling", "TRUE")], .notABoolean("dangling")),
      ([("dangling", "true"), ("dangling", "false")], .severalValues("dangling")),
    ] as [([(String, String)], FilterError)])
  func filterIsRefused(_ terms: [(String, String)], reason: FilterError) {
    #expect(throws: reason) { try NetworkFilter(terms.map { (name: $0.0, value: $0.1) }) }
  }

  @Test(
    arguments: [
      ([], nil), (["true"], true), (["1"], true), (["false"], false), (["0"], false),
      (["true", "true"], true),
    ] as [([String], Bool?)])
  func danglingIsLeftToTheCaller(_ values: [String], isDangling: Bool?) throws {
    let filter = try NetworkFilter(values.map { (name: "dangling", value: $0) })

    #expect(filter.isDangling == isDangling)
    #expect(filter.matches(Sample.network))
  }

  @Test func predefinedNetworksAreBuiltIn() throws {
    let filter = try NetworkFilter([(name: "type", value: "builtin")])

    #expect(filter.matches(Sample.named("bridge")))
    #expect(!filter.matches(Sample.named("bridge2")))
  }
}

import Addressing
import NetworkModel
import Testing

@testable import Naming

/// Which name leads where for whom; the rows are what Docker 28 answers.
struct NameScopeTests {
  private let web = container("web", 1)
  private let db = container("db", 2)
  private let cache = container("Cache", 3)

  private var shared: NameScope {
    scope(
      (
        endpoint(web, "blue", ["10.0.0.2/24"]),
        [
          endpoint(db, "blue", ["10.0.0.3/24", "fd00::3/64"], aliases: ["sql", "pool"]),
          endpoint(cache, "blue", ["10.0.0.4/24"], aliases: ["pool", "x.y"]),
        ], false
      ))
  }

  @Test(arguments: [
    ("db", ["10.0.0.3", "fd00::3"]), ("sql", ["10.0.0.3", "fd00::3"]), ("web", ["10.0.0.2"]),
    ("DB", ["10.0.0.3", "fd00::3"]), ("db.", ["10.0.0.3", "fd00::3"]), ("cache", ["10.0.0.4"]),
    ("db.blue", ["10.0.0.3", "fd00::3"]), ("sql.BLUE", ["10.0.0.3", "fd00::3"]),
    ("db.red", []), ("pool", ["10.0.0.3", "10.0.0.4", "fd00::3"]), ("x.y", ["10.0.0.4"]),
    ("x.y.blue", ["10.0.0.4"]), ("blue", []), ("localhost", []), ("", []), (".", []),
  ])
  func names(name: String, addresses: [String]) {
    #expect(shared.addresses(name) == addresses)
  }

  @Test func shortIDIsANameAndOtherPrefixesAreNot() {
    let id = db.id.description

    #expect(shared.addresses(db.id.short) == ["10.0.0.3", "fd00::3"])
    #expect(shared.addresses(String(id.prefix(11))).isEmpty)
    #expect(shared.addresses(String(id.prefix(13))).isEmpty)
    #expect(shared.addresses(id).isEmpty)
  }

  @Test(arguments: [
    ("10.0.0.3", "db.blue"), ("fd00::3", "db.blue"), ("10.0.0.2", "web.blue"), ("10.0.0.1", nil),
  ])
  func reverse(address: String, name: String?) {
    #expect(shared.owner(of: IPAddress(address)!)?.name == name)
  }

  @Test func firstNetworkInRouteOrderDecidesPerFamily() {
    let scope = scope(
      (
        endpoint(web, "blue", ["10.0.0.2/24"]),
        [endpoint(db, "blue", ["10.0.0.3/24"])], false
      ),
      (
        endpoint(web, "amber", ["10.1.0.2/24"], priority: -1),
        [endpoint(db, "amber", ["10.1.0.3/24", "fd01::3/64"])], false
      ))

    #expect(scope.addresses("db") == ["10.0.0.3", "fd01::3"])
    #expect(scope.addresses("db.amber") == ["10.1.0.3", "fd01::3"])
    #expect(
      Set(scope.hostsLines) == [
        "10.0.0.2\tweb \(web.id.short) web.blue \(web.id.short).blue",
        "10.0.0.3\tdb \(db.id.short) db.blue \(db.id.short).blue",
        "10.1.0.2\tweb.amber \(web.id.short).amber",
        "10.1.0.3\tdb.amber \(db.id.short).amber",
        "fd01::3\tdb \(db.id.short) db.amber \(db.id.short).amber",
      ])
  }

  @Test func aliasOfOneNetworkIsUnknownOnTheOther() {
    let scope = scope(
      (endpoint(web, "amber", ["10.1.0.2/24"]), [endpoint(db, "amber", ["10.1.0.3/24"])], false))

    #expect(scope.addresses("sql").isEmpty)
  }

  @Test func linkIsAnAliasForTheLinkingContainerAlone() {
    let others = [endpoint(db, "blue", ["10.0.0.3/24"]), endpoint(cache, "blue", ["10.0.0.4/24"])]
    let linking = scope(
      (endpoint(web, "blue", ["10.0.0.2/24"], links: ["db:sql", "nobody:x"]), others, false))
    let other = scope(
      (
        endpoint(db, "blue", ["10.0.0.3/24"]),
        [endpoint(web, "blue", ["10.0.0.2/24"], links: ["db:sql"])], false
      ))

    #expect(linking.addresses("sql") == ["10.0.0.3"])
    #expect(linking.addresses("SQL.blue") == ["10.0.0.3"])
    #expect(linking.addresses("x").isEmpty)
    #expect(other.addresses("sql").isEmpty)
    let id = db.id.short
    #expect(
      linking.hostsLines.contains("10.0.0.3\tsql sql.blue db \(id) db.blue \(id).blue"))
  }

  @Test func linkHidesAContainerOfTheSameName() {
    let scope = scope(
      (
        endpoint(web, "blue", ["10.0.0.2/24"], links: ["db:cache"]),
        [endpoint(db, "blue", ["10.0.0.3/24"]), endpoint(cache, "blue", ["10.0.0.4/24"])], false
      ))

    #expect(scope.addresses("cache") == ["10.0.0.3"])
  }

  @Test func defaultNetworkHasOnlyLinksAndOneWay() {
    let linking = endpoint(web, "bridge", ["172.17.0.2/16"], links: ["db:pg"])
    let target = endpoint(db, "bridge", ["172.17.0.3/16"])

    let forward = scope((linking, [target], true))
    let back = scope((target, [linking], true))

    for name in ["pg", "db", db.id.short] { #expect(forward.addresses(name) == ["172.17.0.3"]) }
    #expect(forward.addresses("web").isEmpty)
    #expect(forward.hostsLines == ["172.17.0.3\tpg \(db.id.short) db"])
    #expect(forward.owner(of: IPAddress("172.17.0.3")!) == nil)
    #expect(back.hostsLines.isEmpty)
    #expect(back.addresses("web").isEmpty)
  }

  @Test(arguments: ["db", "target id"]) func linkTargetsAreNamesAndIDs(kind: String) {
    let target = kind == "db" ? "db" : db.id.description
    let scope = scope(
      (
        endpoint(web, "bridge", ["172.17.0.2/16"], links: [target + ":pg"]),
        [endpoint(db, "bridge", ["172.17.0.3/16"])], true
      ))

    #expect(scope.addresses("pg") == ["172.17.0.3"])
  }

  @Test func namesThatNoFileCanHoldAreLeftOut() {
    let odd = Container(name: "/run/odd", path: "/run/odd", boot: db.boot, namespace: db.namespace)
    let scope = scope(
      (
        endpoint(web, "blue", ["10.0.0.2/24"]),
        [
          endpoint(
            odd, "blue", ["10.0.0.3/24"],
            aliases: ["a b", "a#b", "a\nb", "localhost", String(repeating: "x", count: 254), "ok"])
        ], false
      ))

    #expect(
      scope.hostsLines.contains("10.0.0.3\tok \(db.id.short) ok.blue \(db.id.short).blue"))
    #expect(scope.addresses("a b").isEmpty)
  }

  /// musl reads lines into a buffer of 512 bytes.
  @Test func longLinesAreDivided() {
    let aliases = (0..<100).map { "alias-number-\($0)" }
    let scope = scope(
      (endpoint(web, "blue", ["10.0.0.2/24"], aliases: aliases), [], false))

    #expect(scope.hostsLines.allSatisfy { $0.utf8.count < 511 && $0.hasPrefix("10.0.0.2\t") })
    let file = HostsFile(
      Array(scope.hostsLines.joined(separator: "\n").utf8),
      HostsFile.Marks(statePath: "/var/lib/netctl"))
    for alias in aliases { #expect(file.addresses(of: alias) == [IPAddress("10.0.0.2")!]) }
  }
}

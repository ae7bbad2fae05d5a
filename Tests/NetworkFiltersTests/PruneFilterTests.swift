import NetworkFilters
import NetworkModel
import Testing

struct PruneFilterTests {
  private static let hour: Int64 = 3_600_000_000_000

  @Test(
    arguments: [
      ("nothing", [], true),
      ("label", [("label", "env")], true),
      ("other label", [("label", "env=dev")], false),
      ("one label of two", [("label", "env"), ("label", "x")], false),
      ("unwanted label", [("label!", "env")], false),
      ("unwanted label of others", [("label!", "x")], true),
      ("one unwanted label of two", [("label!", "env"), ("label!", "x")], true),
      ("all unwanted labels", [("label!", "env=prod"), ("label!", "empty")], false),
      ("made before", [("until", "1h")], true),
      ("made after", [("until", "3h")], false),
      ("made at that moment", [("until", "2h")], false),
      ("the same moment twice", [("until", "1h"), ("until", "1h")], true),
      ("label and moment", [("until", "1h"), ("label", "x")], false),
    ] as [(String, [(String, String)], Bool)])
  func networkMayGo(_ row: String, _ terms: [(String, String)], mayGo: Bool) throws {
    let network = Sample.named("n", created: 8 * Self.hour)

    #expect(try filter(terms).matches(network) == mayGo, "\(row)")
  }

  @Test(
    arguments: [
      ([("name", "x")], .unknown("name")),
      ([("dangling", "true")], .unknown("dangling")),
      ([("until", "nonsense"), ("x", "")], .unknown("x")),
      ([("until", "1h"), ("until", "2h")], .severalValues("until")),
      ([("until", "nonsense")], .invalidTime("nonsense")),
      ([("until", "")], .invalidTime("")),
    ] as [([(String, String)], FilterError)])
  func filterIsRefused(_ terms: [(String, String)], reason: FilterError) {
    #expect(throws: reason) { try filter(terms) }
  }

  private func filter(_ terms: [(String, String)]) throws -> PruneFilter {
    try PruneFilter(
      terms.map { (name: $0.0, value: $0.1) }, now: Timestamp(nanoseconds: 10 * Self.hour),
      secondsEastOfUTC: { _ in 0 })
  }
}

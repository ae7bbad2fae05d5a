import NetworkModel
import Testing

@testable import NetworkFilters

struct MomentTests {
  private static let second: Int64 = 1_000_000_000
  private static let now = 1_000_000 * second

  @Test(
    arguments: [
      ("1h", 996_400 * second), ("-1h", 1_003_600 * second), ("1ms", now - 1_000_000),
      ("0", 0), ("+0", now), ("0s", now), ("100", 100 * second), ("+100", 100 * second),
      ("1.5", 1_500_000_000), ("1.000000001", second + 1), ("1.9999999999", 1_999_999_999),
      ("1970-01-01", 0), ("1970-01-02", 86_400 * second), ("1970-01-01T01", 3600 * second),
      ("1970-01-01T1", 3600 * second), ("1970-01-01T01:02", 3720 * second),
      ("1970-01-01T01:02:03", 3723 * second),
      ("1970-01-01T00:00:01.25", 1_250_000_000), ("1970-01-01T00:00:01,25", 1_250_000_000),
      ("1970-01-01T00:00:00.9999999999", 999_999_999),
      ("1970-01-01Z", 0), ("1970-01-01T01:00:00Z", 3600 * second),
      ("1970-01-01T01:00:00+01:00", 0), ("1970-01-01T01+01:00", 0),
      ("1970-01-01T00:00-00:30", 1800 * second), ("1970-01-01+01:00", -3600 * second),
      ("2000-02-29", 951_782_400 * second), ("2024-12-31T23:59:59", 1_735_689_599 * second),
      ("1969-12-31T23:59:59", -second),
      ("1.", second),
      // Beyond what a timestamp can name.
      ("9999-12-31", .max), ("0001-01-01", .min), ("9223372036854775807", .max),
      ("2562047h47m", now - 9_223_372_020 * second),
    ] as [(String, Int64)])
  func momentIsRead(_ text: String, nanoseconds: Int64) {
    #expect(moment().parse(text)?.nanoseconds == nanoseconds)
  }

  @Test(arguments: [
    "", " ", "nonsense", "-", "-5", ".5", "1.5.5", "1.x", "1e3", "0x10", "1:2", "a.b",
    "99999999999999999999", "1_000", "１", "2006-1-2", "2006-13-01", "2006-00-01", "2006-02-29",
    "2006-01-00", "2006-04-31", "1900-02-29", "06-01-02", "2006-01-02T", "2006-01-02T24",
    "2006-01-02T15:", "2006-01-02T15:60", "2006-01-02T15:4", "2006-01-02T15:04:60",
    "2006-01-02T15:04:05.", "2006-01-02T15.5", "2006-01-02t15", "2006-01-02T15:04:05z",
    "2006-01-02 15:04:05", "2006-01-02T15:04:05+1", "2006-01-02T15:04:05+0100",
    "2006-01-02T15:04:05+25:00", "2006-01-02T15:04:05+00:61", "2006-01-02Zx", "2006/01/02",
    "12006-01-02", "٢٠٠٦-01-02", "2006-01-02\u{0}",
  ])
  func otherTextIsNoMoment(_ text: String) {
    #expect(moment().parse(text) == nil)
  }

  @Test func dateWithoutAZoneIsTheHosts() {
    // An hour east of UTC until noon, two hours from then on.
    let host = moment { $0.nanoseconds < 43_200 * Self.second ? 3600 : 7200 }

    #expect(host.parse("1970-01-01T01:00")?.nanoseconds == 0)
    #expect(host.parse("1970-01-01T20:00")?.nanoseconds == 64_800 * Self.second)
    #expect(host.parse("1970-01-01T20:00Z")?.nanoseconds == 72_000 * Self.second)
    #expect(host.parse("100")?.nanoseconds == 100 * Self.second)
  }

  private func moment(_ offset: @escaping (Timestamp) -> Int = { _ in 0 }) -> Moment {
    Moment(now: Timestamp(nanoseconds: Self.now), secondsEastOfUTC: offset)
  }
}

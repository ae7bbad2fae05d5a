import NetworkModel
import Testing

struct TimestampTests {
  /// The rows are from Python's `datetime`: seconds since the epoch, then year, month, day, hour,
  /// minute, second, days since Sunday, day of the year.
  @Test(
    arguments: [
      (0, [1970, 1, 1, 0, 0, 0, 4, 1]),
      (-1, [1969, 12, 31, 23, 59, 59, 3, 365]),
      (951_825_600, [2000, 2, 29, 12, 0, 0, 2, 60]),
      (-2_203_891_201, [1900, 2, 28, 23, 59, 59, 3, 59]),
      (-2_203_891_200, [1900, 3, 1, 0, 0, 0, 4, 60]),
      (4_107_456_000, [2100, 2, 28, 0, 0, 0, 0, 59]),
      (4_107_542_400, [2100, 3, 1, 0, 0, 0, 1, 60]),
      (1_735_689_599, [2024, 12, 31, 23, 59, 59, 2, 366]),
      (1_735_689_600, [2025, 1, 1, 0, 0, 0, 3, 1]),
      (1_795_232_644, [2026, 11, 21, 3, 44, 4, 6, 325]),
      (-9_214_560_000, [1678, 1, 1, 0, 0, 0, 6, 1]),
      (9_223_372_036, [2262, 4, 11, 23, 47, 16, 5, 101]),
      (-6_857_200_372, [1752, 9, 14, 6, 7, 8, 4, 258]),
      (4_532_794_167, [2113, 8, 21, 21, 29, 27, 1, 233]),
      (-6_204_257_712, [1773, 5, 24, 11, 4, 48, 1, 144]),
      (-6_698_404_309, [1757, 9, 26, 4, 8, 11, 1, 269]),
      (-2_525_612_811, [1889, 12, 19, 8, 53, 9, 4, 353]),
      (-8_838_957_352, [1689, 11, 26, 6, 4, 8, 6, 330]),
      (5_747_395_930, [2152, 2, 16, 18, 52, 10, 3, 47]),
      (-4_405_005_937, [1830, 5, 31, 3, 14, 23, 1, 151]),
      (8_569_478_617, [2241, 7, 22, 18, 43, 37, 4, 203]),
    ] as [(Int64, [Int])])
  func calendarAgreesWithPython(_ seconds: Int64, parts: [Int]) {
    let calendar = Timestamp(nanoseconds: seconds * 1_000_000_000).calendar

    #expect(
      [
        calendar.year, calendar.month, calendar.day, calendar.hour, calendar.minute,
        calendar.second, calendar.weekday, calendar.yearDay,
      ] == parts)
    #expect(calendar.nanosecond == 0)
  }

  @Test(
    arguments: [
      (1, 0, 1), (999_999_999, 0, 999_999_999), (-1, 59, 999_999_999),
      (-1_000_000_001, 58, 999_999_999), (61_500_000_000, 1, 500_000_000),
    ] as [(Int64, Int, Int)])
  func nanosecondsCountUpwardsBeforeTheEpochToo(
    _ nanoseconds: Int64, second: Int, nanosecond: Int
  ) {
    let calendar = Timestamp(nanoseconds: nanoseconds).calendar

    #expect(calendar.second == second)
    #expect(calendar.nanosecond == nanosecond)
  }

  @Test func theExtremesAreDates() {
    let first = Timestamp(nanoseconds: .min).calendar
    let last = Timestamp(nanoseconds: .max).calendar

    #expect([first.year, first.month, first.day, first.hour] == [1677, 9, 21, 0])
    #expect([last.year, last.month, last.day, last.nanosecond] == [2262, 4, 11, 854_775_807])
  }

  @Test func earlierMomentsComeFirst() {
    let moments = [3, -2, 0].map { Timestamp(nanoseconds: $0) }

    #expect(moments.sorted().map(\.nanoseconds) == [-2, 0, 3])
  }
}

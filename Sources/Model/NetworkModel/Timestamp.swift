/// A point in time, in nanoseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Nanoseconds since the epoch; negative before it.
  public let nanoseconds: Int64

  /// Takes nanoseconds since the epoch.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// Orders chronologically.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The time this many nanoseconds later, clamped to the last representable one.
  public func advanced(by nanoseconds: Int64) -> Timestamp {
    let (sum, overflow) = self.nanoseconds.addingReportingOverflow(nanoseconds)
    return Timestamp(nanoseconds: overflow ? .max : sum)
  }

  /// The calendar date and time of day in UTC (proleptic Gregorian calendar).
  public var calendar: CalendarTime { CalendarTime(self) }
}

/// A `Timestamp` as a calendar date and time in UTC.
public struct CalendarTime: Hashable, Sendable {
  /// The year, for instance 2026.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int
  /// The day of the month, 1 to 31.
  public let day: Int
  /// The hour, 0 to 23.
  public let hour: Int
  /// The minute, 0 to 59.
  public let minute: Int
  /// The second, 0 to 59.
  public let second: Int
  /// Nanoseconds within the second.
  public let nanosecond: Int
  /// Days since Sunday, 0 to 6.
  public let weekday: Int
  /// The day of the year, 1 to 366.
  public let yearDay: Int

  init(_ timestamp: Timestamp) {
    let perSecond: Int64 = 1_000_000_000
    let perDay: Int64 = 86_400
    let seconds = timestamp.nanoseconds.flooredQuotient(by: perSecond)
    let remainder = timestamp.nanoseconds % perSecond
    nanosecond = Int(remainder < 0 ? remainder + perSecond : remainder)
    let days = Int(seconds.flooredQuotient(by: perDay))
    let secondOfDay = Int(seconds) - days * Int(perDay)
    (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
    weekday = ((days % 7) + 11) % 7

    // Days are counted from 1 March of year 0 in eras of 400 years (146,097 days), so that the leap
    // day is the last day of its year.
    let shifted = days + 719_468
    let era = shifted.flooredQuotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1]
    yearDay = daysBefore + day + (isLeap && month > 2 ? 1 : 0)
  }
}

extension BinaryInteger {
  fileprivate func flooredQuotient(by divisor: Self) -> Self {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

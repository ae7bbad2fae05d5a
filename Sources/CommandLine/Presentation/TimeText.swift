package import NetworkModel

/// Times as Go prints them; always UTC.
package enum TimeText {
  /// RFC 3339 with nanoseconds, trailing zeros dropped.
  package static func rfc3339(_ timestamp: Timestamp) -> String {
    let time = timestamp.calendar
    return date(time) + "T" + timeOfDay(time) + fraction(time.nanosecond) + "Z"
  }

  /// What Go's `time.Time` prints.
  static func goString(_ timestamp: Timestamp) -> String {
    let time = timestamp.calendar
    return date(time) + " " + timeOfDay(time) + fraction(time.nanosecond) + " +0000 UTC"
  }

  /// The same without fractions of a second.
  static func secondsString(_ timestamp: Timestamp) -> String {
    let time = timestamp.calendar
    return date(time) + " " + timeOfDay(time) + " +0000 UTC"
  }

  /// RFC 3339 with nine digits of the second, in a zone with this offset.
  static func fixedRFC3339(_ timestamp: Timestamp, secondsEastOfUTC offset: Int) -> String {
    let time = timestamp.advanced(by: Int64(offset) * 1_000_000_000).calendar
    let minutes = abs(offset) / 60
    let zone =
      offset == 0
      ? "Z"
      : (offset < 0 ? "-" : "+") + padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2)
    return date(time) + "T" + timeOfDay(time) + "." + padded(time.nanosecond, 9) + zone
  }

  /// The Go expression for a moment.
  static func goSyntax(_ timestamp: Timestamp) -> String {
    let time = timestamp.calendar
    let parts = [time.day, time.hour, time.minute, time.second, time.nanosecond]
    return "time.Date(\(time.year), time.\(TimeLayout.months[time.month - 1]), "
      + parts.map(String.init).joined(separator: ", ") + ", time.UTC)"
  }

  private static func date(_ time: CalendarTime) -> String {
    "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))"
  }

  private static func timeOfDay(_ time: CalendarTime) -> String {
    "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
  }

  private static func fraction(_ nanosecond: Int) -> String {
    guard nanosecond != 0 else { return "" }
    var digits = padded(nanosecond, 9)
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

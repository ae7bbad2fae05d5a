import NetworkModel

/// Go's time layouts, in which the parts of the reference time `Mon Jan 2 15:04:05 MST 2006` stand
/// for those of another.
enum TimeLayout {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  /// The time in UTC, formatted with `layout`.
  static func text(_ timestamp: Timestamp, layout: String) -> String {
    let time = timestamp.calendar
    var rest = Substring(layout)
    var text = ""
    while let character = rest.first {
      if let part = parts.first(where: { $0.begins(rest) }) {
        text += part.value(time)
        rest = rest.dropFirst(part.mark.count)
      } else if let (fraction, length) = fraction(rest, time) {
        text += fraction
        rest = rest.dropFirst(length)
      } else {
        text.append(character)
        rest = rest.dropFirst()
      }
    }
    return text
  }

  private struct Part {
    let mark: String
    let value: @Sendable (CalendarTime) -> String

    init(_ mark: String, _ value: @escaping @Sendable (CalendarTime) -> String) {
      self.mark = mark
      self.value = value
    }

    /// Whether this part comes next. A short name does not count at the beginning of a longer word.
    func begins(_ rest: Substring) -> Bool {
      guard rest.hasPrefix(mark) else { return false }
      guard mark == "Jan" || mark == "Mon",
        let following = rest.dropFirst(mark.count).utf8.first
      else { return true }
      return !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(following)
    }
  }

  // Longer parts before their prefixes.
  private static let parts: [Part] = [
    Part("January") { months[$0.month - 1] },
    Part("Jan") { String(months[$0.month - 1].prefix(3)) },
    Part("Monday") { weekdays[$0.weekday] },
    Part("Mon") { String(weekdays[$0.weekday].prefix(3)) },
    Part("MST") { _ in "UTC" },
    Part("2006") { TimeText.padded($0.year, 4) },
    Part("01") { TimeText.padded($0.month, 2) },
    Part("002") { TimeText.padded($0.yearDay, 3) },
    Part("02") { TimeText.padded($0.day, 2) },
    Part("03") { TimeText.padded(($0.hour + 11) % 12 + 1, 2) },
    Part("04") { TimeText.padded($0.minute, 2) },
    Part("05") { TimeText.padded($0.second, 2) },
    Part("06") { TimeText.padded($0.year % 100, 2) },
    Part("15") { TimeText.padded($0.hour, 2) },
    Part("1") { String($0.month) },
    Part("_2006") { "_" + TimeText.padded($0.year, 4) },
    Part("__2") { String(repeating: " ", count: 3 - "\($0.yearDay)".count) + "\($0.yearDay)" },
    Part("_2") { ($0.day < 10 ? " " : "") + String($0.day) },
    Part("2") { String($0.day) },
    Part("3") { String(($0.hour + 11) % 12 + 1) },
    Part("4") { String($0.minute) },
    Part("5") { String($0.second) },
    Part("PM") { $0.hour >= 12 ? "PM" : "AM" },
    Part("pm") { $0.hour >= 12 ? "pm" : "am" },
    Part("Z070000") { _ in "Z" },
    Part("Z07:00:00") { _ in "Z" },
    Part("Z07:00") { _ in "Z" },
    Part("Z0700") { _ in "Z" },
    Part("Z07") { _ in "Z" },
    Part("-070000") { _ in "+000000" },
    Part("-07:00:00") { _ in "+00:00:00" },
    Part("-07:00") { _ in "+00:00" },
    Part("-0700") { _ in "+0000" },
    Part("-07") { _ in "+00" },
  ]

  // A point or comma followed by only zeros or only nines: that many fractional digits of the
  // second; with nines, without trailing zeros.
  private static func fraction(
    _ rest: Substring, _ time: CalendarTime
  ) -> (text: String, length: Int)? {
    guard let point = rest.first, point == "." || point == ",",
      let digit = rest.dropFirst().first, digit == "0" || digit == "9"
    else { return nil }
    let count = rest.dropFirst().prefix { $0 == digit }.count
    let following = rest.dropFirst(1 + count).first
    if let following, following.isASCII, following.isNumber { return nil }
    // At most nine digits.
    var digits = String(TimeText.padded(time.nanosecond, 9).prefix(count))
    guard digit == "9" else { return (String(point) + digits, count + 1) }
    while digits.last == "0" { digits.removeLast() }
    return (digits.isEmpty ? "" : String(point) + digits, count + 1)
  }
}

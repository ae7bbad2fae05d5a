import NetworkModel

/// The value of `until`: a Go duration before now, seconds since the epoch, or a date.
///
/// Values outside the range of a timestamp, 1677 to 2262, are clamped.
struct Moment {
  private let now: Timestamp
  private let secondsEastOfUTC: (Timestamp) -> Int

  /// Takes the clock, and the UTC offset of the host's time zone at a given time.
  init(now: Timestamp, secondsEastOfUTC: @escaping (Timestamp) -> Int) {
    self.now = now
    self.secondsEastOfUTC = secondsEastOfUTC
  }

  /// Parses a time; nil if the string is not one.
  func parse(_ text: String) -> Timestamp? {
    // Docker reads 0 as the epoch.
    if text != "0", let duration = GoDuration.nanoseconds(text) {
      let (moment, overflow) = now.nanoseconds.subtractingReportingOverflow(duration)
      return Timestamp(nanoseconds: overflow ? (duration < 0 ? .max : .min) : moment)
    }
    // A hyphen makes it a date.
    return text.utf8.contains(UInt8(ascii: "-")) ? date(text) : seconds(text)
  }

  private func seconds(_ text: String) -> Timestamp? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let whole = Int64(first) else { return nil }
    guard parts.count == 2, !parts[1].isEmpty else {
      return Timestamp(seconds: whole, nanoseconds: 0)
    }
    guard let fraction = DateReader(parts[1]).wholeFraction() else { return nil }
    return Timestamp(seconds: whole, nanoseconds: fraction)
  }

  // 2006-01-02, 2006-01-02T15, …T15:04, …T15:04:05, …T15:04:05.999999999, optionally followed by a
  // zone.
  private func date(_ text: String) -> Timestamp? {
    var reader = DateReader(text[...])
    guard let year = reader.number(digits: 4), reader.skip("-"),
      let month = reader.number(digits: 2), reader.skip("-"),
      let day = reader.number(digits: 2),
      let days = Self.daysSinceEpoch(year: year, month: month, day: day)
    else { return nil }
    var nanoseconds: Int64 = 0
    var seconds = 0
    if reader.skip("T") {
      guard let time = reader.timeOfDay() else { return nil }
      (seconds, nanoseconds) = (time.seconds, time.nanoseconds)
    }
    let wall = Int64(days * 86_400 + seconds)
    if reader.isAtEnd { return local(wall, nanoseconds) }
    guard let offset = reader.zone(), reader.isAtEnd else { return nil }
    return Timestamp(seconds: wall - Int64(offset), nanoseconds: nanoseconds)
  }

  // A date without a zone is in the host's.
  private func local(_ wall: Int64, _ nanoseconds: Int64) -> Timestamp {
    let guess = wall - Int64(secondsEastOfUTC(Timestamp(seconds: wall, nanoseconds: 0)))
    let offset = secondsEastOfUTC(Timestamp(seconds: guess, nanoseconds: 0))
    return Timestamp(seconds: wall - Int64(offset), nanoseconds: nanoseconds)
  }

  // Days are counted from 1 March of year 0, so that the leap day is the last day of its year.
  private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int? {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    guard (1...12).contains(month) else { return nil }
    let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    guard (1...length).contains(day) else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let shiftedMonth = (month + 9) % 12
    let yearDays = shiftedYear * 365 + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
    return yearDays + (shiftedMonth * 153 + 2) / 5 + day - 1 - 719_468
  }
}

extension Timestamp {
  fileprivate init(seconds: Int64, nanoseconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, sumOverflow) = product.addingReportingOverflow(nanoseconds)
    self.init(nanoseconds: overflow || sumOverflow ? (seconds < 0 ? .min : .max) : sum)
  }
}

/// Parses a date.
private struct DateReader {
  private var rest: Substring.UTF8View

  init(_ text: Substring) {
    rest = text.utf8
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ mark: Character) -> Bool {
    guard let byte = mark.asciiValue, rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(digits count: Int) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  mutating func timeOfDay() -> (seconds: Int, nanoseconds: Int64)? {
    // Go accepts an hour of one digit.
    guard let hour = number(digits: 2) ?? number(digits: 1), hour < 24 else { return nil }
    guard skip(":") else { return (hour * 3600, 0) }
    guard let minute = number(digits: 2), minute < 60 else { return nil }
    guard skip(":") else { return (hour * 3600 + minute * 60, 0) }
    guard let second = number(digits: 2), second < 60 else { return nil }
    let seconds = hour * 3600 + minute * 60 + second
    guard skip(".") || skip(",") else { return (seconds, 0) }
    return fraction().map { (seconds, $0) }
  }

  /// Nanoseconds; digits after the ninth are ignored.
  private mutating func fraction() -> Int64? {
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    let fraction = digits.prefix(9).reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
    return (digits.count..<max(9, digits.count)).reduce(fraction) { fraction, _ in fraction * 10 }
  }

  /// Nanoseconds, if nothing follows them.
  func wholeFraction() -> Int64? {
    var reader = self
    guard let fraction = reader.fraction(), reader.isAtEnd else { return nil }
    return fraction
  }

  /// Seconds east of UTC.
  mutating func zone() -> Int? {
    if skip("Z") { return 0 }
    let sign = rest.first == UInt8(ascii: "-") ? -1 : 1
    guard skip("+") || skip("-"), let hours = number(digits: 2), hours <= 24, skip(":"),
      let minutes = number(digits: 2), minutes <= 60
    else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}

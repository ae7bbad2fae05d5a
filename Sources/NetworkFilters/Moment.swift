import NetworkModel

/// The value of `until`: a Go duration before now, seconds since the epoch, or a date.
enum Moment {
  static func parse(_ text: String, now: Timestamp) -> Timestamp? {
    if let duration = GoDuration.nanoseconds(text) {
      let (moment, overflow) = now.nanoseconds.subtractingReportingOverflow(duration)
      return overflow ? nil : Timestamp(nanoseconds: moment)
    }
    return seconds(text) ?? date(text)
  }

  private static let nanosecondsPerSecond: Int64 = 1_000_000_000

  private static func seconds(_ text: String) -> Timestamp? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = Int64(parts[0]) else { return nil }
    var nanoseconds: Int64 = 0
    if parts.count == 2 {
      guard parts[1].utf8.count <= 9, !parts[1].isEmpty,
        let fraction = UInt32(parts[1] + String(repeating: "0", count: 9 - parts[1].utf8.count))
      else { return nil }
      nanoseconds = Int64(fraction)
    }
    let (product, overflow) = whole.multipliedReportingOverflow(by: nanosecondsPerSecond)
    if overflow { return nil }
    let (sum, sumOverflow) = product.addingReportingOverflow(nanoseconds)
    return sumOverflow ? nil : Timestamp(nanoseconds: sum)
  }

  // 2006-01-02, 2006-01-02T15, …T15:04, …T15:04:05, …T15:04:05.999999999, and a zone behind it.
  private static func date(_ text: String) -> Timestamp? {
    var reader = DateReader(text)
    guard let year = reader.number(digits: 4), reader.skip("-"),
      let month = reader.number(digits: 2), reader.skip("-"),
      let day = reader.number(digits: 2),
      let days = daysSinceEpoch(year: year, month: month, day: day)
    else { return nil }
    var nanoseconds: Int64 = 0
    var seconds = 0
    if reader.skip("T") {
      guard let time = reader.timeOfDay() else { return nil }
      (seconds, nanoseconds) = (time.seconds, time.nanoseconds)
    }
    guard let offset = reader.zone(), reader.isAtEnd else { return nil }
    let total = Int64(days * 86_400 + seconds - offset)
    let (product, overflow) = total.multipliedReportingOverflow(by: nanosecondsPerSecond)
    return overflow ? nil : Timestamp(nanoseconds: product + nanoseconds)
  }

  // Days are counted from 1 March of year 0, so that the leap day is the last of its year.
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

/// Walks over the text of a date.
private struct DateReader {
  private var rest: Substring.UTF8View

  init(_ text: String) {
    rest = Substring(text).utf8
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
    guard let hour = number(digits: 2), hour < 24 else { return nil }
    guard skip(":") else { return (hour * 3600, 0) }
    guard let minute = number(digits: 2), minute < 60 else { return nil }
    guard skip(":") else { return (hour * 3600 + minute * 60, 0) }
    guard let second = number(digits: 2), second < 60 else { return nil }
    let seconds = hour * 3600 + minute * 60 + second
    guard skip(".") else { return (seconds, 0) }
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard (1...9).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    let fraction = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
    let scale = (digits.count..<9).reduce(Int64(1)) { scale, _ in scale * 10 }
    return (seconds, fraction * scale)
  }

  /// Seconds east of UTC; a date without a zone is UTC's.
  mutating func zone() -> Int? {
    if isAtEnd || skip("Z") { return 0 }
    let sign = rest.first == UInt8(ascii: "-") ? -1 : 1
    guard skip("+") || skip("-"), let hours = number(digits: 2), skip(":"),
      let minutes = number(digits: 2)
    else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}

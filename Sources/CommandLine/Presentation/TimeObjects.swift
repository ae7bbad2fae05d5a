import GoTemplate
import NetworkModel

/// Go's `time.Time` in UTC.
struct TimeObject: TemplateObject {
  private static let typeName = "time.Time"

  private let timestamp: Timestamp

  init(_ timestamp: Timestamp) {
    self.timestamp = timestamp
  }

  var typeName: String { Self.typeName }
  var stringForm: GoString? { GoString(TimeText.goString(timestamp)) }
  var jsonForm: JSONForm { .value(.string(TimeText.rfc3339(timestamp))) }

  // What Go prints under verbs that do not suit strings: nanoseconds, seconds since the year 1,
  // zone.
  var fields: [ObjectField] {
    let time = timestamp.calendar
    let seconds = (timestamp.nanoseconds - Int64(time.nanosecond)) / Self.perSecond
    return [
      ObjectField("wall", .uint(UInt64(time.nanosecond), .uint64)),
      ObjectField("ext", .int(seconds + Self.secondsFromYear1, .int64)),
      ObjectField("loc", .nilPointer("*time.Location")),
    ]
  }

  private static let perSecond: Int64 = 1_000_000_000
  private static let secondsFromYear1: Int64 = 62_135_596_800

  func member(named name: String) -> ObjectMember? {
    let time = timestamp.calendar
    let nanoseconds = timestamp.nanoseconds
    return switch name {
    case "Add": .method(duration { nanoseconds &+ $0 })
    case "After": .method(order { .bool($0 > $1) })
    case "Before": .method(order { .bool($0 < $1) })
    case "Compare": .method(order { .int($0 == $1 ? 0 : $0 < $1 ? -1 : 1) })
    case "Day": .accessor(.int(Int64(time.day)))
    case "Equal": .method(order { .bool($0 == $1) })
    case "Format":
      .method(
        Function(parameters: [.string]) { arguments in
          guard case .string(let layout) = arguments[0] else { return .string("") }
          return .string(TimeLayout.text(timestamp, layout: layout.description))
        })
    case "GoString": .accessor(.string(TimeText.goSyntax(timestamp)))
    case "Hour": .accessor(.int(Int64(time.hour)))
    case "IsDST", "IsZero": .accessor(.bool(false))
    case "Local", "UTC": .accessor(.object(self))
    case "Location": .accessor(.object(LocationObject()))
    case "MarshalJSON": .accessor(.bytes("\"\(TimeText.rfc3339(timestamp))\"".utf8))
    case "MarshalText": .accessor(.bytes(TimeText.rfc3339(timestamp).utf8))
    case "Minute": .accessor(.int(Int64(time.minute)))
    case "Month": .accessor(.object(MonthObject(time.month)))
    case "Nanosecond": .accessor(.int(Int64(time.nanosecond)))
    case "Round":
      .method(duration { $0 > 0 ? Self.truncated(nanoseconds &+ $0 / 2, to: $0) : nanoseconds })
    case "Second": .accessor(.int(Int64(time.second)))
    case "String": .accessor(.string(TimeText.goString(timestamp)))
    case "Truncate": .method(duration { Self.truncated(nanoseconds, to: $0) })
    case "Unix": .accessor(.int(nanoseconds / Self.perSecond, .int64))
    case "UnixMicro": .accessor(.int(nanoseconds / 1000, .int64))
    case "UnixMilli": .accessor(.int(nanoseconds / 1_000_000, .int64))
    case "UnixNano": .accessor(.int(nanoseconds, .int64))
    case "Weekday": .accessor(.object(WeekdayObject(time.weekday)))
    case "Year": .accessor(.int(Int64(time.year)))
    case "YearDay": .accessor(.int(Int64(time.yearDay)))
    default: nil
    }
  }

  private func order(
    _ body: @escaping @Sendable (_ left: Timestamp, _ right: Timestamp) -> Value
  ) -> Function {
    Function(taking: TimeObject.self, named: Self.typeName) { body(timestamp, $0.timestamp) }
  }

  // Counted from the year 1, as Go does; it only matters for units that do not divide a week.
  private static func truncated(_ nanoseconds: Int64, to unit: Int64) -> Int64 {
    guard unit > 0 else { return nanoseconds }
    let sinceYear1 = Int128(nanoseconds) + Int128(secondsFromYear1) * Int128(perSecond)
    return nanoseconds - Int64(sinceYear1 % Int128(unit))
  }

  /// A method that takes a duration in nanoseconds and returns another time.
  private func duration(_ body: @escaping @Sendable (Int64) -> Int64) -> Function {
    Function(parameters: [.type(.signed(.int64))]) { arguments in
      guard case .int(let nanoseconds, _) = arguments[0] else { return .noValue }
      return .object(TimeObject(Timestamp(nanoseconds: body(nanoseconds))))
    }
  }
}

/// Go's `time.Month`, a number that prints as a name.
struct MonthObject: TemplateObject {
  private let number: Int

  init(_ number: Int) {
    self.number = number
  }

  var typeName: String { "time.Month" }
  var stringForm: GoString? { GoString(TimeLayout.months[number - 1]) }
  var underlying: Value? { .int(Int64(number)) }
  var jsonForm: JSONForm { .value(.int(Int64(number))) }

  func member(named name: String) -> ObjectMember? {
    name == "String" ? .accessor(.string(TimeLayout.months[number - 1])) : nil
  }
}

/// Go's `time.Weekday`, a number from Sunday on that prints as a name.
struct WeekdayObject: TemplateObject {
  private let number: Int

  init(_ number: Int) {
    self.number = number
  }

  var typeName: String { "time.Weekday" }
  var stringForm: GoString? { GoString(TimeLayout.weekdays[number]) }
  var underlying: Value? { .int(Int64(number)) }
  var jsonForm: JSONForm { .value(.int(Int64(number))) }

  func member(named name: String) -> ObjectMember? {
    name == "String" ? .accessor(.string(TimeLayout.weekdays[number])) : nil
  }
}

/// Go's `*time.Location`; it is always UTC.
struct LocationObject: TemplateObject {
  var typeName: String { "*time.Location" }
  var stringForm: GoString? { "UTC" }
  var jsonForm: JSONForm { .members([]) }

  func member(named name: String) -> ObjectMember? {
    name == "String" ? .accessor(.string("UTC")) : nil
  }
}

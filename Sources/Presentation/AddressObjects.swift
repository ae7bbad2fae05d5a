import Addressing
import GoTemplate
import NetworkModel

/// Go's `netip.Prefix`. An unset one prints nothing; Docker 29 prints the words `invalid Prefix`.
struct PrefixObject: TemplateObject {
  private let prefix: IPPrefix?

  init(_ prefix: IPPrefix?) {
    self.prefix = prefix
  }

  var typeName: String { "netip.Prefix" }
  var stringForm: GoString? { GoString(prefix?.description ?? "") }
  var jsonForm: JSONForm { .value(.string(prefix?.description ?? "")) }

  func member(named name: String) -> ObjectMember? {
    switch name {
    case "Addr": .accessor(.object(AddressObject(prefix?.address)))
    case "Bits": .accessor(.int(Int64(prefix?.length ?? -1)))
    case "IsSingleIP": .accessor(.bool(prefix.map { $0.length == $0.family.bitWidth } ?? false))
    case "IsValid": .accessor(.bool(prefix != nil))
    case "Masked": .accessor(.object(PrefixObject(prefix?.masked)))
    case "String": .accessor(.string(prefix?.description ?? ""))
    default: nil
    }
  }
}

/// Go's `netip.Addr`. An unset one prints nothing; Docker 29 prints the words `invalid IP`.
struct AddressObject: TemplateObject {
  private let address: IPAddress?

  init(_ address: IPAddress?) {
    self.address = address
  }

  var typeName: String { "netip.Addr" }
  var stringForm: GoString? { GoString(address?.description ?? "") }
  var jsonForm: JSONForm { .value(.string(address?.description ?? "")) }

  func member(named name: String) -> ObjectMember? {
    switch name {
    case "BitLen": .accessor(.int(Int64(address?.family.bitWidth ?? 0)))
    case "Is4": .accessor(.bool(address?.family == .ipv4))
    case "Is6": .accessor(.bool(address?.family == .ipv6))
    case "IsLinkLocalUnicast": .accessor(.bool(address?.isLinkLocalUnicast ?? false))
    case "IsLoopback": .accessor(.bool(address?.isLoopback ?? false))
    case "IsMulticast": .accessor(.bool(address?.isMulticast ?? false))
    case "IsUnspecified": .accessor(.bool(address?.isUnspecified ?? false))
    case "IsValid": .accessor(.bool(address != nil))
    case "String": .accessor(.string(address?.description ?? ""))
    default: nil
    }
  }
}

/// Go's `time.Time` in UTC.
struct TimeObject: TemplateObject {
  private let timestamp: Timestamp

  init(_ timestamp: Timestamp) {
    self.timestamp = timestamp
  }

  var typeName: String { "time.Time" }
  var stringForm: GoString? { GoString(TimeText.goString(timestamp)) }
  var jsonForm: JSONForm { .value(.string(TimeText.rfc3339(timestamp))) }

  func member(named name: String) -> ObjectMember? {
    let time = timestamp.calendar
    let nanoseconds = timestamp.nanoseconds
    return switch name {
    case "Day": .accessor(.int(Int64(time.day)))
    case "Format":
      .method(
        Function(parameters: [.string]) { arguments in
          guard case .string(let layout) = arguments[0] else { return .string("") }
          return .string(TimeLayout.text(timestamp, layout: layout.description))
        })
    case "Hour": .accessor(.int(Int64(time.hour)))
    case "IsZero": .accessor(.bool(false))
    case "Local", "UTC": .accessor(.object(self))
    case "Location": .accessor(.string("UTC"))
    case "Minute": .accessor(.int(Int64(time.minute)))
    case "Month": .accessor(.string(TimeLayout.months[time.month - 1]))
    case "Nanosecond": .accessor(.int(Int64(time.nanosecond)))
    case "Second": .accessor(.int(Int64(time.second)))
    case "String": .accessor(.string(TimeText.goString(timestamp)))
    case "Unix": .accessor(.int(nanoseconds / 1_000_000_000, .int64))
    case "UnixMicro": .accessor(.int(nanoseconds / 1000, .int64))
    case "UnixMilli": .accessor(.int(nanoseconds / 1_000_000, .int64))
    case "UnixNano": .accessor(.int(nanoseconds, .int64))
    case "Weekday": .accessor(.string(TimeLayout.weekdays[time.weekday]))
    case "Year": .accessor(.int(Int64(time.year)))
    case "YearDay": .accessor(.int(Int64(time.yearDay)))
    default: nil
    }
  }
}

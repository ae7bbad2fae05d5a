import Addressing
import GoTemplate

/// Go's `netip.Prefix`. An unset one prints nothing; Docker 29 prints the words `invalid Prefix`.
struct PrefixObject: TemplateObject {
  static let typeName = "netip.Prefix"

  private let prefix: IPPrefix?

  init(_ prefix: IPPrefix?) {
    self.prefix = prefix
  }

  var typeName: String { Self.typeName }
  var stringForm: GoString? { GoString(text) }
  var jsonForm: JSONForm { .value(.string(text)) }

  private var text: String { prefix?.description ?? "" }

  func member(named name: String) -> ObjectMember? {
    switch name {
    case "Addr": .accessor(.object(AddressObject(prefix?.address)))
    case "Bits": .accessor(.int(Int64(prefix?.length ?? -1)))
    case "Contains":
      .method(
        Function(taking: AddressObject.self, named: AddressObject.typeName) { other in
          .bool(prefix.flatMap { prefix in other.address.map(prefix.contains) } ?? false)
        })
    case "IsSingleIP": .accessor(.bool(prefix.map { $0.length == $0.family.bitWidth } ?? false))
    case "IsValid": .accessor(.bool(prefix != nil))
    case "MarshalText": .accessor(.bytes(text.utf8))
    case "Masked": .accessor(.object(PrefixObject(prefix?.masked)))
    case "Overlaps":
      .method(
        Function(taking: PrefixObject.self, named: PrefixObject.typeName) { other in
          .bool(prefix.flatMap { prefix in other.prefix.map(prefix.overlaps) } ?? false)
        })
    case "String": .accessor(.string(text))
    default: nil
    }
  }
}

/// Go's `netip.Addr`. An unset one prints nothing; Docker 29 prints the words `invalid IP`.
struct AddressObject: TemplateObject {
  static let typeName = "netip.Addr"

  fileprivate let address: IPAddress?

  init(_ address: IPAddress?) {
    self.address = address
  }

  var typeName: String { Self.typeName }
  var stringForm: GoString? { GoString(text) }
  var jsonForm: JSONForm { .value(.string(text)) }

  private var text: String { address?.description ?? "" }

  func member(named name: String) -> ObjectMember? {
    switch name {
    case "AsSlice": .accessor(.bytes(address?.bytes ?? []))
    case "BitLen": .accessor(.int(Int64(address?.family.bitWidth ?? 0)))
    case "Compare": .method(order { .int(Int64($0)) })
    case "Is4": .accessor(.bool(address?.family == .ipv4))
    case "Is4In6": .accessor(.bool(address?.isIPv4Mapped ?? false))
    case "Is6": .accessor(.bool(address?.family == .ipv6))
    case "IsGlobalUnicast": .accessor(.bool(address?.isGlobalUnicast ?? false))
    case "IsLinkLocalUnicast": .accessor(.bool(address?.isLinkLocalUnicast ?? false))
    case "IsLoopback": .accessor(.bool(address?.isLoopback ?? false))
    case "IsMulticast": .accessor(.bool(address?.isMulticast ?? false))
    case "IsPrivate": .accessor(.bool(address?.isPrivate ?? false))
    case "IsUnspecified": .accessor(.bool(address?.isUnspecified ?? false))
    case "IsValid": .accessor(.bool(address != nil))
    case "Less": .method(order { .bool($0 < 0) })
    case "MarshalText": .accessor(.bytes(text.utf8))
    case "Next": .accessor(.object(AddressObject(address?.advanced(by: 1))))
    case "Prefix": .method(block)
    case "Prev": .accessor(.object(AddressObject(address?.advanced(by: -1))))
    case "String": .accessor(.string(text))
    case "Unmap": .accessor(.object(AddressObject(address?.unmapped)))
    // Addresses have no zone here.
    case "Zone": .accessor(.string(""))
    default: nil
    }
  }

  /// A method that compares this address with another: -1, 0 or 1. An unset one is the smallest.
  private func order(_ body: @escaping @Sendable (Int) -> Value) -> Function {
    Function(taking: AddressObject.self, named: Self.typeName) { other in
      switch (address, other.address) {
      case (let left, let right) where left == right: body(0)
      case (nil, _): body(-1)
      case (_, nil): body(1)
      case (let left?, let right?): body(left < right ? -1 : 1)
      }
    }
  }

  /// A method that returns the prefix of this length that contains the address.
  private var block: Function {
    Function(parameters: [.int]) { arguments throws(FunctionError) in
      guard case .int(let length, _) = arguments[0], let address,
        let prefix = IPPrefix(address: address, length: Int(length))
      else { throw FunctionError("prefix length out of range") }
      return .object(PrefixObject(prefix.masked))
    }
  }
}

/// Docker's `network.HardwareAddr`, a byte slice that prints as text.
struct HardwareAddressObject: TemplateObject {
  private let address: MACAddress?

  init(_ address: MACAddress?) {
    self.address = address
  }

  var typeName: String { "network.HardwareAddr" }
  var stringForm: GoString? { GoString(text) }
  var underlying: Value? { .bytes(address?.bytes ?? []) }
  var jsonForm: JSONForm { .value(.string(text)) }

  private var text: String { address?.description ?? "" }

  func member(named name: String) -> ObjectMember? {
    switch name {
    case "MarshalText": .accessor(.bytes(text.utf8))
    case "String": .accessor(.string(text))
    default: nil
    }
  }
}

extension Function {
  /// A method with one parameter of a type of this module.
  init<Object: TemplateObject>(
    taking type: Object.Type, named name: String,
    body: @escaping @Sendable (Object) -> Value
  ) {
    self.init(parameters: [.type(.named(name))]) { arguments throws(FunctionError) in
      guard case .object(let argument) = arguments[0], let argument = argument as? Object else {
        throw FunctionError("expected \(name)")
      }
      return body(argument)
    }
  }
}

extension Value {
  /// A `[]uint8`.
  static func bytes(_ bytes: some Sequence<UInt8>) -> Value {
    .list(GoList(bytes.map { .uint(UInt64($0), .uint8) }, of: .unsigned(.uint8)))
  }
}

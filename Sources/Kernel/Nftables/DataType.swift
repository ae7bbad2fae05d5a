/// The data type of a part of a key or a value; nft needs it for printing.
package enum DataType: Sendable {
  case addressFamily
  case interfaceName
  case ipv4Address
  case ipv6Address
  case transport
  case port
  case icmpType
  case icmpv6Type
  case number
  case hardwareAddress
  case etherType
  /// Bytes of the transport header for which nft has no name: it shows them as an integer.
  case transportBytes(offset: UInt32, count: UInt32)

  /// nft's number for the type.
  var number: UInt32 {
    switch self {
    case .addressFamily: 2
    case .ipv4Address: 7
    case .ipv6Address: 8
    case .hardwareAddress: 9
    case .etherType: 10
    case .transportBytes: 4
    case .transport: 12
    case .port: 13
    case .icmpType: 14
    // The type of packet marks, the only one that nft parses in the form it prints.
    case .number: 19
    case .icmpv6Type: 29
    case .interfaceName: 41
    }
  }

  /// The length of a single value in bytes.
  package var length: Int {
    switch self {
    case .addressFamily, .transport, .icmpType, .icmpv6Type: 1
    case .port, .etherType: 2
    case .ipv4Address, .number: 4
    case .hardwareAddress: 6
    case .transportBytes(_, let count): Int(count)
    case .ipv6Address, .interfaceName: 16
    }
  }

  /// The number of 32-bit registers that a value occupies.
  package var registers: Int { (length + 3) / 4 }

  /// The byte order that nft assumes.
  var byteOrder: ByteOrder {
    switch self {
    case .addressFamily, .transport, .icmpType, .icmpv6Type: .none
    case .interfaceName, .number, .hardwareAddress: .host
    case .ipv4Address, .ipv6Address, .port, .etherType, .transportBytes: .network
    }
  }
}

/// nft's numbers for byte orders.
enum ByteOrder: UInt32 {
  case none
  case host
  case network
}

extension [DataType] {
  /// nft's number for a concatenation.
  var number: UInt32 {
    reduce(0) { $0 << 6 | $1.number }
  }

  /// The length of a key in bytes; in a concatenation, each part starts at a register boundary.
  var length: Int {
    count == 1 ? self[0].length : reduce(0) { $0 + $1.registers * 4 }
  }

  var byteOrder: ByteOrder {
    count == 1 ? self[0].byteOrder : .none
  }
}

extension [DataType] {
  /// The concatenation of values, each of which starts at a register boundary if there are several;
  /// nil if their number or a length is wrong.
  package func concatenation(of values: ArraySlice<[UInt8]>) -> [UInt8]? {
    guard values.count == count else { return nil }
    var bytes: [UInt8] = []
    for (type, value) in zip(self, values) {
      guard value.count == type.length else { return nil }
      bytes += value
      if count > 1 { bytes += repeatElement(0, count: type.registers * 4 - value.count) }
    }
    return bytes
  }

  /// The values in a concatenation; nil if its length is wrong.
  package func parts(of bytes: [UInt8]) -> [ArraySlice<UInt8>]? {
    guard bytes.count == length else { return nil }
    var rest = bytes[...]
    return map { type in
      defer { rest = rest.dropFirst(type.registers * 4) }
      return rest.prefix(type.length)
    }
  }
}

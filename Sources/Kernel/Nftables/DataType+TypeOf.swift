/// What nft stores with a set whose type has no name, to print it as `typeof` with expressions:
/// nested items, each a type, a length and a value.
extension [DataType] {
  /// The expressions of a key that has a part without a name; nil for other keys.
  var typeOf: [UInt8]? {
    guard contains(where: { if case .transportBytes = $0 { true } else { false } }) else {
      return nil
    }
    if count == 1 { return self[0].typeOf }
    let parts = enumerated().flatMap { position, type in
      item(UInt8(position), type.typeOf)
    }
    return expression(TypeOf.concatenation, parts)
  }
}

/// nft's numbers in these items.
private enum TypeOf {
  static let payload: UInt32 = 7
  static let meta: UInt32 = 9
  static let concatenation: UInt32 = 13

  /// Of `ip6`, and of its source address.
  static let ipv6: UInt32 = 13
  static let ipv6Source: UInt32 = 8

  static let inputName: UInt32 = 6
  static let transportHeader: UInt32 = 3
}

extension DataType {
  /// The expression that it stands for in keys with unnamed parts.
  fileprivate var typeOf: [UInt8] {
    switch self {
    case .transportBytes(let offset, let count):
      expression(
        TypeOf.payload,
        item(0, number: 0) + item(1, number: 0) + item(2, number: TypeOf.transportHeader)
          + item(3, number: offset * 8) + item(4, number: count * 8))
    case .interfaceName: expression(TypeOf.meta, item(0, number: TypeOf.inputName))
    case .ipv6Address:
      expression(
        TypeOf.payload, item(0, number: TypeOf.ipv6) + item(1, number: TypeOf.ipv6Source))
    case .addressFamily, .ipv4Address, .transport, .port, .icmpType, .icmpv6Type, .number,
      .hardwareAddress, .etherType:
      []
    }
  }
}

private func expression(_ kind: UInt32, _ data: [UInt8]) -> [UInt8] {
  item(0, number: kind) + item(1, data)
}

private func item(_ type: UInt8, _ bytes: [UInt8]) -> [UInt8] {
  [type, UInt8(bytes.count)] + bytes
}

private func item(_ type: UInt8, number: UInt32) -> [UInt8] {
  item(type, (0..<4).map { UInt8(truncatingIfNeeded: number.littleEndian >> ($0 * 8)) })
}

/// An address and a prefix length, such as `10.0.0.1/24`.
public struct IPPrefix: Hashable, Sendable {
  /// The address as given, host bits included.
  public let address: IPAddress
  /// The prefix length.
  public let length: Int

  /// Makes a prefix; nil when the length is negative or exceeds the bits of the address.
  public init?(address: IPAddress, length: Int) {
    guard 0...address.family.bitWidth ~= length else { return nil }
    self.init(unchecked: address, length: length)
  }

  private init(unchecked address: IPAddress, length: Int) {
    self.address = address
    self.length = length
  }

  /// The address family.
  public var family: AddressFamily { address.family }

  /// The same block with its host bits cleared.
  public var masked: IPPrefix { IPPrefix(unchecked: first, length: length) }

  /// Whether no host bit is set.
  public var isMasked: Bool { address.value & hostMask == 0 }

  /// The lowest address of the block.
  public var first: IPAddress {
    IPAddress(unchecked: address.value & ~hostMask, family: family)
  }

  /// The highest address of the block.
  public var last: IPAddress {
    IPAddress(unchecked: address.value | hostMask, family: family)
  }

  /// Whether the address is in the block; never for another family.
  public func contains(_ address: IPAddress) -> Bool {
    address.family == family && (address.value ^ self.address.value) & ~hostMask == 0
  }

  /// Whether all of the other block is in this one.
  public func contains(_ other: IPPrefix) -> Bool {
    other.length >= length && contains(other.address)
  }

  /// Whether the two blocks have an address in common.
  public func overlaps(_ other: IPPrefix) -> Bool {
    contains(other) || other.contains(self)
  }

  /// The host bits.
  private var hostMask: UInt128 {
    length == 0 ? family.highest : (1 << UInt128(family.bitWidth - length)) &- 1
  }
}

extension IPPrefix: Comparable {
  /// Orders by family, address as given, length.
  public static func < (left: IPPrefix, right: IPPrefix) -> Bool {
    (left.address, left.length) < (right.address, right.length)
  }
}

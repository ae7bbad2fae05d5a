public import Addressing

/// The addresses of one subnet that are in use.
///
/// In use from the start are the first address, which is IPv4's network address and IPv6's anycast
/// address of routers, and the last IPv4 address, the broadcast address. An IPv4 /31 or /32 has
/// neither.
public struct SubnetLeases: Hashable, Sendable {
  /// The subnet, without host bits.
  public let subnet: IPPrefix
  /// The part of the subnet from which addresses are chosen; the subnet itself without a range.
  public let range: IPPrefix

  /// The addresses in use as offsets from the first one of the subnet.
  private(set) var ordinals = OrdinalSet()

  /// Begins with nothing but the reserved addresses in use.
  public init(subnet: IPPrefix) {
    self.subnet = subnet.masked
    range = subnet.masked
    reserve()
  }

  /// Begins with nothing but the reserved addresses in use.
  ///
  /// A range wider than its subnet counts as the subnet.
  public init(subnet: IPPrefix, range: IPPrefix?) throws(LeaseError) {
    guard let chosen = Self.automaticRange(range, of: subnet) else { throw .rangeOutsideSubnet }
    self.init(subnet: subnet.masked, range: chosen, ordinals: OrdinalSet())
  }

  init(subnet: IPPrefix, range: IPPrefix, ordinals: OrdinalSet) {
    self.subnet = subnet
    self.range = range
    self.ordinals = ordinals
    reserve()
  }

  /// Takes a certain address, inside or outside the range.
  public mutating func lease(_ address: IPAddress) throws(LeaseError) {
    guard let ordinal = ordinal(of: address) else { throw .outsideSubnet }
    guard ordinals.insert(ordinal) else { throw .inUse }
  }

  /// Takes the lowest free address of the range.
  public mutating func leaseLowest() throws(LeaseError) -> IPAddress {
    guard let ordinal = ordinals.lowestMissing(in: ordinalsOfRange),
      let address = address(at: ordinal), ordinals.insert(ordinal)
    else { throw .exhausted }
    return address
  }

  /// Takes the address Docker chooses for a gateway: the lowest free one of the range, also when
  /// that is the range's first address.
  ///
  /// Docker chooses the gateway before it sets auxiliary addresses aside.
  public mutating func leaseGateway() throws(LeaseError) -> IPAddress {
    try leaseLowest()
  }

  /// Frees an address; nothing happens when it is free, reserved or not in the subnet.
  public mutating func release(_ address: IPAddress) {
    guard let ordinal = ordinal(of: address), !reservedOrdinals.contains(ordinal) else { return }
    _ = ordinals.remove(ordinal)
  }

  /// The number of addresses in use, reserved ones included, at most the highest `UInt64`.
  public var inUseCount: UInt64 { UInt64(clamping: ordinals.count) }

  /// The number of free addresses in the range, at most the highest `UInt64`.
  public var availableCount: UInt64 {
    UInt64(clamping: ordinals.countMissing(in: ordinalsOfRange))
  }

  static func automaticRange(_ range: IPPrefix?, of subnet: IPPrefix) -> IPPrefix? {
    guard let range, !range.contains(subnet) else { return subnet.masked }
    return subnet.contains(range) ? range.masked : nil
  }

  private mutating func reserve() {
    for ordinal in reservedOrdinals { _ = ordinals.insert(ordinal) }
  }

  private var reservedOrdinals: [UInt128] {
    switch subnet.family {
    case .ipv4: subnet.length < 31 ? [0, lastOrdinal] : []
    case .ipv6: [0]
    }
  }

  var lastOrdinal: UInt128 { subnet.last.value - subnet.first.value }

  private var ordinalsOfRange: ClosedRange<UInt128> {
    range.first.value - subnet.first.value...range.last.value - subnet.first.value
  }

  private func ordinal(of address: IPAddress) -> UInt128? {
    subnet.contains(address) ? address.value - subnet.first.value : nil
  }

  func address(at ordinal: UInt128) -> IPAddress? {
    IPAddress(family: subnet.family, value: subnet.first.value + ordinal)
  }
}

package import Addressing

/// The addresses of one subnet that are in use.
///
/// The first address, which is IPv4's network address and IPv6's subnet-router anycast address, and
/// the last IPv4 address, the broadcast address, are in use from the start. An IPv4 /31 or /32 has
/// neither.
package struct SubnetLeases: Hashable, Sendable {
  /// The subnet, without host bits.
  package let subnet: IPPrefix
  /// The part of the subnet from which addresses are allocated; the whole subnet without a range.
  package let range: IPPrefix

  /// The addresses in use as offsets from the first one of the subnet.
  private(set) var ordinals = OrdinalSet()

  /// Starts with only the reserved addresses in use.
  package init(subnet: IPPrefix) {
    self.subnet = subnet.masked
    range = subnet.masked
    reserve()
  }

  /// Starts with only the reserved addresses in use.
  ///
  /// A range wider than its subnet counts as the subnet.
  package init(subnet: IPPrefix, range: IPPrefix?) throws(LeaseError) {
    guard let chosen = Self.automaticRange(range, of: subnet) else { throw .rangeOutsideSubnet }
    self.init(subnet: subnet.masked, range: chosen, ordinals: OrdinalSet())
  }

  init(subnet: IPPrefix, range: IPPrefix, ordinals: OrdinalSet) {
    self.subnet = subnet
    self.range = range
    self.ordinals = ordinals
    reserve()
  }

  /// Leases a given address, inside or outside the range.
  package mutating func lease(_ address: IPAddress) throws(LeaseError) {
    guard let ordinal = ordinal(of: address) else { throw .outsideSubnet }
    guard ordinals.insert(ordinal) else { throw .inUse }
  }

  /// Whether an address of the subnet is leased or reserved.
  package func isInUse(_ address: IPAddress) -> Bool {
    ordinal(of: address).map(ordinals.contains) ?? false
  }

  /// Leases the lowest available address of the range.
  package mutating func leaseLowest() throws(LeaseError) -> IPAddress {
    guard let ordinal = ordinals.lowestMissing(in: ordinalsOfRange),
      let address = address(at: ordinal), ordinals.insert(ordinal)
    else { throw .exhausted }
    return address
  }

  /// Leases the address that Docker chooses for a gateway: the lowest available one of the range,
  /// even if it is the range's first address.
  ///
  /// Docker chooses the gateway before it reserves auxiliary addresses.
  package mutating func leaseGateway() throws(LeaseError) -> IPAddress {
    try leaseLowest()
  }

  /// Releases an address; ignored when it is free, reserved or outside the subnet.
  package mutating func release(_ address: IPAddress) {
    guard let ordinal = ordinal(of: address), !reservedOrdinals.contains(ordinal) else { return }
    _ = ordinals.remove(ordinal)
  }

  /// The number of addresses in use including reserved ones, at most `UInt64.max`.
  package var inUseCount: UInt64 { UInt64(clamping: ordinals.count) }

  /// The number of available addresses in the range, at most `UInt64.max`.
  package var availableCount: UInt64 {
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

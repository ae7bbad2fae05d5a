package import Addressing

/// A block of addresses that automatic subnets are allocated from.
package struct AddressPool: Hashable, Sendable {
  /// The whole block, without host bits.
  package let base: IPPrefix
  /// The prefix length of the allocated subnets.
  package let size: Int

  /// Makes a pool; nil when subnets of this length do not fit into the block.
  package init?(base: IPPrefix, size: Int) {
    guard base.length...base.family.bitWidth ~= size else { return nil }
    self.init(masking: base, size: size)
  }

  private init(masking base: IPPrefix, size: Int) {
    self.base = base.masked
    self.size = size
  }

  /// Whether a subnet of this prefix length fits into the block.
  package func offers(length: Int) -> Bool {
    base.length...base.family.bitWidth ~= length
  }
}

extension AddressPool {
  /// Docker's IPv4 pools for local networks, in Docker's order.
  package static let dockerDefaults: [AddressPool] = [
    ipv4(0xac11_0000, length: 16, size: 16),
    ipv4(0xac12_0000, length: 16, size: 16),
    ipv4(0xac13_0000, length: 16, size: 16),
    ipv4(0xac14_0000, length: 14, size: 16),
    ipv4(0xac18_0000, length: 14, size: 16),
    ipv4(0xac1c_0000, length: 14, size: 16),
    ipv4(0xc0a8_0000, length: 16, size: 20),
  ].compactMap(\.self)

  /// Docker's IPv4 pool for networks of global scope.
  package static let dockerGlobalDefaults = [ipv4(0x0a00_0000, length: 8, size: 24)]
    .compactMap(\.self)

  private static func ipv4(_ address: UInt32, length: Int, size: Int) -> AddressPool? {
    IPPrefix(address: IPAddress(ipv4: address), length: length).flatMap {
      AddressPool(base: $0, size: size)
    }
  }

  /// The /48 of unique local addresses with this global ID of 40 bits, cut in /64.
  ///
  /// Higher bits of the ID are ignored.
  package static func uniqueLocal(globalID: UInt64) -> AddressPool? {
    let site = UInt128(0xfd) << 40 | UInt128(globalID & 0xff_ffff_ffff)
    return IPAddress(family: .ipv6, value: site << 80)
      .flatMap { IPPrefix(address: $0, length: 48) }
      .flatMap { AddressPool(base: $0, size: 64) }
  }
}

import AddressPools
package import Addressing

extension ConfigurationFile {
  /// The member of the file that gives more automatic IPv4 subnets than there are now, from a block
  /// that overlaps none of `blocks`; nil if there is no such block.
  package func lineForMoreSubnets(besides blocks: [IPPrefix]) -> String? {
    let candidates = [
      (0x0a00_0000, 8), (0xac10_0000, 12), (0xc0a8_0000, 16), (0x6440_0000, 10),
    ].compactMap { address, length in
      IPPrefix(address: IPAddress(ipv4: address), length: length)
    }
    let (blockLength, subnetLength) = (16, 24)
    let pools = candidates.compactMap { AddressPool(base: $0, size: blockLength) }
    // In the order of preference, not of addresses.
    let free = pools.lazy.compactMap { pool in
      firstFreeSubnet(in: [pool], taken: blocks.filter(pool.base.overlaps), avoiding: [])
    }.first
    guard let free, let pool = AddressPool(base: free, size: subnetLength) else { return nil }
    // The key replaces Docker's pools, which are used up.
    let configured =
      configuration.localPools == AddressPool.dockerDefaults ? [] : configuration.localPools
    let texts = (configured + configuration.localIPv6Pools + [pool]).map { pool in
      "{\"base\": \"\(pool.base)\", \"size\": \(pool.size)}"
    }
    return "\"default-address-pools\": [\(texts.joined(separator: ", "))]"
  }
}

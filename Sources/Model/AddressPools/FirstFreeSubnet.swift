package import Addressing

/// The lowest subnet of the pools that overlaps neither a network's subnet nor a block to avoid.
///
/// As in Docker, pools are tried by ascending address, and a pool inside another is skipped. If
/// nothing is left, blocks to avoid that are larger than a pool are ignored: they are catch-all
/// routes, such as those of a VPN, rather than networks.
///
/// - Parameters:
///   - pools: the blocks from which subnets are allocated.
///   - taken: the subnets of existing networks.
///   - avoiding: the destinations of the host's routes.
///   - requestedLength: a prefix length instead of the pools' own; pools that are too small are
///     skipped. 0 means none, as in Docker, where `--subnet 0.0.0.0/0` requests the pools' own
///     length.
/// - Returns: nil when no pool has room.
package func firstFreeSubnet(
  in pools: [AddressPool], taken: [IPPrefix], avoiding: [IPPrefix], requestedLength: Int? = nil
) -> IPPrefix? {
  let pools = outermost(pools)
  func search(avoiding: (AddressPool) -> [IPPrefix]) -> IPPrefix? {
    for pool in pools {
      let length = requestedLength.flatMap { $0 == 0 ? nil : $0 } ?? pool.size
      guard pool.offers(length: length) else { continue }
      // Most of many networks are outside of the pool.
      let obstacles = (taken.overlapping(pool.base) + avoiding(pool).overlapping(pool.base))
        .map(\.masked).sorted()
      if let subnet = firstFreeSubnet(of: length, in: pool.base, between: obstacles) {
        return subnet
      }
    }
    return nil
  }
  return search { _ in avoiding } ?? search { avoiding.within($0) }
}

/// The blocks to avoid that block a whole pool, in order.
package func obstacles(among avoiding: [IPPrefix], in pools: [AddressPool]) -> [IPPrefix] {
  Set(pools.flatMap { avoiding.within($0) }).sorted()
}

extension [IPPrefix] {
  fileprivate func overlapping(_ block: IPPrefix) -> [IPPrefix] { filter(block.overlaps) }

  /// The blocks that overlap a pool and are not larger.
  fileprivate func within(_ pool: AddressPool) -> [IPPrefix] { filter(pool.base.contains) }
}

/// The pools by ascending address, without those inside an earlier one.
private func outermost(_ pools: [AddressPool]) -> [AddressPool] {
  var result: [AddressPool] = []
  for pool in pools.sorted(by: { $0.base < $1.base }) {
    if let last = result.last, last.base.overlaps(pool.base) { continue }
    result.append(pool)
  }
  return result
}

/// Walks the sorted obstacles and skips past each that overlaps the candidate, so that the cost
/// does not grow with the size of the block.
private func firstFreeSubnet(
  of length: Int, in block: IPPrefix, between obstacles: [IPPrefix]
) -> IPPrefix? {
  guard var candidate = IPPrefix(address: block.first, length: length) else { return nil }
  for obstacle in obstacles {
    if obstacle.first > candidate.last { break }
    guard obstacle.last >= candidate.first else { continue }
    guard let next = subnet(of: length, after: obstacle.last), block.contains(next) else {
      return nil
    }
    candidate = next
  }
  return candidate
}

/// The lowest subnet that begins after the address; nil at the end of the address space.
private func subnet(of length: Int, after address: IPAddress) -> IPPrefix? {
  guard let within = IPPrefix(address: address, length: length),
    let next = IPAddress(family: address.family, value: within.last.value &+ 1), next > address
  else { return nil }
  return IPPrefix(address: next, length: length)
}

package import Addressing

/// The lowest subnet of the pools that overlaps neither a network's subnet nor a block to avoid.
///
/// As in Docker, pools are tried by ascending address, and a pool inside another is skipped. If
/// nothing is left, blocks to avoid that are larger than a pool are ignored unless the host is on
/// them: they are catch-all routes, such as those of a VPN, rather than networks.
///
/// - Parameters:
///   - pools: the blocks from which subnets are allocated.
///   - taken: the subnets of existing networks.
///   - avoiding: the destinations of the host's routes.
///   - connected: those of them that the host is itself on.
///   - requestedLength: a prefix length instead of the pools' own; pools that are too small are
///     skipped. 0 means none, as in Docker, where `--subnet 0.0.0.0/0` requests the pools' own
///     length.
/// - Returns: nil when no pool has room.
package func firstFreeSubnet(
  in pools: [AddressPool], taken: [IPPrefix], avoiding: [IPPrefix],
  connected: [IPPrefix] = [], requestedLength: Int? = nil
) -> IPPrefix? {
  let pools = outermost(pools)
  func search(avoiding: (AddressPool) -> [IPPrefix]) -> IPPrefix? {
    for pool in pools {
      let length = requestedLength.flatMap { $0 == 0 ? nil : $0 } ?? pool.size
      guard pool.offers(length: length) else { continue }
      // Most of many networks are outside of the pool.
      let used = (taken.overlapping(pool.base) + avoiding(pool).overlapping(pool.base))
        .map(\.masked).sorted()
      if let subnet = firstFreeSubnet(of: length, in: pool.base, between: used) {
        return subnet
      }
    }
    return nil
  }
  return search { _ in avoiding } ?? search { avoiding.within($0) + connected }
}

/// The blocks to avoid that are the reason why no pool has room, in order.
package func blockingRoutes(
  among avoiding: [IPPrefix], connected: [IPPrefix] = [], in pools: [AddressPool]
) -> [IPPrefix] {
  let wider = connected.filter { avoiding.contains($0) }
  return Set(pools.flatMap { pool in avoiding.within(pool) + wider.filter(pool.base.overlaps) })
    .sorted()
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

/// Walks the sorted blocks in use and skips past each that overlaps the candidate, so that the cost
/// does not grow with the size of the block.
private func firstFreeSubnet(
  of length: Int, in block: IPPrefix, between used: [IPPrefix]
) -> IPPrefix? {
  guard var candidate = IPPrefix(address: block.first, length: length) else { return nil }
  for taken in used {
    if taken.first > candidate.last { break }
    guard taken.last >= candidate.first else { continue }
    guard let next = subnet(of: length, after: taken.last), block.contains(next) else {
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

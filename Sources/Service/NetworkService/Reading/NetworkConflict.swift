public import Addressing
import Drivers
import KernelModel
public import NetworkModel

/// Two recorded networks that cannot coexist, for example because a document was copied by hand and
/// given a new identity: `create` would have refused the second.
public struct NetworkConflict: Hashable, Sendable {
  /// What they conflict over.
  public enum Subject: Hashable, Sendable {
    /// The name.
    case name
    /// Overlapping subnets: the first network's, then the second's.
    case subnets(IPPrefix, IPPrefix)
    /// The name of a device that only one of them can have.
    case device(InterfaceName)
  }

  /// The older network.
  public let first: Network
  /// The younger network.
  public let second: Network
  /// What they conflict over.
  public let subject: Subject

  /// The conflicts among the networks, each network with the oldest of those that it overlaps:
  /// thousands of copies of one document have millions of pairs.
  static func all(among networks: [Network], _ drivers: DriverRegistry) -> [NetworkConflict] {
    let networks = byAge(networks)
    return equals(among: networks, by: { Array($0.name.utf8) }).map { one, other, _ in
      NetworkConflict(first: one, second: other, subject: .name)
    } + overlaps(among: networks)
      + equals(among: networks, by: { device(of: $0, drivers) }).map { one, other, name in
        NetworkConflict(first: one, second: other, subject: .device(name))
      }
  }

  /// Networks whose bridge is incomplete and must not be recreated, because an older or already
  /// running network owns overlapping addresses.
  static func networksToSkip(among networks: [Network], withoutBridge: Set<NetworkID>) -> Set<
    NetworkID
  > {
    if withoutBridge.isEmpty { return [] }
    let networks = byAge(networks)
    let byRight =
      networks.filter { !withoutBridge.contains($0.id) }
      + networks.filter { withoutBridge.contains($0.id) }
    return Set(overlaps(among: byRight).map(\.second.id)).intersection(withoutBridge)
  }

  private static func byAge(_ networks: [Network]) -> [Network] {
    networks.sorted { ($0.created, $0.id) < ($1.created, $1.id) }
  }

  private static func device(
    of network: Network, _ drivers: DriverRegistry
  ) -> InterfaceName? {
    let driver = (try? drivers.driver(of: network)) ?? nil
    guard let device = driver?.desiredNetwork.device, !device.isShared else { return nil }
    return device.name
  }

  private static func equals<Key: Hashable>(
    among networks: [Network], by key: (Network) -> Key?
  ) -> [(Network, Network, Key)] {
    var first: [Key: Network] = [:]
    var found: [(Network, Network, Key)] = []
    for network in networks {
      guard let key = key(network) else { continue }
      if let other = first[key] {
        found.append((other, network, key))
      } else {
        first[key] = network
      }
    }
    return found
  }

  // Each network with the first in the list of those that it overlaps, unless that is itself.
  private static func overlaps(among networks: [Network]) -> [NetworkConflict] {
    let uses = networks.enumerated()
      .flatMap { place, network in
        network.subnets.map { SubnetUse(subnet: $0.subnet.masked, place: place) }
      }
      .sorted {
        ($0.subnet.first, $0.subnet.length, $0.place) < (
          $1.subnet.first, $1.subnet.length, $1.place
        )
      }
    let firsts = firstOverlaps(of: uses)
    return zip(uses, firsts).filter { $1.place < $0.place }.map { use, first in
      NetworkConflict(
        first: networks[first.place], second: networks[use.place],
        subject: .subnets(first.subnet, use.subnet))
    }
  }

  // Of two overlapping subnets, one contains the other, so in the order of the uses each subnet
  // comes after all that contain it.
  private static func firstOverlaps(of uses: [SubnetUse]) -> [SubnetUse] {
    var (around, outer): ([Int?], [Int]) = ([], [])
    for (index, use) in uses.enumerated() {
      while let last = outer.last, !uses[last].subnet.contains(use.subnet) { outer.removeLast() }
      around.append(outer.last)
      outer.append(index)
    }
    var (outside, inside) = (uses, uses)
    for index in uses.indices {
      if let parent = around[index] { outside[index].improve(by: outside[parent]) }
    }
    for index in uses.indices.reversed() {
      if let parent = around[index] { inside[parent].improve(by: inside[index]) }
    }
    return uses.indices.map { index in
      var first = outside[index]
      first.improve(by: inside[index])
      return first
    }
  }
}

/// A subnet and the place in a list of the network that has it.
private struct SubnetUse {
  var subnet: IPPrefix
  var place: Int

  mutating func improve(by other: SubnetUse) {
    if other.place < place { self = other }
  }
}

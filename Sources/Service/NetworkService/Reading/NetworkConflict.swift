public import Addressing
import Drivers
public import KernelModel
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
    /// The name of the bridge.
    case bridge(InterfaceName)
  }

  /// The older network.
  public let first: Network
  /// The younger network.
  public let second: Network
  /// What they conflict over.
  public let subject: Subject

  /// All conflicts among the networks.
  static func all(among networks: [Network]) -> [NetworkConflict] {
    let networks = byAge(networks)
    return equals(among: networks, by: { Array($0.name.utf8) }).map { one, other, _ in
      NetworkConflict(first: one, second: other, subject: .name)
    } + overlaps(among: networks)
      + equals(among: networks, by: bridge).map { one, other, name in
        NetworkConflict(first: one, second: other, subject: .bridge(name))
      }
  }

  /// Networks whose bridge is incomplete and must not be recreated, because an older or already
  /// running network owns overlapping addresses.
  static func networksToSkip(among networks: [Network], withoutBridge: Set<NetworkID>) -> Set<
    NetworkID
  > {
    if withoutBridge.isEmpty { return [] }
    let networksToSkip = overlaps(among: byAge(networks)).compactMap { conflict in
      [conflict.second.id, conflict.first.id].first { withoutBridge.contains($0) }
    }
    return Set(networksToSkip)
  }

  private static func byAge(_ networks: [Network]) -> [Network] {
    networks.sorted { ($0.created, $0.id) < ($1.created, $1.id) }
  }

  private static func bridge(of network: Network) -> InterfaceName? {
    network.isConfigurationOnly
      ? nil : (try? network.makeDriver())?.desiredNetwork.bridge?.name
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

  // The networks are sorted by age. Of two overlapping subnets, one contains the other, so in this
  // order each subnet comes after all that contain it.
  private static func overlaps(among networks: [Network]) -> [NetworkConflict] {
    let places = networks.enumerated()
      .flatMap { place, network in network.subnets.map { (subnet: $0.subnet.masked, place: place) }
      }
      .sorted {
        ($0.subnet.first, $0.subnet.length, $0.place) < (
          $1.subnet.first, $1.subnet.length, $1.place
        )
      }
    var (outer, found): ([(subnet: IPPrefix, place: Int)], [NetworkConflict]) = ([], [])
    for inner in places {
      while let last = outer.last, !last.subnet.contains(inner.subnet) { outer.removeLast() }
      for around in outer {
        let (one, other) = around.place < inner.place ? (around, inner) : (inner, around)
        found.append(
          NetworkConflict(
            first: networks[one.place], second: networks[other.place],
            subject: .subnets(one.subnet, other.subnet)))
      }
      outer.append(inner)
    }
    return found
  }
}

public import Addressing
import Drivers
public import KernelModel
public import NetworkModel

/// Two networks on record that cannot both be, as when somebody has copied a document by hand and
/// changed its identity: `create` would have refused the second.
public struct Collision: Hashable, Sendable {
  /// What they cannot both have.
  public enum Subject: Hashable, Sendable {
    /// The name.
    case name
    /// Subnets that overlap: of the first network, of the second.
    case subnets(IPPrefix, IPPrefix)
    /// The name of the bridge.
    case bridge(InterfaceName)
  }

  /// The older network.
  public let first: Network
  /// The younger one.
  public let second: Network
  /// What they cannot both have.
  public let subject: Subject

  /// All that there are among networks.
  static func all(among networks: [Network]) -> [Collision] {
    let networks = byAge(networks)
    return equals(among: networks, by: { Array($0.name.utf8) }).map { one, other, _ in
      Collision(first: one, second: other, subject: .name)
    } + overlaps(among: networks)
      + equals(among: networks, by: bridge).map { one, other, name in
        Collision(first: one, second: other, subject: .bridge(name))
      }
  }

  /// The networks without a whole bridge that must not get one: another that has its bridge, or is
  /// older, has addresses of theirs.
  static func losers(among networks: [Network], withoutBridge: Set<NetworkID>) -> Set<NetworkID> {
    if withoutBridge.isEmpty { return [] }
    let losers = overlaps(among: byAge(networks)).compactMap { collision in
      [collision.second.id, collision.first.id].first { withoutBridge.contains($0) }
    }
    return Set(losers)
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

  // The networks are sorted by age. Of two subnets that overlap one contains the other, so that in this order each stands behind all
  // that contain it.
  private static func overlaps(among networks: [Network]) -> [Collision] {
    let places = networks.enumerated()
      .flatMap { place, network in network.subnets.map { (subnet: $0.subnet.masked, place: place) }
      }
      .sorted {
        ($0.subnet.first, $0.subnet.length, $0.place) < (
          $1.subnet.first, $1.subnet.length, $1.place
        )
      }
    var (outer, found): ([(subnet: IPPrefix, place: Int)], [Collision]) = ([], [])
    for inner in places {
      while let last = outer.last, !last.subnet.contains(inner.subnet) { outer.removeLast() }
      for around in outer {
        let (one, other) = around.place < inner.place ? (around, inner) : (inner, around)
        found.append(
          Collision(
            first: networks[one.place], second: networks[other.place],
            subject: .subnets(one.subnet, other.subnet)))
      }
      outer.append(inner)
    }
    return found
  }
}

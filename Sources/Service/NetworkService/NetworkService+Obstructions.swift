import Addressing
import Drivers
public import KernelModel
public import NetworkModel
import StateStore

/// Another table drops what a network's containers send, or what is sent to them.
public struct Obstruction: Hashable, Sendable {
  /// The network's name.
  public let network: String
  /// Its bridge.
  public let bridge: InterfaceName
  /// Where packets are dropped.
  public let drop: ForeignDrop
  /// The interface of the host's default route; nil without one.
  public let uplink: String?
}

extension NetworkService {
  /// What other tables drop of a network's traffic; nothing of one that forwards nothing.
  public func obstructions(to reference: String) throws(ServiceError) -> [Obstruction] {
    let folder = try openState()
    let index = try stored { () throws(StateError) in try folder.index() }
    return try obstructions(to: try network(reference, in: index, of: folder))
  }

  /// What other tables drop of the traffic of a container's networks.
  public func obstructions(toNetworksOf reference: String) throws(ServiceError) -> [Obstruction] {
    let (container, _) = try openContainer(reference)
    let folder = try openState()
    let endpoints = try stored { () throws(StateError) in try folder.endpoints(of: container.id) }
    var found: [Obstruction] = []
    for endpoint in endpoints {
      let network = try stored { () throws(StateError) in try folder.network(endpoint.network) }
      if let network { found += try obstructions(to: network) }
    }
    return found
  }

  /// What other tables drop of a network's traffic.
  public func obstructions(to network: Network) throws(ServiceError) -> [Obstruction] {
    let desired = try optioned { () throws(OptionError) in try network.makeDriver().desiredNetwork }
    guard let bridge = desired.bridge?.name, !desired.forwarding.isEmpty else { return [] }
    let drops = try observed { () throws(KernelError) in
      try kernel.foreignDrops(besidesNaming: bridge)
    }
    let relevant = drops.filter { drop in desired.forwarding.contains { drop.concerns($0) } }
    if relevant.isEmpty { return [] }
    let routes = try observed { () throws(KernelError) in
      try kernel.routing(in: .host).defaultRoutes
    }
    return relevant.map { drop in
      let uplink = routes.first { drop.concerns($0.family) }?.interface
      return Obstruction(network: network.name, bridge: bridge, drop: drop, uplink: uplink)
    }
  }
}

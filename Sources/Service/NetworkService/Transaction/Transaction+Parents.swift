import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// The links of the host that networks are on, and what networks on one link share.
extension Transaction {
  /// Refuses the parent of a new network if there is none and netctl cannot make it, or if another
  /// network cannot share it.
  func checkParent(of driver: any ParentSharing) throws(ServiceError) {
    let network = driver.network
    let others = index.listing.networks.filter {
      $0.driver == network.driver && $0.id != network.id && !$0.isConfigurationOnly
    }
    try checked { () throws(NetworkProblem) in
      for other in others { try driver.check(beside: other) }
    }
    let parent = try kernel.link(driver.parent.name)
    let base = try driver.parent.base.flatMap { (name) throws(ServiceError) in
      try kernel.link(name)
    }
    try check(driver.mtu, on: parent ?? base)
    if parent != nil { return }
    let problem = try driver.parent.checkCreation { (name) throws(ServiceError) in
      guard let name = try? InterfaceName(name) else { return false }
      return try kernel.link(name) != nil
    }
    if let problem { throw .definition(.driver(problem)) }
  }

  private func check(_ mtu: UInt32?, on parent: ObservedLink?) throws(ServiceError) {
    guard let mtu, let parent, mtu > parent.mtu else { return }
    throw .definition(.driver(.mtuAboveParent(mtu, parent.name, parentMTU: parent.mtu)))
  }

  /// Refuses to use a network without the link that its interfaces are on, if netctl cannot make
  /// it again.
  func checkParent(of desired: DesiredNetwork) throws(ServiceError) {
    let missing = try desired.missingLink { (name) throws(ServiceError) in
      try kernel.link(name) != nil
    }
    if let missing { throw .definition(.driver(.parentNotFound(missing.description))) }
  }

  /// The other networks that have addresses in common with one, where that is allowed.
  func networksSharingSubnets(with network: Network) -> [Network] {
    index.listing.networks.filter { other in
      other.id != network.id && view.drivers.sharesSubnets(other)
        && other.subnets.contains { subnet in
          network.subnets.contains { $0.subnet.overlaps(subnet.subnet) }
        }
    }
  }
}

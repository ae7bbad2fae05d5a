import Drivers
import KernelModel
import NetworkModel
import StateStore

/// What an interrupted command left is removed by the next one. What cannot be removed now stays on
/// record and is reported, but does not prevent commands on unrelated networks. What plugins have a
/// part in is left to the commands that ask them, without the lock.
extension Transaction {
  /// Undoes pending changes; returns those that remain.
  func recover(_ unfinished: PendingChanges) throws(ServiceError) -> Unrecovered {
    var failures: Unrecovered = []
    for update in unfinished.updates {
      do throws(ServiceError) {
        try revert(update)
        report(.recovery, update.old)
      } catch {
        failures.append((.update(update.old), error))
      }
    }
    for change in unfinished.ports {
      do throws(ServiceError) {
        try recover(change, besides: unfinished.endpoints)
      } catch {
        failures.append((UnfinishedChange(change), error))
      }
    }
    for endpoint in unfinished.endpoints where endpoint.plugin == nil {
      do throws(ServiceError) {
        try detach(endpoint)
        if let network = try view.network(endpoint.network) {
          report(.recovery, network, of: endpoint.container)
        }
      } catch {
        failures.append((view.change(of: endpoint), error))
      }
    }
    let networks = unfinished.networks.filter { !$0.usesPlugins }
    let present = networks.count > 1 ? try presentNetworks(networks) : []
    for (number, network) in networks.enumerated() {
      do throws(ServiceError) {
        // The first takes with it what no network needs any more.
        if number == 0 || present.contains(network.id) {
          try tearDown(network)
        } else {
          try discard(network)
        }
        report(.recovery, network)
      } catch {
        failures.append((.network(network), error))
      }
    }
    return failures
  }

  /// The networks of which the kernel holds anything; a network's elements come and go together.
  /// Looked for once, because there may be thousands, as after restoring a backup.
  private func presentNetworks(_ networks: [Network]) throws(ServiceError) -> Set<NetworkID> {
    let links = try kernel.links(in: .host)
    let elements = try kernel.firewall().elements
    let owners = Set(links.compactMap(\.owner))
    let names = Set(links.map(\.name))
    let present = networks.filter { network in
      guard let desired = try? view.desiredNetwork(of: network) else { return true }
      guard let device = desired.device else { return false }
      return owners.contains(device.owner) || names.contains(device.name)
        || elements.contains(.bridge(device.name))
    }
    return Set(present.map(\.id))
  }
}

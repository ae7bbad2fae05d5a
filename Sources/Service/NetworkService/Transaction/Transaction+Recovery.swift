import NetworkModel
import StateStore

/// What an interrupted command left is removed by the next one. What cannot be removed now stays on
/// record and is reported, but does not prevent commands on unrelated networks.
extension Transaction {
  /// Removes pending changes; returns those that remain.
  func recover() throws(ServiceError) -> Unrecovered {
    let unfinished = try discardingUnwrittenChanges()
    var failures: Unrecovered = []
    for change in unfinished.ports {
      do throws(ServiceError) {
        try recover(change, besides: unfinished.endpoints)
      } catch {
        failures.append((UnfinishedChange(change), error))
      }
    }
    for endpoint in unfinished.endpoints {
      do throws(ServiceError) {
        try detach(endpoint)
      } catch {
        failures.append((view.change(of: endpoint), error))
      }
    }
    for network in unfinished.networks {
      do throws(ServiceError) {
        try tearDown(network)
      } catch {
        failures.append((.network(network), error))
      }
    }
    return failures
  }
}

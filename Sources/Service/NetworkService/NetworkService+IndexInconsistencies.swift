import NetworkModel
import StateStore

/// Leases, and the index of containers and ports, are derived from the documents and kept in files
/// of their own. They are trusted, so they must agree with the documents.
extension NetworkService {
  /// The inconsistencies that concern these networks, and with `isOfAll` the shared ones; running
  /// changes are ignored.
  func indexInconsistencies(
    of networks: [Network], isOfAll: Bool, in folder: StateFolder
  ) throws(ServiceError) -> [IndexInconsistency] {
    try stored { () throws(StateError) in
      let found = try folder.indexInconsistencies(of: networks, isOfAll: isOfAll)
      if found.isEmpty { return [] }
      let again = Set(try folder.indexInconsistencies(of: networks, isOfAll: isOfAll))
      return found.filter(again.contains)
    }
  }

  /// Rebuilds inconsistent files from the documents; returns the write failures.
  func repairIndexes(
    of networks: [Network], isOfAll: Bool, in state: borrowing LockedState
  ) -> [NetworkFailure] {
    do throws(StateError) {
      if isOfAll { try state.renewCache() }
      let stale = try state.folder.indexInconsistencies(of: networks, isOfAll: isOfAll)
      if !stale.isEmpty { try state.repair(stale, of: networks) }
      return []
    } catch {
      return [NetworkFailure(network: nil, error: serviceError(error))]
    }
  }
}

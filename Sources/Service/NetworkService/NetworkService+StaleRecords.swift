import NetworkModel
import StateStore

/// Leases, and whose connections and ports are whose, stand in files of their own that are made from
/// documents. They are believed, so they have to say what those do.
extension NetworkService {
  /// What is stale of these networks, and with `isOfAll` of what all share; nothing that a command may
  /// be changing just now.
  func staleRecords(
    of networks: [Network], isOfAll: Bool, in folder: StateFolder
  ) throws(ServiceError) -> [StaleRecord] {
    try stored { () throws(StateError) in
      let found = try folder.staleRecords(of: networks, isOfAll: isOfAll)
      if found.isEmpty { return [] }
      let again = Set(try folder.staleRecords(of: networks, isOfAll: isOfAll))
      return found.filter(again.contains)
    }
  }

  /// Makes anew what is stale; says what could not be written.
  func mendRecords(
    of networks: [Network], isOfAll: Bool, in state: borrowing LockedState
  ) -> [NetworkFailure] {
    do throws(StateError) {
      if isOfAll { try state.renewCatalog() }
      let stale = try state.folder.staleRecords(of: networks, isOfAll: isOfAll)
      if !stale.isEmpty { try state.mend(stale, of: networks) }
      return []
    } catch {
      return [NetworkFailure(network: nil, error: refusal(error))]
    }
  }
}

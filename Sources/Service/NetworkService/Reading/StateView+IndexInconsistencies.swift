import NetworkModel
import StateStore

/// Leases, and the index of containers and ports, are derived from the documents and kept in files
/// of their own. They are trusted, so they must agree with the documents.
extension StateView {
  /// The inconsistencies that concern these networks, and with `isOfAll` the shared ones; running
  /// changes are ignored.
  func indexInconsistencies(
    of networks: [Network], isOfAll: Bool
  ) throws(ServiceError) -> [IndexInconsistency] {
    let found = try currentIndexInconsistencies(of: networks, isOfAll: isOfAll)
    if found.isEmpty { return [] }
    let again = Set(try currentIndexInconsistencies(of: networks, isOfAll: isOfAll))
    return found.filter(again.contains)
  }
}

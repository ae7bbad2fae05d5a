import NetworkModel

extension Transaction {
  /// Rebuilds inconsistent files from the documents; returns the write failures.
  func repairIndexes(
    of networks: [Network], isOfAll: Bool
  ) -> [NetworkFailure] {
    do throws(ServiceError) {
      if isOfAll { try renewCache() }
      let stale = try view.currentIndexInconsistencies(of: networks, isOfAll: isOfAll)
      if !stale.isEmpty { try repair(stale, of: networks) }
      return []
    } catch {
      return [NetworkFailure(network: nil, error: error)]
    }
  }
}

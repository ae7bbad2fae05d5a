import Nftables

extension Ruleset {
  /// The chains but `admin` that are missing, have more or fewer rules than defined, or are the
  /// target of more or fewer jumps: the kernel counts both as uses of the chain.
  func chainsUsedOtherwise(in installed: [InstalledChain]) -> [ChainName] {
    let additions = UInt32(additionsToUnpublished.count)
    let counts = Self.useCounts.map { ($0, $0 == .unpublished ? $1 + additions : $1) }
    return Self.disagreeing(installed, definition, counts)
      + Self.disagreeing(installed, Self.betweenPorts, Self.useCountsBetweenPorts)
      + Self.disagreeing(installed, Self.ofNeighbors, Self.useCountsOfNeighbors)
  }

  private static func disagreeing(
    _ installed: [InstalledChain], _ table: TableDefinition, _ counts: [(ChainName, UInt32)]
  ) -> [ChainName] {
    counts.compactMap { name, count in
      installed.contains { $0.isChain(name, of: table) && $0.useCount == count } ? nil : name
    }
  }

  // Counting the rules would need all of them, which takes longer than the rest of the look at the
  // installed tables. A table that disagrees with these never counts as installed.
  private static let useCounts: [(ChainName, UInt32)] = [
    (.entry, 4), (.origin, 6), (.prerouting, 1), (.arriving, 6), (.output, 1), (.published, 5),
    (.published6, 3),
    (.forward, 5), (.known, 6), (.inward, 8), (.leaving, 5), (.outward, 7), (.crossing, 12),
    (.within, 10), (.unpublished, 6), (.sources, 15), (.impersonation, 5), (.control, 7),
    (.errors, 7), (.transit, 3), (.invalid, 2), (.toRouted, 3), (.toOpen, 5), (.input, 7),
    (.tunnels, 4),
    (.toHost, 6), (.discovery, 5), (.solicited, 4), (.advertised, 5), (.resets, 1),
    (.postrouting, 4), (.entering, 5), (.hairpin, 3),
  ]

  private static let useCountsBetweenPorts: [(ChainName, UInt32)] = [
    (.siblings, 9), (.datagrams, 3), (.resolution, 5), (.advertisements, 3), (.packets4, 5),
    (.packets6, 6),
  ]

  private static let useCountsOfNeighbors: [(ChainName, UInt32)] = [(.neighbors, 2)]
}

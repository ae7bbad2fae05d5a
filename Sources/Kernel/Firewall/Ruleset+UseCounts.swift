import Nftables

extension Ruleset {
  /// Whether each chain but `admin` has as many rules, and is the target of as many jumps, as
  /// defined: the kernel counts both as uses of the chain.
  static func hasUseCounts(of installed: [InstalledChain]) -> Bool {
    for (name, count) in useCounts {
      guard installed.contains(where: { $0.name == name.rawValue && $0.useCount == count }) else {
        return false
      }
    }
    return true
  }

  // Counting the rules would need all of them, which takes longer than the rest of the look at an
  // installed table. A table that disagrees with this one never counts as installed.
  private static let useCounts: [(ChainName, UInt32)] = [
    (.prerouting, 2), (.arriving, 6), (.output, 1), (.published, 5), (.published6, 3),
    (.forward, 3), (.known, 5), (.routing, 8), (.leaving, 5), (.outward, 7), (.crossing, 12),
    (.within, 8), (.unpublished, 6), (.sources, 8), (.control, 7), (.errors, 7), (.transit, 3),
    (.invalid, 2), (.toRouted, 3), (.toOpen, 5), (.input, 6), (.toHost, 6), (.resets, 1),
    (.postrouting, 4), (.entering, 5), (.hairpin, 3),
  ]
}

/// A table: its sets, and its chains with their rules.
package struct TableDefinition: Sendable {
  package let name: String
  /// The kernel's number of the family.
  package let family: UInt8
  package let sets: [SetDefinition]
  let chains: [ChainDefinition]
  private let unmanaged: Set<ChainName>

  /// The administrator's rules are in the `unmanaged` chains, which are created like the others,
  /// and then neither emptied nor compared.
  package init(
    _ name: String, family: UInt8 = NetfilterFamily.inet, sets: [SetDefinition],
    chains: [ChainDefinition], unmanaged: Set<ChainName> = []
  ) {
    self.name = name
    self.family = family
    self.sets = sets
    self.chains = chains
    self.unmanaged = unmanaged
  }

  var managedChains: [ChainDefinition] { chains.filter { !unmanaged.contains($0.name) } }

  /// The sets of single rules.
  var anonymousSets: [AnonymousSet] { chains.flatMap(\.rules).flatMap(\.anonymousSets) }

  /// Whether each managed chain has as many rules, and is the target of as many jumps, as here:
  /// the kernel counts both as uses of the chain.
  package func hasUseCounts(of installed: [InstalledChain]) -> Bool {
    var counts: [ChainName: UInt32] = [:]
    for chain in chains {
      counts[chain.name, default: 0] += UInt32(chain.rules.count)
      for target in chain.rules.compactMap(\.target) { counts[target, default: 0] += 1 }
    }
    return managedChains.allSatisfy { chain in
      installed.contains {
        $0.isChain(chain.name, of: self) && $0.useCount == counts[chain.name]
      }
    }
  }

  /// The elements of its sets.
  func elements(among elements: [SetElement]) -> [SetElement] {
    let names = Set(sets.map(\.name))
    return elements.filter { names.contains($0.set) }
  }
}

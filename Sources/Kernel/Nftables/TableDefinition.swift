/// A table of family inet: its sets, and its chains with their rules.
package struct TableDefinition: Sendable {
  package let name: String
  package let sets: [SetDefinition]
  private let declaredChains: @Sendable () -> [ChainDefinition]
  private let unmanaged: [ChainName]

  /// The chains are declared only when needed. The administrator's rules are in the `unmanaged`
  /// ones, which are created like the others, and then neither emptied nor compared.
  package init(
    _ name: String, sets: [SetDefinition],
    chains: @autoclosure @escaping @Sendable () -> [ChainDefinition], unmanaged: [ChainName] = []
  ) {
    self.name = name
    self.sets = sets
    declaredChains = chains
    self.unmanaged = unmanaged
  }

  var chains: [ChainDefinition] { declaredChains() }

  var managedChains: [ChainDefinition] { chains.filter { !unmanaged.contains($0.name) } }

  /// The sets of single rules.
  var anonymousSets: [AnonymousSet] { chains.flatMap(\.rules).flatMap(\.anonymousSets) }
}

/// A table: its sets, and its chains with their rules.
package struct TableDefinition: Sendable {
  package let name: String
  /// The kernel's number of the family.
  package let family: UInt8
  package let sets: [SetDefinition]
  private let declaredChains: @Sendable () -> [ChainDefinition]
  private let unmanaged: [ChainName]

  /// The chains are declared only when needed. The administrator's rules are in the `unmanaged`
  /// ones, which are created like the others, and then neither emptied nor compared.
  package init(
    _ name: String, family: UInt8 = NetfilterFamily.inet, sets: [SetDefinition],
    chains: @autoclosure @escaping @Sendable () -> [ChainDefinition], unmanaged: [ChainName] = []
  ) {
    self.name = name
    self.family = family
    self.sets = sets
    declaredChains = chains
    self.unmanaged = unmanaged
  }

  var chains: [ChainDefinition] { declaredChains() }

  var managedChains: [ChainDefinition] { chains.filter { !unmanaged.contains($0.name) } }

  /// The sets of single rules.
  var anonymousSets: [AnonymousSet] { chains.flatMap(\.rules).flatMap(\.anonymousSets) }

  /// The elements of its sets.
  func elements(among elements: [SetElement]) -> [SetElement] {
    elements.filter { element in sets.contains { $0.name == element.set } }
  }
}

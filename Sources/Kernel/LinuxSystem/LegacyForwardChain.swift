/// The chain `FORWARD` of the legacy xtables table `filter` in the thread's network namespace.
package struct LegacyForwardChain: Sendable {
  /// Whether its policy drops packets that no rule decides about.
  package let dropsByPolicy: Bool
  /// Whether it has rules.
  package let hasRules: Bool
  /// The interfaces that rules of the table match; a trailing plus matches all names with that
  /// prefix.
  private let interfaces: Set<String>

  // NF_INET_FORWARD.
  private static let hook = 2

  /// The chain of a family; nil if the table is not in use or cannot be read. Reading does not
  /// create the table.
  package static func read(isIPv6: Bool) -> LegacyForwardChain? {
    guard LegacyTable.names(isIPv6: isIPv6).contains("filter"),
      let table = LegacyTable.read("filter", isIPv6: isIPv6), let chain = table.chains[hook],
      let policy = table.entries.first(where: { $0.offset == chain.policy })
    else { return nil }
    return LegacyForwardChain(
      dropsByPolicy: policy.drops, hasRules: chain.first != chain.policy,
      interfaces: Set(table.entries.flatMap(\.interfaces)))
  }

  /// Whether a rule of the table matches the interface.
  package func names(_ interface: String) -> Bool {
    interfaces.contains { name in
      name.hasSuffix("+") ? interface.hasPrefix(name.dropLast()) : interface == name
    }
  }
}

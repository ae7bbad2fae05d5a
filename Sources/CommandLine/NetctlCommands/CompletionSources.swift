package import Containers

/// Sources of completions besides the state directory.
package struct CompletionSources {
  /// The named network namespaces.
  package let namedNamespaces: () -> [String]
  /// The containers of runtimes.
  package let containers: () -> [ListedContainer]
  /// The processes with a network namespace of their own.
  package let processes: () -> [NamespaceScanner.Process]
  /// The host's interfaces.
  package let interfaces: () -> [String]
  /// The plugins that are there.
  package let plugins: () -> [String]

  package init(
    namedNamespaces: @escaping () -> [String], containers: @escaping () -> [ListedContainer],
    processes: @escaping () -> [NamespaceScanner.Process], interfaces: @escaping () -> [String],
    plugins: @escaping () -> [String] = { [] }
  ) {
    self.namedNamespaces = namedNamespaces
    self.containers = containers
    self.processes = processes
    self.interfaces = interfaces
    self.plugins = plugins
  }
}

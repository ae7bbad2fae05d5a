package import Containers

/// Sources of completions besides the state directory.
package struct CompletionSources {
  /// The named network namespaces.
  package let namedNamespaces: () -> [String]
  /// The processes with a network namespace of their own.
  package let processes: () -> [NamespaceScanner.Process]
  /// The host's interfaces.
  package let interfaces: () -> [String]

  /// Creates a request; the defaults leave the host side open.
  package init(
    namedNamespaces: @escaping () -> [String],
    processes: @escaping () -> [NamespaceScanner.Process], interfaces: @escaping () -> [String]
  ) {
    self.namedNamespaces = namedNamespaces
    self.processes = processes
    self.interfaces = interfaces
  }
}

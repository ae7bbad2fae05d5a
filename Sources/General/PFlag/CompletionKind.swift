/// The kind of an argument or flag value, so that completion can offer candidates.
///
/// This module only defines those that every program has; a program adds its own.
package struct CompletionKind: Hashable, Sendable {
  private let name: String

  /// Creates a kind; kinds of the same name are equal.
  package init(_ name: String) {
    self.name = name
  }

  /// Anything: no candidates.
  package static let anything = CompletionKind("anything")
  /// `true` or `false`.
  package static let boolean = CompletionKind("boolean")
}

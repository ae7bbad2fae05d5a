/// What an argument or the value of a flag stands for, so that completion can offer words.
///
/// This module knows only those that every program has; a program adds its own.
public struct WordKind: Hashable, Sendable {
  private let name: String

  /// Makes a kind, which is equal to those of the same name.
  public init(_ name: String) {
    self.name = name
  }

  /// Anything: there is nothing to offer.
  public static let anything = WordKind("anything")
  /// `true` or `false`.
  public static let boolean = WordKind("boolean")
}

/// The layout of a JSON document.
package enum JSONLayout: Hashable, Sendable {
  /// Everything on one line, without spaces.
  case compact
  /// A line for every member and element, indented by `spaces` for each level.
  case indented(spaces: Int)

  /// The layout of `docker inspect`.
  package static let inspect = JSONLayout.indented(spaces: 4)
}

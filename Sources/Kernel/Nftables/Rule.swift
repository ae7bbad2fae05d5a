/// A rule: expressions that the kernel evaluates in order, until one does not hold.
package struct Rule: Sendable {
  let expressions: [Expression]

  package init(_ expressions: [Expression]) {
    self.expressions = expressions
  }

  /// The sets of its own.
  var anonymousSets: [AnonymousSet] {
    expressions.compactMap { expression in
      guard case .lookup(_, .anonymous(let set), _) = expression else { return nil }
      return set
    }
  }
}

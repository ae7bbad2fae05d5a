/// A batch operation over many networks that reports its progress.
public protocol BatchOperation: ~Copyable {
  /// The number of steps.
  var count: Int { get }
  /// The failures so far.
  var failures: [NetworkFailure] { get }
  /// Performs the next step; false when none is left.
  mutating func next() -> Bool
}

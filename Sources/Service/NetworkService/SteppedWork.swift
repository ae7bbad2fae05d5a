/// Work on many networks, one in a step, so that whoever asks for it can tell how far it is.
public protocol SteppedWork: ~Copyable {
  /// The number of steps.
  var count: Int { get }
  /// What could not be done so far.
  var failures: [NetworkFailure] { get }
  /// Takes the next step; false when none is left.
  mutating func next() -> Bool
}

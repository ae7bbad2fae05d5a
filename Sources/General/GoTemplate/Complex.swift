/// A `complex128`.
public struct Complex: Hashable, Sendable {
  /// The real part.
  public let real: Double
  /// The imaginary part.
  public let imaginary: Double
}

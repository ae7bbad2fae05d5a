/// A `complex128`.
package struct Complex: Hashable, Sendable {
  /// The real part.
  package let real: Double
  /// The imaginary part.
  package let imaginary: Double
}

/// A destination for text.
package protocol TextOutput {
  /// Writes bytes without buffering.
  func write(_ bytes: [UInt8])
}

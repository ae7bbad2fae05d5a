/// A place for text.
public protocol TextOutput {
  /// Writes bytes at once.
  func write(_ bytes: [UInt8])
}

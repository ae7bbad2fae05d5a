/// Why a text is not a CSV record, and where.
public struct CSVError: Error, Equatable, Sendable {
  /// What is wrong with the record.
  public enum Fault: Equatable, Sendable {
    /// A quote inside a field that does not start with one.
    case bareQuote
    /// A quote that neither ends its field nor is doubled, or a field that never ends.
    case strayOrMissingQuote
    /// Nothing but empty lines.
    case noRecord
  }

  /// What is wrong.
  public let fault: Fault
  /// The line the record starts on, from 1.
  public let recordLine: Int
  /// The line of the fault, from 1.
  public let line: Int
  /// The byte of the fault in its line, from 1.
  public let column: Int

  init(_ fault: Fault, recordLine: Int, line: Int, column: Int) {
    self.fault = fault
    self.recordLine = recordLine
    self.line = line
    self.column = column
  }
}

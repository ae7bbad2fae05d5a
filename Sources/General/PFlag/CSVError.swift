/// Why a string is not a CSV record, and where.
package struct CSVError: Error, Equatable, Sendable {
  /// What is wrong with the record.
  package enum Fault: Equatable, Sendable {
    /// A quote inside a field that does not start with one.
    case bareQuote
    /// A quote that neither ends its field nor is doubled, or a field that never ends.
    case strayOrMissingQuote
    /// Only empty lines.
    case noRecord
  }

  /// What is wrong.
  package let fault: Fault
  /// The line the record starts on, from 1.
  package let recordLine: Int
  /// The line of the error, from 1.
  package let line: Int
  /// The byte of the error in its line, from 1.
  package let column: Int

  init(_ fault: Fault, recordLine: Int, line: Int, column: Int) {
    self.fault = fault
    self.recordLine = recordLine
    self.line = line
    self.column = column
  }
}

/// The exit statuses of commands.
package enum ExitStatus {
  package static let success: Int32 = 0
  /// An operation failed.
  package static let failure: Int32 = 1
  /// The template of `inspect` does not parse.
  package static let unusableTemplate: Int32 = 64
}

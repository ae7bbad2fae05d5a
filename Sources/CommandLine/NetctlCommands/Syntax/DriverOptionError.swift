/// Why a `--driver-opt` is refused.
package enum DriverOptionError: Error, Equatable, Sendable {
  /// There is no `=`, or nothing before it.
  case notKeyAndValue(String)

  /// Docker's message; it does not name the option.
  package var text: String {
    switch self {
    case .notKeyAndValue: "invalid key/value pair format in driver options"
    }
  }
}

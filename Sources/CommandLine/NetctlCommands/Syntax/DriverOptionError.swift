/// Why a `--driver-opt` is refused.
public enum DriverOptionError: Error, Equatable, Sendable {
  /// There is no `=`, or nothing before it.
  case notKeyAndValue(String)

  /// The sentence Docker's users know; it names no option.
  public var text: String {
    switch self {
    case .notKeyAndValue: "invalid key/value pair format in driver options"
    }
  }
}

/// The kind of value a flag takes, named as help shows it.
public enum FlagType: String, Sendable {
  case bool
  case string
  case strings
  case int
  case list
  case map
  case filter
  case ip
  case ipSlice
  case ipNetSlice

  /// Whether a flag of this kind may be given several times, each time with more.
  var isRepeatable: Bool {
    switch self {
    case .bool, .string, .int, .ip: false
    case .strings, .list, .map, .filter, .ipSlice, .ipNetSlice: true
    }
  }
}

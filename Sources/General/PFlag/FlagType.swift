/// The type of a flag's value, named as shown in help.
package enum FlagType: String, Sendable {
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

  /// Whether repeated flags of this type accumulate.
  var isRepeatable: Bool {
    switch self {
    case .bool, .string, .int, .ip: false
    case .strings, .list, .map, .filter, .ipSlice, .ipNetSlice: true
    }
  }
}

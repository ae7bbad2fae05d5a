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
}

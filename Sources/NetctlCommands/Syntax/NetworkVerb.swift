/// What `netctl network` can do.
public enum NetworkVerb: Sendable, CaseIterable {
  case connect
  case create
  case disconnect
  case inspect
  case list
  case prune
  case remove
}

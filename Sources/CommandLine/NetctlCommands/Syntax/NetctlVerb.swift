/// What netctl can do: `version`, and the verbs of `netctl network`.
public enum NetctlVerb: Sendable, CaseIterable {
  case connect
  case create
  case disconnect
  case graph
  case inspect
  case list
  case port
  case prune
  case publish
  case reload
  case remove
  case unpublish
  case verify
  case version
}

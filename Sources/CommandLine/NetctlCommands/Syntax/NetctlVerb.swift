/// The verbs of netctl: `version`, and those of `netctl network`.
package enum NetctlVerb: Sendable, CaseIterable {
  case connect
  case create
  case disconnect
  case graph
  case inspect
  case list
  case lookup
  case port
  case prune
  case publish
  case reload
  case remove
  case trace
  case unpublish
  case verify
  case version
}

/// The verbs of netctl: `dns`, `version`, and those of `netctl network`.
package enum NetctlVerb: Sendable, CaseIterable {
  case connect
  case create
  case disconnect
  case dns
  case graph
  case inspect
  case list
  case lookup
  case port
  case prune
  case publish
  case reload
  case remove
  case unpublish
  case verify
  case version
}

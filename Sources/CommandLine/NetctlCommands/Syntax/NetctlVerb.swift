/// The verbs of netctl: its own, and those of `netctl network` and `netctl container`.
package enum NetctlVerb: Sendable, CaseIterable {
  case agent
  case connect
  case create
  case disconnect
  case dns
  case events
  case graph
  case hook
  case inspect
  case inspectContainer
  case inspectObject
  case leases
  case list
  case listContainers
  case lookup
  case port
  case prune
  case publish
  case reload
  case remove
  case showConfiguration
  case rename
  case trace
  case unpublish
  case update
  case verify
  case version
  case writeDevices
}

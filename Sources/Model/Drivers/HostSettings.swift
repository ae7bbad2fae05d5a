package import Addressing

/// What drivers need to know of how the host is configured.
package struct HostSettings: Hashable, Sendable {
  /// The families that have a firewall: without one, nothing is filtered, translated or published.
  package var firewalledFamilies = Set(AddressFamily.allCases)
  /// Whether netctl enables forwarding.
  package var forwards = true
  /// Whether published ports are reachable at containers' own addresses, too.
  package var allowsDirectRouting = false

  /// Docker's defaults.
  package init() {}
}

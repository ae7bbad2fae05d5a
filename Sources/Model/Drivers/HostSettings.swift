package import Addressing

/// What drivers need to know of how the host is configured.
package struct HostSettings: Hashable, Sendable {
  /// The families that have a firewall: without one, nothing is filtered, translated or published.
  package var firewalledFamilies = Set(AddressFamily.allCases)
  /// Whether netctl enables forwarding.
  package var forwards = true
  /// Whether published ports are reachable at containers' own addresses, too.
  package var allowsDirectRouting = false

  /// Where tunnels to other hosts end here; nil while the host is in no cluster.
  package var tunnel: TunnelEnd?

  /// The end of tunnels on this host.
  package struct TunnelEnd: Hashable, Sendable {
    /// The address of the host.
    package let address: IPAddress
    /// The UDP port.
    package let port: UInt16

    package init(address: IPAddress, port: UInt16) {
      self.address = address
      self.port = port
    }
  }

  /// Docker's defaults.
  package init() {}
}

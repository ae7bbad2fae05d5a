package import AddressPools
package import Addressing
package import EtcdClient

/// What an administrator has set for the agent, and what it is told of its host.
package struct AgentSettings: Sendable {
  /// Where the store is.
  package var store: EtcdStore
  /// The path below which the keys of netctl are; empty for none.
  package var path = ""
  /// Where this host receives VXLAN datagrams.
  package var address: IPAddress
  /// Their UDP port.
  package var port: UInt16 = 4789
  /// What its users call this host.
  package var hostName: String
  /// The identity of this boot.
  package var boot: String
  /// The build, for other administrators to see.
  package var version: String
  /// Where automatic subnets come from.
  package var pools: [AddressPool] = AddressPool.dockerGlobalDefaults
  /// The VXLAN network identifiers of new networks.
  package var vnis: ClosedRange<UInt32> = 1_048_576...16_777_215
  /// Between signs of life, in seconds.
  package var heartbeat = 20
  /// For how long the agent counts as alive after one, in seconds.
  package var nodeTTL = 60
  /// For how long endpoints stay without one, in seconds.
  package var endpointTTL = 24 * 60 * 60

  package init(
    store: EtcdStore, address: IPAddress, hostName: String, boot: String, version: String
  ) {
    self.store = store
    self.address = address
    self.hostName = hostName
    self.boot = boot
    self.version = version
  }
}

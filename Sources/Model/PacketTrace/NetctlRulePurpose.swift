import Addressing

/// Why netctl's firewall drops a packet.
package enum NetctlRulePurpose: Hashable, Sendable {
  /// Networks are closed to each other and to the outside, but for published ports.
  case networkBoundary
  /// The containers of a network may not reach each other.
  case containerTraffic
  /// A container may only send from its own addresses.
  case senderAddress
  /// A container may only announce its own addresses, by ARP or neighbour discovery.
  case announcedAddress
  /// A container is no router, DHCP server or bridge.
  case infrastructure
  /// A container may not change the host's routes and path MTUs by ICMP messages.
  case routeMessage
  /// Connection tracking considers the packet invalid.
  case invalidState
  /// The host must not route for others because netctl enabled forwarding.
  case transit
  /// Only hosts of the cluster may send frames in datagrams.
  case tunnel

  /// The purpose of a rule of netctl's that drops packets; nil for a chain that this version does
  /// not have.
  package init?(_ step: RuleStep) {
    let isAboutState = step.rule?.hasBytes(of: "ct state invalid drop") == true
    switch step.chain {
    case "within" where !isAboutState: self = .containerTraffic
    case "within", "outward", "invalid", "resets": self = .invalidState
    case "crossing" where isAboutState: self = .invalidState
    case "input" where step.form?.source.isLoopback == true: self = .senderAddress
    case "prerouting", "inward", "leaving", "crossing", "unpublished", "to_open", "input",
      "to_host":
      self = .networkBoundary
    case "sources", "impersonation", "packets4", "packets6": self = .senderAddress
    case "resolution", "advertisements", "neighbors", "discovery", "solicited", "advertised":
      self = .announcedAddress
    case "siblings", "datagrams": self = .infrastructure
    case "control", "errors": self = .routeMessage
    case "transit": self = .transit
    case "tunnels": self = .tunnel
    default: return nil
    }
  }
}

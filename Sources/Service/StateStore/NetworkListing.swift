public import NetworkModel

/// All networks, and what kept some of them from being read.
public struct NetworkListing: Sendable {
  /// The networks in no particular order.
  public let networks: [Network]
  /// One error for each document that is damaged; the others are not affected.
  public let damaged: [StateError]

  /// Takes every member.
  public init(networks: [Network], damaged: [StateError]) {
    self.networks = networks
    self.damaged = damaged
  }

  /// The network with exactly this name, compared bytewise; nil when none that can be read has it.
  public func network(named name: String) -> Network? {
    networks.first { $0.isNamed(name) }
  }

  /// Refuses to conclude anything from the absence of what a damaged document may hold.
  func checkIntact() throws(StateError) {
    if let error = damaged.first(where: \.mayHideANetwork) { throw error }
  }
}

extension Network {
  /// Whether this is its name, bytewise.
  func isNamed(_ name: String) -> Bool { self.name.utf8.elementsEqual(name.utf8) }
}

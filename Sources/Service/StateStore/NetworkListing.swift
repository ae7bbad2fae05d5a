public import NetworkModel

/// All networks, and the errors of documents that could not be read.
public struct NetworkListing: Sendable {
  /// The networks in no particular order.
  public let networks: [Network]
  /// One error for each damaged document; the others are not affected.
  public let damaged: [StateError]

  package init(networks: [Network], damaged: [StateError]) {
    self.networks = networks
    self.damaged = damaged
  }

  /// The network with exactly this name, compared bytewise; nil when none that can be read has it.
  public func network(named name: String) -> Network? {
    networks.first { $0.isNamed(name) }
  }

  /// Refuses to treat a network as missing while it may be in a damaged document.
  func checkIntact() throws(StateError) {
    if let error = damaged.first(where: \.mayHideANetwork) { throw error }
  }
}

extension Network {
  func isNamed(_ name: String) -> Bool { self.name.utf8.elementsEqual(name.utf8) }
}

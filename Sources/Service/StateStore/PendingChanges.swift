package import NetworkModel

/// The pending changes of an interrupted command.
package struct PendingChanges: Sendable {
  /// Networks that were being created or removed.
  package var networks: [Network] = []
  /// Networks whose definition was being changed.
  package var updates: [NetworkUpdate] = []
  /// Endpoints that were being attached or detached.
  package var endpoints: [Endpoint] = []
  /// Ports that were being published or unpublished.
  package var ports: [PortChange] = []
  /// One error for each record that is damaged.
  package var damaged: [StateError] = []

  package init() {}

  /// Those in which plugins have a part.
  package var ofPlugins: PendingChanges {
    var changes = PendingChanges()
    changes.networks = networks.filter(\.usesPlugins)
    changes.endpoints = endpoints.filter { $0.plugin != nil }
    return changes
  }

  /// Whether there is nothing to do.
  package var isEmpty: Bool {
    networks.isEmpty && updates.isEmpty && endpoints.isEmpty && ports.isEmpty
  }
}

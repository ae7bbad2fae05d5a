/// A container with its connections.
package struct ContainerStatus: Sendable {
  /// What runs it, as in `kind:NAME`.
  package let runtime: String
  package let name: String
  /// The runtime's own ID, or else that of the record.
  package let id: String
  /// What its runtime calls its state; nil if it has no word for it.
  package let state: String?
  /// With what its program has ended; nil if that is not known.
  package let exitCode: Int?
  /// When it was started, as its runtime writes it; nil if it does not say.
  package let startedAt: String?
  /// When its first process was started.
  package let processStarted: Timestamp?
  /// Its first process; nil if that is not known, or has ended.
  package let process: Int32?
  /// Its namespace; nil if it does not run.
  package let container: Container?
  /// Its live endpoints, or those that wait for its start, ordered by the names of their networks.
  package let endpoints: [Endpoint]
  /// The ports that are published now.
  package let ports: [PublishedPort]

  package init(
    runtime: String, name: String, id: String, state: String? = nil, exitCode: Int? = nil,
    startedAt: String? = nil, processStarted: Timestamp? = nil, process: Int32?,
    container: Container?, endpoints: [Endpoint], ports: [PublishedPort]
  ) {
    self.runtime = runtime
    self.name = name
    self.id = id
    self.state = state
    self.exitCode = exitCode
    self.startedAt = startedAt
    self.processStarted = processStarted
    self.process = process
    self.container = container
    self.endpoints = endpoints
    self.ports = ports
  }
}

/// A container in a list, with the networks that it is connected to.
package struct ContainerListing: Sendable {
  /// What runs it, as in `kind:NAME`.
  package let runtime: String
  package let name: String
  /// The runtime's own ID, or else that of the record; nil without either.
  package let id: String?
  package let isRunning: Bool
  /// The state, in the words of its runtime.
  package let state: String
  /// The names of its networks, sorted.
  package let networks: [String]

  /// Without a state, it is `running` or `exited`.
  package init(
    runtime: String, name: String, id: String?, isRunning: Bool, state: String? = nil,
    networks: [String]
  ) {
    self.runtime = runtime
    self.name = name
    self.id = id
    self.isRunning = isRunning
    self.state = state ?? (isRunning ? "running" : "exited")
    self.networks = networks
  }
}

import Addressing
import AgentAPI
import Drivers
import KernelModel
import NetworkModel
import RemoteDrivers
import StateStore

extension NetworkService {
  /// Connects a container to a network that spans hosts. The state lock is free while the agent is
  /// asked, and the endpoint is on record before. Refuses a container that does not run: its
  /// address would be held for nobody.
  func connectToOverlay(
    _ request: ConnectRequest, _ network: Network, _ container: Container,
    _ handle: NamespaceHandle?, on hostNamespace: NetworkNamespaceID
  ) throws(ServiceError) -> Connection {
    guard let handle else { throw .containerNotRunning(container.name) }
    defer { finishPluginWork() }
    return try locking(network.id) { () throws(ServiceError) in
      // Another command may have been interrupted while this one waited for the lock.
      settlePending(.recovering, ofLocked: network.id)
      var pending = try step { (transaction) throws(ServiceError) in
        try transaction.prepare(
          request, to: try transaction.network(network.id.description), container, handle,
          on: hostNamespace)
      }
      var endpoint = try step { (transaction) throws(ServiceError) in
        try transaction.stageForAgent(pending)
      }
      do throws(ServiceError) {
        let answer = try askingAgent(about: network) { (agent) throws(AgentError) in
          try agent.connect(endpoint.agentRequest(pending), to: network.id)
        }
        endpoint.interface?.addresses = answer.addresses
        endpoint.interface?.mac = answer.mac
        endpoint.plugin?.phase = .made
        // Until then frames to other hosts would be lost.
        try askingAgent(about: network) { (agent) throws(AgentError) in
          try agent.barrier(network.id, revision: answer.revision)
        }
        if try connectWayOut(for: pending, on: hostNamespace) {
          pending = try step { (transaction) throws(ServiceError) in
            try transaction.prepare(
              request, to: try transaction.network(network.id.description), container, handle,
              on: hostNamespace)
          }
        }
        let (planned, prepared) = (endpoint, pending)
        return try step { (transaction) throws(ServiceError) in
          try transaction.attach(prepared, as: planned)
        }
      } catch {
        var settlement = PluginSettlement.undoing
        if case .agent(let refusal, _) = error {
          // Another wait would be as long, and the agent does it when it can.
          if endpoint.plugin?.phase == .asked {
            settlement.asksAgent = !refusal.isOutage
            if !refusal.mayHaveTakenEffect { endpoint.plugin?.phase = .leasing }
          }
        }
        settle(endpoint, settlement)
        if case .agent(let refusal, _) = error, refusal.kind == .endpointExists {
          throw .alreadyConnected(container: container.name, network: network.name)
        }
        throw error
      }
    }
  }

  /// Takes an endpoint out of the kernel, and has the agent remove it from the store. If it cannot,
  /// the record stays until it can.
  func giveBackToAgent(
    _ endpoint: Endpoint, of network: Network, _ settlement: PluginSettlement
  ) throws(ServiceError) {
    try step { (transaction) throws(ServiceError) in
      try transaction.detachLocally(endpoint, hasDriverPlugin: false)
      try transaction.disconnectWayOut(without: endpoint)
    }
    // The store has nothing of it, if the phase says so.
    if endpoint.plugin?.phase != .leasing {
      guard settlement.asksAgent else { return }
      do throws(AgentError) {
        try agent.disconnect(endpoint.id, from: network.id, isForced: false)
      } catch {
        guard error.kind == .networkNotFound else {
          if !settlement.followsInterruption {
            noticeList.append(
              .agentUnavailable(error, container: endpoint.container.name, network: network.name))
          }
          return
        }
      }
    }
    try step { (transaction) throws(ServiceError) in
      try transaction.discard(endpoint)
      if let event = settlement.event(removing: .disconnect) {
        transaction.report(event, network, of: endpoint.container)
      }
    }
  }
}

extension Endpoint {
  fileprivate func agentRequest(_ pending: PendingConnection) -> EndpointRequest {
    EndpointRequest(
      id: id, container: container.id, containerName: container.name,
      aliases: settings.aliases, families: pending.network.families.filter(pending.serves),
      addresses: settings.chosenAddresses, mac: pending.request.mac)
  }
}

extension Transaction {
  /// Records an endpoint that the agent is about to be asked for.
  fileprivate func stageForAgent(
    _ pending: PendingConnection
  ) throws(ServiceError) -> Endpoint {
    let (request, network) = (pending.request, pending.network)
    let driver = try view.driver(of: network)
    if let mac = request.mac { try check(mac, network, driver) }
    try checkOptions(request.driverOptions)
    if let host = try view.membership()?.host { try checkMTU(of: network, on: host) }
    let id = identities.endpointID()
    let endpoint = Endpoint(
      id: id, network: network.id, container: pending.container,
      // The name follows when the container's others are known to stay.
      interface: EndpointInterface(
        hostName: id.hostInterfaceName, name: id.hostInterfaceName, mac: request.mac,
        addresses: []),
      route: RouteCandidate(networkName: network.name, priority: request.gatewayPriority),
      connected: now(), settings: request.endpointSettings,
      plugin: PluginEndpoint(.asked, begun: now()))
    try stage(endpoint)
    return endpoint
  }
}

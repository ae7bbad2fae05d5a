import AgentAPI
import EtcdMessages
import NetworkModel

/// The removal of a network, which fails as long as there is an endpoint.
struct NetworkRemoval {
  let keys: StoreKeys
  let id: NetworkID

  /// Reads the definition.
  var reading: EtcdRange { EtcdRange(.key(keys.network(id))) }

  /// The definition that was read.
  func network(_ read: EtcdRangeResult) throws(AgentError) -> Network {
    guard let found = read.keyValues.first else { throw notFound }
    guard let network = Network(storeValue: found.value) else {
      throw AgentError(.invalid, "the definition of network \(id) in the store cannot be read")
    }
    return network
  }

  func transaction(_ network: Network) -> EtcdTransaction {
    let single =
      [keys.network(id), keys.name(network.name)] + network.vnis.map(keys.vni)
      + network.subnets.map { keys.pool($0.subnet) }
    let groups = [
      keys.addresses(of: id), keys.members(of: id), keys.presences(on: id),
    ]
    return EtcdTransaction(
      if: [.absent(keys.endpoints(of: id)), .exists(keys.network(id))],
      then: single.map { .delete(.key($0)) } + groups.map { .delete($0) }
        + [.put(EtcdPut(keys.poolGuard, NetworkReference(id).value))],
      else: [
        .read(EtcdRange(.key(keys.network(id)), keysOnly: true)),
        .read(EtcdRange(keys.endpoints(of: id), limit: 1)),
      ])
  }

  /// The revision without the network.
  func outcome(
    _ result: EtcdTransactionResult, _ network: Network
  ) throws(AgentError) -> Int64 {
    if result.succeeded { return result.header.revision }
    if result.read(0).isEmpty { throw notFound }
    throw AgentError(
      .hasActiveEndpoints, "network \(network.name) id \(network.id) has active endpoints")
  }

  private var notFound: AgentError { AgentError(.networkNotFound, "network \(id) not found") }
}

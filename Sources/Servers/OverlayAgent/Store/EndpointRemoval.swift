import Addressing
import AgentAPI
import EtcdMessages
import NetworkModel

/// The removal of an endpoint.
struct EndpointRemoval {
  let keys: StoreKeys
  let id: EndpointID
  let network: NetworkID
  /// The host that removes it.
  let host: HostID
  /// Whether it may be another host's.
  let isForced: Bool

  /// Reads the endpoint, and which hosts have some.
  var reading: EtcdTransaction {
    EtcdTransaction(then: [
      .read(EtcdRange(.key(keys.endpoint(id, of: network)))),
      .read(EtcdRange(keys.presences(on: network), keysOnly: true)),
    ])
  }

  /// The endpoint that was read; nil if there is none.
  func record(_ read: EtcdTransactionResult) throws(AgentError) -> EndpointRecord? {
    guard let found = read.read(0).first else { return nil }
    guard let record = EndpointRecord(found.value) else {
      throw AgentError(.invalid, "endpoint \(id) in the store cannot be read")
    }
    guard isForced || record.host == host else {
      throw AgentError(.invalid, "endpoint \(id) is on another host")
    }
    return record
  }

  /// Removes what was read, unless it has changed since; with the last endpoint of a host, also
  /// that it is there, unless it has got another one since.
  func transaction(
    _ read: EtcdTransactionResult, _ record: EndpointRecord, isLastOfHost: Bool
  ) -> EtcdTransaction {
    let key = keys.endpoint(id, of: network)
    let presence = keys.presence(of: record.host, on: network)
    let addresses = record.addresses.map { keys.address($0.address, of: network) }
    var conditions = [EtcdCondition.unchanged(key, since: read.read(0).first?.modRevision ?? 0)]
    var doomed = [key, keys.member(record.containerName, of: network)] + addresses
    if isLastOfHost {
      let found = read.read(1).first { $0.keyText == presence }
      conditions.append(.unchanged(presence, since: found?.modRevision ?? 0))
      doomed.append(presence)
    }
    return EtcdTransaction(if: conditions, then: doomed.map { .delete(.key($0)) })
  }
}

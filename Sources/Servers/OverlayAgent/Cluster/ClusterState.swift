import Addressing
import EtcdClient
import EtcdMessages
import NetworkModel

/// What the threads of the agent share.
struct ClusterState {
  var view: ClusterView
  /// How this host is registered; nil while it is not.
  var registration: Registration?
  /// Why the store cannot be used; nil while it can.
  var problem: Problem?
  /// What the store's view has that this host does not have yet.
  var pending = PendingWork()
  /// Whether something of that is being taken over.
  var isWorking = false
  /// Up to which revision this host has the endpoints of a network.
  var applied: [NetworkID: Int64] = [:]
  /// When everything was last read or confirmed; nil if never.
  var synchronised: Timestamp?
  /// Whether everything has to be read again, because changes may have been missed.
  var needsList = false
  /// Whether the store has to be asked for a sign of life, because a watch was interrupted.
  var needsContact = false
  /// Whether there are endpoints that have to be removed from the store, or added to it.
  var needsSettlement = false
  var isFenced = false
  var isEnding = false
  /// The networks in which a request is changing something.
  var busy: Set<NetworkID> = []
  /// What the host's worker is asked to do besides.
  var jobs: [HostJob] = []
  var statistics = AgentStatistics()

  struct Problem {
    let text: String
    let since: Timestamp
  }

  init(_ view: ClusterView) { self.view = view }

  /// Takes over changes.
  mutating func apply(_ events: [EtcdEvent]) {
    for event in events {
      statistics.eventCount += 1
      switch view.apply(event) {
      case .hosts: pending.hosts = true
      case .network(let id):
        pending.networks.insert(id)
        pending.endpoints.insert(id)
      case .endpoint(_, let network): pending.endpoints.insert(network)
      case nil: break
      }
    }
  }

  /// Something has been read whole.
  mutating func noteEverything() {
    pending.hosts = true
    pending.networks.formUnion(view.networks.keys)
    pending.endpoints.formUnion(view.endpoints.keys)
    pending.isComplete = true
  }
}

/// What differs between the store and this host.
struct PendingWork {
  var hosts = false
  var networks: Set<NetworkID> = []
  var endpoints: Set<NetworkID> = []
  /// Whether what the view does not have has to go.
  var isComplete = false

  var isEmpty: Bool { !hosts && networks.isEmpty && endpoints.isEmpty && !isComplete }
}

/// The registration of this host in the store.
struct Registration {
  /// Lasts while the agent renews it every few seconds.
  let nodeLease: Int64
  /// Lasts for long; endpoints have it.
  let holdLease: Int64
  /// The identity of the store.
  let cluster: UInt64
}

/// What has happened since the agent was started.
struct AgentStatistics {
  var eventCount = 0
  var listCount = 0
  var interruptionCount = 0
  var updateCount = 0
  var updateFailureCount = 0
  var requestCounts: [String: Int] = [:]
  var failureCounts: [String: Int] = [:]
  /// How long updates of this host took, in seconds.
  var updateSeconds = 0.0
  /// The same of the last one.
  var lastUpdateSeconds = 0.0
}

import PFlag

extension CompletionKind {
  static let network = CompletionKind("network")
  /// A network that can be removed.
  static let removableNetwork = CompletionKind("removable network")
  /// A network that users have created.
  static let customNetwork = CompletionKind("custom network")
  /// A network that containers can be connected to.
  static let joinableNetwork = CompletionKind("joinable network")
  /// A network that containers are connected to.
  static let usedNetwork = CompletionKind("used network")
  /// A network made with `--config-only`.
  static let configuration = CompletionKind("configuration")
  /// A container that is not on the network named earlier.
  static let container = CompletionKind("container")
  /// Any container that has a name.
  static let anyContainer = CompletionKind("any container")
  /// A container or a network.
  static let containerOrNetwork = CompletionKind("container or network")
  /// A container on the network named earlier, or on any network if none is.
  static let connectedContainer = CompletionKind("connected container")
  /// Any container by name, optionally followed by `:` and an alias.
  static let linkedContainer = CompletionKind("linked container")
  /// A name that the container named earlier can resolve.
  static let name = CompletionKind("name")
  /// A published port of the container named earlier.
  static let publishedPort = CompletionKind("published port")
  /// A driver that makes networks.
  static let driver = CompletionKind("driver")
  /// A driver that manages addresses.
  static let addressDriver = CompletionKind("address driver")
  /// What the agent is asked.
  static let agentRequest = CompletionKind("agent request")
  static let scope = CompletionKind("scope")
  /// A type of `inspect`.
  static let objectType = CompletionKind("object type")
  /// A filter of `ls`.
  static let listFilter = CompletionKind("list filter")
  /// A filter of `events`.
  static let eventFilter = CompletionKind("event filter")
  /// A filter of `prune`.
  static let pruneFilter = CompletionKind("prune filter")
  /// A driver option of a network, `key=value`.
  static let networkOption = CompletionKind("network option")
  /// A driver option of the network that is to be changed, `key=value`.
  static let changedOption = CompletionKind("changed option")
  /// A driver option of an endpoint, `key=value`.
  static let endpointOption = CompletionKind("endpoint option")
  /// A format of `ls`.
  static let listFormat = CompletionKind("list format")
  /// A format of `leases`.
  static let leaseListFormat = CompletionKind("lease list format")
  /// A format of `events`.
  static let eventFormat = CompletionKind("event format")
  /// A format of `container ls`.
  static let containerListFormat = CompletionKind("container list format")
  /// A format of `container inspect`.
  static let containerFormat = CompletionKind("container format")
  /// A format of `system config`.
  static let configurationFormat = CompletionKind("configuration format")
  /// A format of `version`.
  static let versionFormat = CompletionKind("version format")
  /// A format of `graph`.
  static let graphFormat = CompletionKind("graph format")
  /// A format of `inspect`.
  static let inspectFormat = CompletionKind("inspect format")
  /// A format of `trace`.
  static let traceFormat = CompletionKind("trace format")
  /// Where a traced packet comes from.
  static let traceOrigin = CompletionKind("trace origin")
}

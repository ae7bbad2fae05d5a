import PFlag

extension WordKind {
  /// A network.
  static let network = WordKind("network")
  /// A network that can be removed.
  static let removableNetwork = WordKind("removable network")
  /// A network that containers can be connected to.
  static let joinableNetwork = WordKind("joinable network")
  /// A network that containers are connected to.
  static let usedNetwork = WordKind("used network")
  /// A network made with `--config-only`.
  static let configuration = WordKind("configuration")
  /// A container that is not on the network named before it.
  static let container = WordKind("container")
  /// A container that is on the network named before it, or on any if none is.
  static let connectedContainer = WordKind("connected container")
  /// Any container by its name, or with `:` and an alias behind it.
  static let linkedContainer = WordKind("linked container")
  /// A published port of the container that is named before.
  static let publishedPort = WordKind("published port")
  /// A driver that makes networks.
  static let driver = WordKind("driver")
  /// A driver that manages addresses.
  static let addressDriver = WordKind("address driver")
  /// A scope.
  static let scope = WordKind("scope")
  /// A condition of `ls`.
  static let listFilter = WordKind("list filter")
  /// A condition of `prune`.
  static let pruneFilter = WordKind("prune filter")
  /// `key=value` for the driver of a network.
  static let networkOption = WordKind("network option")
  /// `key=value` for a connection.
  static let endpointOption = WordKind("endpoint option")
  /// A format of `ls`.
  static let listFormat = WordKind("list format")
  /// A format of `version`.
  static let versionFormat = WordKind("version format")
  /// A format of `graph`.
  static let graphFormat = WordKind("graph format")
  /// A format of `inspect`.
  static let inspectFormat = WordKind("inspect format")
}

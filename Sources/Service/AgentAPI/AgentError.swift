package import OrderedJSON

/// Why the agent did not do what it was asked.
public struct AgentError: Error, Hashable, Sendable {
  /// What the caller may have to tell apart.
  public enum Kind: String, Sendable {
    /// Nobody listens at the agent's socket. Nothing was done.
    case notRunning
    /// The agent did not answer in time, or not in a way that is understood: what was asked may
    /// have been done.
    case unanswered
    /// The store cannot be reached. Nothing was done.
    case storeUnreachable
    /// The store did not answer in time: what was asked may have been done.
    case timeout
    /// This host is not registered in the store.
    case notRegistered
    /// Another network has the name.
    case nameTaken
    /// A subnet overlaps another network's.
    case poolOverlaps
    /// All of the pools for automatic subnets are in use.
    case noFreePool
    /// Another network has the VXLAN network identifier.
    case vniTaken
    /// All identifiers of the range are in use.
    case noFreeVNI
    /// There is no such network.
    case networkNotFound
    /// The network still has endpoints.
    case hasActiveEndpoints
    /// The container, or another one of its name, is on the network.
    case endpointExists
    /// Another endpoint, or a gateway, has the address.
    case addressInUse
    /// All addresses of the network are in use.
    case noFreeAddress
    /// The request cannot be understood or followed.
    case invalid
  }

  /// What happened.
  public let kind: Kind
  /// What happened, in words: the store's endpoint and the cause, or the name that is taken.
  public let message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// Whether what was asked may have been done.
  package var mayHaveTakenEffect: Bool { kind == .unanswered || kind == .timeout }

  /// The body of the answer.
  package var value: JSONValue {
    ["kind": .string(kind.rawValue), "message": .string(message)]
  }

  /// The status of the answer.
  package var status: Int {
    switch kind {
    case .networkNotFound: 404
    case .invalid: 400
    case .notRunning, .unanswered, .storeUnreachable, .notRegistered: 503
    case .timeout: 504
    case .nameTaken, .poolOverlaps, .noFreePool, .vniTaken, .noFreeVNI, .hasActiveEndpoints,
      .endpointExists, .addressInUse, .noFreeAddress:
      409
    }
  }
}

package import HTTPMessage
package import NetworkModel
import OrderedJSON
import StateStore

/// A request to the agent, at `/run/netctl/agent.sock`.
package enum AgentCall: Sendable {
  /// What it is doing. The answer is an object.
  case status
  /// Creates a network: chooses a subnet for each address family without one, and one VXLAN network
  /// identifier for all subnets if the options have none. The answer is a `NetworkAnswer`.
  case create(Network)
  /// Removes a network without endpoints. The answer is a revision; a network that does not exist
  /// is an error.
  case remove(NetworkID)
  /// Creates an endpoint. The answer is an `EndpointAnswer`; that of an earlier request with the
  /// same identity is repeated.
  case connect(EndpointRequest, to: NetworkID)
  /// Removes an endpoint of this host, or, if `isForced`, of any. The answer is a revision; an
  /// endpoint that does not exist counts as removed.
  case disconnect(EndpointID, from: NetworkID, isForced: Bool)
  /// Waits until the kernel of this host has the network with all endpoints of other hosts as of a
  /// revision. The answer is a revision.
  case barrier(NetworkID, revision: Int64)
  /// Waits until the documents of this host are as new as the store, also those about endpoints of
  /// networks that it is not in. The answer is a revision.
  case synchronise

  private static let networks = "/v1/networks"

  /// The request.
  package var request: HTTPRequest {
    switch self {
    case .status: Self.request(.get, "/v1/status")
    case .create(let network):
      Self.request(.post, Self.networks, NetworkDocument.value(network))
    case .remove(let network): Self.request(.delete, "\(Self.networks)/\(network)")
    case .connect(let endpoint, let network):
      Self.request(.post, "\(Self.networks)/\(network)/endpoints", endpoint.value)
    case .disconnect(let endpoint, let network, let isForced):
      Self.request(
        .delete,
        "\(Self.networks)/\(network)/endpoints/\(endpoint)\(isForced ? "?force=true" : "")")
    case .barrier(let network, let revision):
      Self.request(
        .post, "\(Self.networks)/\(network)/barrier", ["revision": JSONValue(revision)])
    case .synchronise: Self.request(.post, "/v1/sync")
    }
  }

  private static func request(
    _ method: HTTPRequest.Method, _ target: String, _ body: JSONValue? = nil
  ) -> HTTPRequest {
    guard let request = HTTPRequest(method, target, body: body?.bytes() ?? []) else {
      preconditionFailure("targets consist of words and hexadecimal digits")
    }
    return request
  }

  /// Reads a request; nil if its method and target are none of these.
  package init?(
    _ method: String, _ target: String, body: [UInt8]
  ) throws(AgentError) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let words = parts[0].split(separator: "/", omittingEmptySubsequences: false)
      .map(String.init)
    guard words.count >= 3, words[0].isEmpty, words[1] == "v1" else { return nil }
    switch (method, words.count) {
    case ("GET", 3) where words[2] == "status": self = .status
    case ("POST", 3) where words[2] == "sync": self = .synchronise
    case ("POST", 3) where words[2] == "networks":
      self = .create(
        try Self.reading(body) { (reader) throws(DocumentError) in
          try NetworkDocument.decode(reader)
        })
    case ("DELETE", 4) where words[2] == "networks":
      self = .remove(try Self.identity(words[3]))
    case ("POST", 5) where words[2] == "networks" && words[4] == "endpoints":
      self = .connect(
        try Self.reading(body) { (reader) throws(DocumentError) in try EndpointRequest(reader) },
        to: try Self.identity(words[3]))
    case ("DELETE", 6) where words[2] == "networks" && words[4] == "endpoints":
      self = .disconnect(
        try Self.identity(words[5]), from: try Self.identity(words[3]),
        isForced: parts.count == 2 && parts[1] == "force=true")
    case ("POST", 5) where words[2] == "networks" && words[4] == "barrier":
      self = .barrier(
        try Self.identity(words[3]),
        revision: try Self.reading(body) { (reader) throws(DocumentError) in
          try reader.integer("revision")
        })
    default: return nil
    }
  }

  private static func identity<Object>(
    _ text: String
  ) throws(AgentError) -> ObjectID<Object> {
    guard let id = ObjectID<Object>(text) else {
      throw AgentError(.invalid, "not an identity: \(text)")
    }
    return id
  }

  static func reading<Value>(
    _ body: [UInt8], _ read: (ObjectReader) throws(DocumentError) -> Value
  ) throws(AgentError) -> Value {
    guard let value = try? JSONValue(parsing: body) else {
      throw AgentError(.invalid, "not a JSON document")
    }
    do throws(DocumentError) {
      return try read(try ObjectReader(value))
    } catch {
      throw AgentError(
        .invalid, error.isMissing ? "\(error.path): missing" : "\(error.path): not valid")
    }
  }
}

import EngineAPI
import HTTPMessage
import LinuxSystem
package import NetworkModel
package import OrderedJSON

/// The agent of this host, `netctl agent`, as other commands see it.
public struct AgentClient: Sendable {
  package let socketPath: String

  /// How long an answer may take: longer than the agent waits for the store.
  private static let answerTimeout = Duration.milliseconds(5500)

  /// Creates a client of the socket in this directory.
  public init(runDirectory: String = "/run/netctl") {
    self.init(socketPath: runDirectory + "/agent.sock")
  }

  package init(socketPath: String) {
    self.socketPath = socketPath
  }

  /// What the agent is doing.
  package func status() throws(AgentError) -> JSONObject {
    try call(.status) { (reader) throws(DocumentError) in reader.object }
  }

  /// Creates a network.
  package func create(_ network: Network) throws(AgentError) -> NetworkAnswer {
    try call(.create(network)) { (reader) throws(DocumentError) in try NetworkAnswer(reader) }
  }

  /// Removes a network without endpoints.
  package func remove(_ network: NetworkID) throws(AgentError) {
    _ = try revision(of: .remove(network))
  }

  /// Creates an endpoint.
  package func connect(
    _ request: EndpointRequest, to network: NetworkID
  ) throws(AgentError) -> EndpointAnswer {
    try call(.connect(request, to: network)) { (reader) throws(DocumentError) in
      try EndpointAnswer(reader)
    }
  }

  /// Removes an endpoint of this host, or, if `isForced`, of any.
  package func disconnect(
    _ endpoint: EndpointID, from network: NetworkID, isForced: Bool
  ) throws(AgentError) {
    _ = try revision(of: .disconnect(endpoint, from: network, isForced: isForced))
  }

  /// Waits until the kernel has the network with all endpoints of other hosts as of a revision.
  package func barrier(_ network: NetworkID, revision: Int64) throws(AgentError) {
    _ = try self.revision(of: .barrier(network, revision: revision))
  }

  /// Waits until the documents of this host are as new as the store.
  package func synchronise(within limit: Duration) throws(AgentError) {
    _ = try revision(of: .synchronise, within: limit)
  }

  private func revision(
    of call: AgentCall, within limit: Duration = Self.answerTimeout
  ) throws(AgentError) -> Int64 {
    try self.call(call, within: limit) { (reader) throws(DocumentError) in
      try reader.integer("revision")
    }
  }

  private func call<Answer>(
    _ call: AgentCall, within limit: Duration = Self.answerTimeout,
    _ read: (ObjectReader) throws(DocumentError) -> Answer
  ) throws(AgentError) -> Answer {
    let response = try exchange(call.request, Deadline(after: limit))
    do throws(AgentError) {
      if response.status == 200 { return try AgentCall.reading(response.body, read) }
    } catch {
      throw unintelligible(error.message)
    }
    throw refusal(response)
  }

  private func refusal(_ response: HTTPResponse) -> AgentError {
    do throws(AgentError) {
      return try AgentCall.reading(response.body) { (reader) throws(DocumentError) in
        AgentError(
          try reader.parsed("kind") { AgentError.Kind(rawValue: $0) },
          try reader.string("message"))
      }
    } catch {
      return unintelligible("status \(response.status)")
    }
  }

  private func unintelligible(_ reason: String) -> AgentError {
    AgentError(.unanswered, "\(socketPath): unintelligible answer: \(reason)")
  }

  private func exchange(
    _ request: HTTPRequest, _ deadline: Deadline
  ) throws(AgentError) -> HTTPResponse {
    let stream: LocalStream
    do throws(Errno) {
      stream = try LocalStream.connect(to: .path(socketPath), until: deadline)
    } catch {
      throw AgentError(.notRunning, "\(socketPath): \(error)")
    }
    do throws(EngineError) {
      return try EngineConnection.exchange(request, on: stream, until: deadline)
    } catch {
      switch error {
      case .connection(let errno): throw AgentError(.unanswered, "\(socketPath): \(errno)")
      case .malformed: throw AgentError(.unanswered, "\(socketPath): not an HTTP response")
      }
    }
  }
}

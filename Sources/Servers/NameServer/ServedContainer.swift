import Addressing
import DNSMessage
import LinuxSystem
import NIOCore
import NameService
import Naming
import NetworkModel

/// A container whose queries are answered.
final class ServedContainer {
  /// The container.
  let container: Container
  /// Its namespace, for the sockets by which others are asked from there.
  let namespace: NetworkNamespace
  /// The name servers that its runtime gave it.
  let givenServers: [IPAddress]
  /// Its endpoints that have an interface.
  var endpoints: [Endpoint]
  /// Where its queries arrive.
  var channels: [any Channel] = []
  /// TCP connections that are open.
  var connectionCount = 0
  /// Queries that others are being asked.
  var forwardedCount = 0
  /// What it resolves, and the records' generation that this comes from.
  var scope: (generation: Int, scope: NameScope)?
  /// Answers of this scope, by questions in lower case.
  var answers: [DNSQuestion: (reply: DNSReply, owners: [ContainerID])] = [:]

  init(_ container: Container, _ namespace: consuming NetworkNamespace, _ endpoints: [Endpoint]) {
    self.container = container
    self.namespace = namespace
    self.endpoints = endpoints
    givenServers = NameServerClient.givenServers(of: container)
  }

  /// Keeps an answer as long as there is room; there are more spellings of questions than names.
  func keep(_ reply: DNSReply, of owners: [ContainerID], to question: DNSQuestion) {
    if answers.count >= ServerLimits.answersPerContainer { answers = [:] }
    answers[question] = (reply, owners)
  }

  func close() {
    for channel in channels { channel.close(promise: nil) }
    channels = []
  }
}

extension Container {
  /// Whether the path still leads to the namespace.
  var isAtItsPath: Bool {
    let found = try? FileIdentity.at(path)
    return found
      == FileIdentity(device: namespace.device, inode: namespace.inode)
  }
}

import Configuration
import DNSMessage
import LinuxSystem
import NIOCore
import NameService
import Naming
import NetworkModel

/// What a message of a container is answered.
extension NameServer {
  /// Answers a message of a container, or returns nil: then it is answered later, or never.
  ///
  /// The messages of one turn came before the first of them is answered, so that what has changed
  /// is taken over once for all.
  func answer(
    _ message: [UInt8], of container: ServedContainer, by kind: InternetSocket.Kind,
    later send: @escaping ([UInt8]) -> Void
  ) -> [UInt8]? {
    if !isInTurn { update() }
    isInTurn = true
    // A reply, or too short to be answered.
    guard let header = DNSHeader(message), !header.isReply else { return nil }
    guard header.operation == 0 else { return DNSReply.failure(.notImplemented, to: header) }
    let query: DNSQuery
    do throws(DNSFormatError) {
      query = try DNSQuery(message)
    } catch {
      return DNSReply.failure(.formatError, to: header)
    }
    let limit =
      kind == .stream
      ? Int(UInt16.max) : max(DNSQuery.plainPayload, query.payload ?? DNSQuery.plainPayload)
    switch resolution(of: query.question, by: container) {
    case .answer(let reply, _):
      return reply.shuffled.bytes(for: query, lifetime: NameScope.lifetime, limit: limit)
    case .forward:
      forward(query, of: container, by: kind) { reply in
        send(
          reply?.bytes(id: query.header.id, limit: limit)
            ?? DNSReply(.serverFailure).bytes(for: query, lifetime: 0))
      }
      return nil
    }
  }

  /// Ends a turn of messages that came at once.
  func endTurn() { isInTurn = false }

  private func resolution(
    of question: DNSQuestion, by container: ServedContainer
  ) -> Resolution {
    let scope = scope(of: container)
    let folded = question.folded
    if let known = container.answers[folded], known.owners.allSatisfy(isAlive) {
      return .answer(known.reply, of: known.owners)
    }
    let resolution = scope.resolution(
      of: question, ndots: resolver.hasDotOption, isAlive: isAlive)
    if case .answer(let reply, let owners) = resolution {
      container.keep(reply, of: owners, to: folded)
    }
    return resolution
  }

  private func scope(of container: ServedContainer) -> NameScope {
    let generation = generation
    if let known = container.scope, known.generation == generation { return known.scope }
    let scope = records?.scope(of: container.endpoints) ?? NameScope([])
    container.scope = (generation, scope)
    container.answers = [:]
    return scope
  }

  // Counts what may change answers.
  private var generation: Int { (records?.generation ?? 0) + resolverCount }

  // As long as nothing changes, a named namespace lives: the watch of their directory tells
  // otherwise.
  private func isAlive(_ id: ContainerID) -> Bool {
    guard let records, let container = served[id]?.container ?? records.container(id) else {
      return false
    }
    let isWatched =
      records.watchesNamespaces && container.path.hasPrefix(environment.namespaces + "/")
    if isWatched, let known = alive[id], known.generation == generation { return known.isAlive }
    let isAlive = container.isAtItsPath
    alive[id] = (generation, isAlive)
    return isAlive
  }

  private func forward(
    _ query: DNSQuery, of container: ServedContainer, by kind: InternetSocket.Kind,
    _ completion: @escaping (DNSForwardedReply?) -> Void
  ) {
    let upstreams = upstreams(of: container)
    guard !upstreams.isEmpty, forwardedCount < ServerLimits.forwarded,
      container.forwardedCount < ServerLimits.forwardedPerContainer
    else { return completion(nil) }
    forwardedCount += 1
    container.forwardedCount += 1
    Forwarding(query, of: container, by: kind, to: upstreams, on: loop) { reply in
      self.forwardedCount -= 1
      container.forwardedCount -= 1
      completion(reply)
    }.askNext()
  }

  private func upstreams(of container: ServedContainer) -> [Upstream] {
    let networks = scope(of: container).attachments.compactMap {
      records?.network($0.endpoint.network)
    }
    return NameServerClient.upstreams(
      of: networks, given: container.givenServers, configuration.resolver, resolver)
  }
}

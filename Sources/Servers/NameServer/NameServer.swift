import Addressing
import DNSMessage
import LinuxSystem
import NIOCore
import NIOPosix
import NameService
import Naming
import NetworkModel
import StateStore

/// The name server of all containers of a host: in each container's namespace it answers queries at
/// 127.0.0.11, from the records of networks, and asks other servers what those do not say.
///
/// It keeps nothing but what it read. All of it belongs to one thread, the loop's. Before each
/// query it takes over what has changed in the records, so an answer is right once the command that
/// changed them has ended.
final class NameServer {
  private let environment: Environment
  private let settings: ResolverSettings
  private let loop: any EventLoop
  private var records: LiveRecords?
  private var served: [ContainerID: ServedContainer] = [:]
  /// Why the queries of other containers are not answered.
  private var refused: [ContainerID: String] = [:]
  /// The servers and options of the host and of the configuration, as they were a second ago.
  private var configuration = ResolverConfiguration()
  private var configurationCount = 0
  private var forwardedCount = 0
  /// Whether what has changed is taken over for the messages that came at once.
  private var isInTurn = false
  /// Which containers are alive, and the generation that this is known of.
  private var alive: [ContainerID: (generation: Int, isAlive: Bool)] = [:]
  /// Since when there has been nobody to serve.
  private var idleSince: NIODeadline?

  private static let port: UInt16 = 53
  private static let checkInterval = TimeAmount.seconds(1)

  init(_ environment: Environment, _ settings: ResolverSettings, on loop: any EventLoop) {
    self.environment = environment
    self.settings = settings
    self.loop = loop
  }

  /// Begins to serve.
  func start() {
    readConfiguration()
    update(isForced: true)
    let bound = NIOLoopBound(self, eventLoop: loop)
    loop.scheduleRepeatedTask(
      initialDelay: Self.checkInterval, delay: Self.checkInterval
    ) { _ in bound.value.check() }
  }

  // MARK: Who is served

  /// Answers queries of a container from now on, according to what is on record; returns why it
  /// does not.
  func serve(_ container: ContainerID) -> String? {
    update(isForced: true)
    if served[container] != nil { return nil }
    return refused[container] ?? "the container is on no network with a name server"
  }

  /// Takes over what changed in the records, and opens and closes sockets accordingly.
  func update(isForced: Bool = false) {
    do throws(StateError) {
      if records == nil {
        records = try LiveRecords.open(
          environment.statePath, boot: environment.boot, namespaces: environment.namespaces)
        watchRecords()
      } else if try records?.refresh() == false && !isForced {
        return
      }
    } catch {
      environment.log("cannot read the records: \(error)")
      records = nil
    }
    settleContainers()
  }

  private func settleContainers() {
    var wanted: [ContainerID: [Endpoint]] = [:]
    for (id, endpoints) in records?.containers() ?? [:]
    where endpoints.contains(where: { records?.network($0.network)?.hasNameServer == true }) {
      wanted[id] = endpoints
    }
    for (id, container) in served {
      if let endpoints = wanted[id], container.container.isAtItsPath {
        container.endpoints = endpoints
      } else {
        container.close()
        served[id] = nil
      }
    }
    refused = [:]
    for (id, endpoints) in wanted where served[id] == nil {
      do throws(Errno) {
        try open(endpoints)
      } catch {
        refused[id] = "\(ResolverFile.server) port \(Self.port): \(error)"
      }
    }
  }

  private func open(_ endpoints: [Endpoint]) throws(Errno) {
    // It may have been found by several paths, of which one may be gone.
    guard let container = endpoints.lazy.map(\.container).first(where: \.isAtItsPath) else {
      throw .noSuchFileOrDirectory
    }
    let namespace = try NetworkNamespace.open(path: container.path)
    let identity = container.namespace
    guard namespace.identity.device == identity.device,
      namespace.identity.inode == identity.inode, try namespace.hasCookie(identity.cookie)
    else { throw .noSuchFileOrDirectory }
    let address = ResolverFile.server.bytes
    let sockets = try namespace.perform { () throws(Errno) in
      SocketPair(
        datagram: try InternetSocket.listen(.datagram, address: address, port: Self.port),
        stream: try InternetSocket.listen(.stream, address: address, port: Self.port))
    }
    let served = ServedContainer(container, namespace, endpoints)
    self.served[container.id] = served
    listen(on: sockets, for: served)
  }

  private func listen(on sockets: consuming SocketPair, for container: ServedContainer) {
    let (datagram, stream) = sockets.relinquish()
    let bound = NIOLoopBound((server: self, container: container), eventLoop: loop)
    let datagrams = DatagramBootstrap(group: loop)
      .channelOption(.maxMessagesPerRead, value: 1)
      .channelOption(.datagramVectorReadMessageCount, value: ServerLimits.datagramsPerTurn)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let (server, container) = bound.value
          try channel.pipeline.syncOperations.addHandler(
            DatagramQueryHandler(server, container))
        }
      }.withBoundSocket(datagram)
    let streams = ServerBootstrap(group: loop)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let (server, container) = bound.value
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(IdleStateHandler(allTimeout: ServerLimits.silence))
          try pipeline.addHandler(ByteToMessageHandler(MessageFrameDecoder()))
          try pipeline.addHandler(StreamQueryHandler(server, container))
        }
      }.withBoundSocket(stream)
    for future in [datagrams, streams] {
      future.assumeIsolated().whenSuccess { channel in
        if self.served[container.container.id] === container {
          container.channels.append(channel)
        } else {
          channel.close(promise: nil)
        }
      }
    }
  }

  // What no query made it read. The thread only tells the loop, which reads.
  private func watchRecords() {
    guard let waiting = records?.waiting else { return }
    let (bound, loop) = (NIOLoopBound(self, eventLoop: loop), loop)
    environment.watchers.submit { _ in
      while waiting.waitForEvents() {
        try? loop.submit { bound.value.update() }.wait()
      }
    }
  }

  // A namespace lives as long as a socket in it, so those of the dead are closed.
  private func check() {
    readConfiguration()
    endTurn()
    alive = [:]
    update(isForced: served.values.contains { !$0.container.isAtItsPath } || records == nil)
    guard served.isEmpty else { return idleSince = nil }
    let now = NIODeadline.now()
    if let idleSince, let limit = environment.idleLimit, now - idleSince >= limit {
      environment.end()
    }
    idleSince = idleSince ?? now
  }

  // MARK: Queries

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
      of: question, ndots: configuration.hasDotOption, isAlive: isAlive)
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
  private var generation: Int { (records?.generation ?? 0) + configurationCount }

  // As long as nothing changes, a named namespace lives: the watch of their folder tells otherwise.
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
      of: networks, given: container.givenServers, settings, configuration)
  }

  private func readConfiguration() {
    let new = environment.client.configuration(settings).configuration
    if new == configuration { return }
    configuration = new
    configurationCount += 1
  }
}

extension NetworkNamespace {
  /// Whether it has this cookie; 0 means that the kernel has none.
  fileprivate func hasCookie(_ wanted: UInt64) throws(Errno) -> Bool {
    if wanted == 0 { return true }
    return try cookie == wanted
  }
}

/// The sockets at which a container's queries arrive.
private struct SocketPair: ~Copyable {
  let datagram: LinuxSystem.FileDescriptor
  let stream: LinuxSystem.FileDescriptor

  consuming func relinquish() -> (datagram: Int32, stream: Int32) {
    (datagram.relinquish(), stream.relinquish())
  }
}

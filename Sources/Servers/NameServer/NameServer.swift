import Addressing
import Configuration
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
  let environment: Environment
  let configuration: Configuration
  let loop: any EventLoop
  var records: LiveRecords?
  var served: [ContainerID: ServedContainer] = [:]
  /// Why the queries of other containers are not answered.
  private var refused: [ContainerID: String] = [:]
  /// The servers and options of the host and of the configuration, as they were a second ago.
  var resolver = ResolverConfiguration()
  var resolverCount = 0
  var forwardedCount = 0
  /// Whether what has changed is taken over for the messages that came at once.
  var isInTurn = false
  /// Which containers are alive, and the generation that this is known of.
  var alive: [ContainerID: (generation: Int, isAlive: Bool)] = [:]
  /// Since when there has been nobody to serve.
  private var idleSince: NIODeadline?

  private static let port: UInt16 = 53
  private static let checkInterval = TimeAmount.seconds(1)

  init(_ environment: Environment, _ configuration: Configuration, on loop: any EventLoop) {
    self.environment = environment
    self.configuration = configuration
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
          environment.statePath, boot: environment.boot, namespaces: environment.namespaces,
          hostGateways: configuration.hostGateways)
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

  private func readConfiguration() {
    let new = environment.client.configuration(configuration.resolver).configuration
    if new == resolver { return }
    resolver = new
    resolverCount += 1
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

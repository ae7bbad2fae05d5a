import EtcdMessages
import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import NIOSSL

/// A connection to one member, over which any number of calls go at once. Belongs to the loop.
final class Connection {
  let endpoint: EtcdEndpoint
  private let channel: any Channel
  private let multiplexer: NIOHTTP2Handler.StreamMultiplexer
  private let state: ConnectionHandler
  private let usesTLS: Bool
  private let messageLimit: Int
  /// What stands for the user, if there is one.
  var token: String?

  private init(
    _ endpoint: EtcdEndpoint, _ store: EtcdStore, _ channel: any Channel,
    _ multiplexer: NIOHTTP2Handler.StreamMultiplexer, _ state: ConnectionHandler
  ) {
    self.endpoint = endpoint
    self.channel = channel
    self.multiplexer = multiplexer
    self.state = state
    usesTLS = store.certificates != nil
    messageLimit = store.limits.message
  }

  /// Whether new calls can be made.
  var isUsable: Bool { channel.isActive && !state.isEnding }

  /// Called when the connection has ended.
  func whenClosed(_ body: @escaping () -> Void) {
    channel.closeFuture.assumeIsolated().whenComplete { _ in body() }
  }

  func close() { channel.close(promise: nil) }

  /// Begins a call. With a message, it is the only one that is sent.
  func open(
    _ method: String, _ message: [UInt8]?, receive: @escaping ([UInt8]) -> Void,
    finish: @escaping (EtcdFailure?) -> Void
  ) -> StreamHandler {
    let state = self.state
    let handler = StreamHandler(
      headers(method), firstMessage: message, limit: messageLimit,
      connectionFailure: { state.failure }, receive: receive, finish: finish)
    let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
    let opened = multiplexer.createStreamChannel { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(bound.value)
      }
    }
    opened.assumeIsolated().whenFailure { _ in handler.cancel(state.failure ?? .closed) }
    return handler
  }

  private func headers(_ method: String) -> HPACKHeaders {
    var headers = HPACKHeaders([
      (":method", "POST"), (":scheme", usesTLS ? "https" : "http"), (":path", "/" + method),
      (":authority", authority), ("content-type", "application/grpc"), ("te", "trailers"),
      ("user-agent", "netctl"),
      // A member that knows no leader refuses, instead of waiting for one.
      ("hasleader", "true"),
    ])
    if let token { headers.add(name: "token", value: token) }
    return headers
  }

  private var authority: String {
    switch endpoint {
    case .host: endpoint.text
    case .socket: "localhost"
    }
  }

  // MARK: Connecting

  /// etcd sends about one PING a request, of which NIO otherwise accepts 200 in 30 seconds.
  private static let controlFrameLimit = 100_000
  private static let windowSize = 1024 * 1024

  /// Connects, until the server's settings have arrived, or fails with an `EtcdFailure`.
  static func open(
    _ endpoint: EtcdEndpoint, _ store: EtcdStore, on loop: any EventLoop
  ) -> EventLoopFuture<NIOLoopBound<Connection>> {
    let host = if case .host(let host, _) = endpoint { host } else { endpoint.text }
    let context: NIOSSLContext?
    do throws(EtcdFailure) {
      context = try store.certificates.map(EtcdTLS.context)
    } catch {
      return loop.makeFailedFuture(error)
    }
    let ready = loop.makePromise(of: NIOLoopBound<Connection>.self)
    let limit = TimeAmount.milliseconds(store.limits.connection)
    let bootstrap = ClientBootstrap(group: loop).connectTimeout(limit)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let context {
            try pipeline.addHandler(
              NIOSSLClientHandler(context: context, serverHostname: name(host)))
          }
          let multiplexer = try pipeline.configureHTTP2Pipeline(
            mode: .client, connectionConfiguration: connectionConfiguration,
            streamConfiguration: streamConfiguration
          ) { channel in channel.close() }
          let state = ConnectionHandler(host: host)
          try pipeline.addHandler(state)
          let connection = Connection(endpoint, store, channel, multiplexer, state)
          let bound = NIOLoopBound(connection, eventLoop: loop)
          state.ready = { failure in
            if let failure { ready.fail(failure) } else { ready.succeed(bound) }
          }
        }
      }
    let connected =
      switch endpoint {
      case .host(let host, let port): bootstrap.connect(host: host, port: port)
      case .socket(let path): bootstrap.connect(unixDomainSocketPath: path)
      }
    connected.whenFailure { ready.fail(failure($0, host)) }
    // Also when it is stuck in TLS, or behind it.
    let timer = loop.scheduleTask(in: limit) {
      ready.fail(EtcdFailure.connectionTimeout)
      connected.whenSuccess { $0.close(promise: nil) }
    }
    ready.futureResult.whenComplete { _ in timer.cancel() }
    return ready.futureResult
  }

  private static var connectionConfiguration: NIOHTTP2Handler.ConnectionConfiguration {
    var configuration = NIOHTTP2Handler.ConnectionConfiguration()
    configuration.controlFrameRateLimit.maximumCount = controlFrameLimit
    configuration.targetWindowSize = windowSize
    configuration.initialSettings.append(
      HTTP2Setting(parameter: .initialWindowSize, value: windowSize))
    return configuration
  }

  private static var streamConfiguration: NIOHTTP2Handler.StreamConfiguration {
    var configuration = NIOHTTP2Handler.StreamConfiguration()
    configuration.targetWindowSize = windowSize
    return configuration
  }

  // Without a name, the certificate has to be for the address.
  private static func name(_ host: String) -> String? {
    (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
  }

  private static func failure(_ error: any Error, _ host: String) -> EtcdFailure {
    if case ChannelError.connectTimeout = error { return .connectionTimeout }
    return EtcdFailure(error, host: host)
  }
}

/// What concerns a whole connection.
private final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame

  private let host: String
  /// Called when the connection is ready, with nil, or cannot become so.
  var ready: ((EtcdFailure?) -> Void)?
  /// What went wrong first.
  private(set) var failure: EtcdFailure?
  /// Whether the server wants no new calls.
  private(set) var isEnding = false

  init(host: String) { self.host = host }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data).payload {
    case .settings(.settings): settle(nil)
    case .goAway: isEnding = true
    default: break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Concerns one stream, which is told of it.
    if error is NIOHTTP2Errors.StreamError || error is NIOHTTP2Errors.NoSuchStream
      || error is NIOHTTP2Errors.StreamClosed
    {
      return
    }
    let failure = EtcdFailure(error, host: host)
    self.failure = self.failure ?? failure
    settle(failure)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    settle(failure ?? .closed)
    context.fireChannelInactive()
  }

  private func settle(_ failure: EtcdFailure?) {
    ready?(failure)
    ready = nil
  }
}

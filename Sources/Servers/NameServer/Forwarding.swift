import Addressing
import DNSMessage
import LinuxSystem
import NIOCore
import NIOPosix
import NameService

/// A query that other servers are asked, one after the other.
final class Forwarding {
  private let query: DNSQuery
  private let container: ServedContainer
  private let kind: InternetSocket.Kind
  private let loop: any EventLoop
  private var waiting: ArraySlice<Upstream>
  private let completion: (DNSForwardedReply?) -> Void
  private var channel: (any Channel)?
  private var timer: Scheduled<Void>?
  private var attempt = 0

  private static let port: UInt16 = 53

  /// `completion` gets the first reply that is neither SERVFAIL nor REFUSED, or nil.
  init(
    _ query: DNSQuery, of container: ServedContainer, by kind: InternetSocket.Kind,
    to upstreams: [Upstream], on loop: any EventLoop,
    _ completion: @escaping (DNSForwardedReply?) -> Void
  ) {
    var generator = SystemRandomNumberGenerator()
    // An ID of its own, so that nobody outside can guess it.
    self.query = query.withID(UInt16.random(in: 0...UInt16.max, using: &generator))
    self.container = container
    self.kind = kind
    self.loop = loop
    self.completion = completion
    waiting = upstreams.prefix(ServerLimits.servers)
  }

  /// Asks the next server; the end of the whole without one.
  func askNext() {
    endAttempt()
    guard let upstream = waiting.popFirst() else { return completion(nil) }
    let descriptor: Int32
    do throws(Errno) {
      descriptor = try connect(to: upstream).relinquish()
    } catch {
      return askNext()
    }
    let (bound, number) = (NIOLoopBound(self, eventLoop: loop), attempt)
    let initialize: @Sendable (any Channel) -> EventLoopFuture<Void> = { channel in
      channel.eventLoop.makeCompletedFuture {
        try bound.value.addHandlers(to: channel, number)
      }
    }
    let future =
      kind == .datagram
      ? DatagramBootstrap(group: loop).channelInitializer(initialize).withBoundSocket(descriptor)
      : ClientBootstrap(group: loop).channelInitializer(initialize).withConnectedSocket(descriptor)
    timer = loop.assumeIsolated().scheduleTask(in: ServerLimits.forwardingTimeout) {
      self.askNext()
    }
    future.assumeIsolated().whenComplete { result in
      guard number == self.attempt else { return }
      switch result {
      case .success(let channel): self.send(on: channel, to: upstream)
      case .failure: self.askNext()
      }
    }
  }

  private func connect(to upstream: Upstream) throws(Errno) -> LinuxSystem.FileDescriptor {
    let open = { () throws(Errno) in
      try InternetSocket.connect(
        self.kind, address: upstream.address.bytes, port: Self.port)
    }
    return upstream.isAskedInside ? try container.namespace.perform(open) : try open()
  }

  private func addHandlers(to channel: any Channel, _ number: Int) throws {
    self.channel = channel
    let pipeline = channel.pipeline.syncOperations
    switch kind {
    case .stream:
      try pipeline.addHandler(ByteToMessageHandler(MessageFrameDecoder()))
      try pipeline.addHandler(ReplyHandler(self, number) { (bytes: [UInt8]) in bytes })
    case .datagram:
      try pipeline.addHandler(
        ReplyHandler(self, number) { (envelope: AddressedEnvelope<ByteBuffer>) in
          Array(envelope.data.readableBytesView)
        })
    }
  }

  private func send(on channel: any Channel, to upstream: Upstream) {
    guard kind == .datagram else {
      return channel.writeAndFlush(ByteBuffer(frame: query.bytes), promise: nil)
    }
    guard
      let remote = try? SocketAddress(
        ipAddress: upstream.address.description, port: Int(Self.port))
    else { return askNext() }
    channel.writeAndFlush(
      AddressedEnvelope(remoteAddress: remote, data: ByteBuffer(bytes: query.bytes)), promise: nil)
  }

  fileprivate func take(_ bytes: [UInt8], _ number: Int) {
    // Ignores late replies to an earlier attempt, and packets that do not answer this query:
    // anybody may send them.
    guard number == attempt, let reply = DNSForwardedReply(bytes, to: query) else { return }
    if [.serverFailure, .refused].contains(reply.header.code) { return askNext() }
    endAttempt()
    completion(reply)
  }

  fileprivate func fail(_ number: Int) {
    if number == attempt { askNext() }
  }

  // First of all, what comes of the closing is no longer this attempt's.
  private func endAttempt() {
    attempt += 1
    timer?.cancel()
    timer = nil
    channel?.close(promise: nil)
    channel = nil
  }
}

/// Hands replies to a forwarding as long as it is still at the attempt with this number.
private final class ReplyHandler<InboundIn>: ChannelInboundHandler {
  private let forwarding: Forwarding
  private let number: Int
  private let bytes: (InboundIn) -> [UInt8]

  init(_ forwarding: Forwarding, _ number: Int, _ bytes: @escaping (InboundIn) -> [UInt8]) {
    self.forwarding = forwarding
    self.number = number
    self.bytes = bytes
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    forwarding.take(bytes(unwrapInboundIn(data)), number)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    forwarding.fail(number)
  }

  func channelInactive(context: ChannelHandlerContext) {
    forwarding.fail(number)
  }
}

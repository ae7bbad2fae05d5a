import AgentAPI
import EtcdClient
import Glibc
import HTTPMessage
import NIOCore
import NIOPosix
import OrderedJSON

/// The socket at which commands ask the agent: HTTP/1.1, a request a connection.
struct AgentSocket {
  let agent: Agent
  /// The threads on which requests wait.
  let threads: NIOThreadPool

  /// The largest request that is accepted, in bytes.
  fileprivate static let bodyLimit = 1024 * 1024
  /// How long a connection may be silent before its request is complete.
  fileprivate static let silence = TimeAmount.seconds(10)

  /// Listens at a path; what is there already is replaced.
  func listen(at path: String, on loop: any EventLoop) throws -> any Channel {
    try ServerBootstrap(group: loop)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(IdleStateHandler(readTimeout: Self.silence))
          try pipeline.addHandler(RequestHandler(agent, threads))
        }
      }
      .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).wait()
  }
}

/// Reads a request, has it answered by another thread, and writes the answer.
private final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let agent: Agent
  private let threads: NIOThreadPool
  private var parser = HTTPRequestParser(bodyLimit: AgentSocket.bodyLimit)
  private var isAnswering = false

  init(_ agent: Agent, _ threads: NIOThreadPool) {
    self.agent = agent
    self.threads = threads
  }

  // The directory is root's, too; this is for a directory whose owner was changed.
  func channelActive(context: ChannelHandlerContext) {
    guard let provider = context.channel as? any SocketOptionProvider else { return }
    let peer: EventLoopFuture<PeerCredentials> = provider.unsafeGetSocketOption(
      level: .socket, name: .init(rawValue: SO_PEERCRED))
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    peer.whenComplete { result in
      guard case .success(let peer) = result, [0, geteuid()].contains(peer.user) else {
        return bound.value.close(promise: nil)
      }
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isAnswering { return }
    do throws(HTTPMessageError) {
      let bytes = unwrapInboundIn(data).readableBytesView
      guard let request = try parser.append(bytes) else { return }
      isAnswering = true
      answer(request, context)
    } catch {
      isAnswering = true
      write(
        Reply(AgentError(.invalid, "not an HTTP request that is understood")),
        context)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent, !isAnswering { context.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answer(_ request: HTTPRequestParser.Request, _ context: ChannelHandlerContext) {
    let agent = agent
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let reply = threads.runIfActive(eventLoop: context.eventLoop) { agent.reply(to: request) }
    reply.whenComplete { result in
      let (handler, context) = bound.value
      let ending = Reply(AgentError(.notRunning, "the agent ends"))
      handler.write((try? result.get()) ?? ending, context)
    }
  }

  private func write(_ reply: Reply, _ context: ChannelHandlerContext) {
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: reply.bytes))).whenComplete { _ in
      bound.value.close(promise: nil)
    }
  }
}

/// What the kernel says of the process on the other end (SO_PEERCRED, unix(7)).
private struct PeerCredentials {
  let process: Int32
  let user: UInt32
  let group: UInt32
}

/// An answer as it is written.
private struct Reply: Sendable {
  let status: Int
  let contentType: String
  let body: [UInt8]

  init(_ status: Int, _ contentType: String, _ body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  init(_ error: AgentError) {
    self.init(error.status, "application/json", error.value.bytes())
  }

  var bytes: [UInt8] {
    let head =
      "HTTP/1.1 \(status) \(status == 200 ? "OK" : "Error")\r\nContent-Type: \(contentType)\r\n"
      + "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
    return Array(head.utf8) + body
  }
}

extension Agent {
  fileprivate func reply(to request: HTTPRequestParser.Request) -> Reply {
    if request.method == "GET", request.target == "/metrics" {
      return Reply(200, "text/plain; version=0.0.4", Array(metrics().utf8))
    }
    do throws(AgentError) {
      let call = try AgentCall(request.method, request.target, body: request.body)
      guard let call else {
        return Reply(404, "application/json", AgentError(.invalid, "no such request").value.bytes())
      }
      state.change { $0.statistics.requestCounts[call.name, default: 0] += 1 }
      return Reply(200, "application/json", try answer(call).bytes())
    } catch {
      state.change { $0.statistics.failureCounts[error.kind.rawValue, default: 0] += 1 }
      return Reply(error)
    }
  }
}

extension AgentCall {
  /// The name in figures.
  fileprivate var name: String {
    switch self {
    case .status: "status"
    case .create: "create"
    case .remove: "remove"
    case .connect: "connect"
    case .disconnect: "disconnect"
    case .barrier: "barrier"
    case .synchronise: "sync"
    }
  }
}

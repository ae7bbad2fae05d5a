import EtcdMessages
import NIOCore
import NIOHPACK
import NIOHTTP2

/// One call of gRPC on a stream of an HTTP/2 connection. Belongs to the connection's loop.
final class StreamHandler: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  private let headers: HPACKHeaders
  private let firstMessage: [UInt8]?
  private let receive: ([UInt8]) -> Void
  private var finish: ((EtcdFailure?) -> Void)?
  /// What ended the connection; nil while it stands.
  private let connectionFailure: () -> EtcdFailure?
  private var deframer: GRPCDeframer
  private var context: ChannelHandlerContext?
  /// Messages from before the stream began.
  private var queued: [[UInt8]] = []
  private var isActive = false

  /// Sends `firstMessage` and no other; without it, the stream stays open for more. `finish` is
  /// called once: with nil for success.
  init(
    _ headers: HPACKHeaders, firstMessage: [UInt8]?, limit: Int,
    connectionFailure: @escaping () -> EtcdFailure?, receive: @escaping ([UInt8]) -> Void,
    finish: @escaping (EtcdFailure?) -> Void
  ) {
    self.headers = headers
    self.firstMessage = firstMessage
    self.receive = receive
    self.finish = finish
    self.connectionFailure = connectionFailure
    deframer = GRPCDeframer(limit: limit)
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    end(connectionFailure() ?? .closed)
  }

  func channelActive(context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(.headers(.init(headers: headers))), promise: nil)
    isActive = true
    if let firstMessage { send(firstMessage, isLast: true) } else { context.flush() }
    queued.forEach { send($0) }
    queued = []
  }

  func channelInactive(context: ChannelHandlerContext) { end(connectionFailure() ?? .closed) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end(connectionFailure() ?? .closed)
    context.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .headers(let frame): read(frame.headers, isLast: frame.endStream)
    case .data(let frame):
      guard case .byteBuffer(let buffer) = frame.data else { return }
      deframer.append(buffer.readableBytesView)
      do throws(EtcdMessageError) {
        while let message = try deframer.next() { receive(message) }
      } catch {
        end(.message(error))
        context.close(promise: nil)
      }
      if frame.endStream { end(.message(.truncated)) }
    case .rstStream: end(.closed)
    default: break
    }
  }

  /// Sends a message.
  func send(_ message: [UInt8], isLast: Bool = false) {
    guard let context, isActive else { return queued.append(message) }
    let buffer = ByteBuffer(bytes: GRPCFrame.bytes(message))
    let data = HTTP2Frame.FramePayload.Data(data: .byteBuffer(buffer), endStream: isLast)
    context.writeAndFlush(wrapOutboundOut(.data(data)), promise: nil)
  }

  /// Ends the stream for a reason that is not the server's.
  func cancel(_ failure: EtcdFailure) {
    end(failure)
    context?.close(promise: nil)
  }

  // The status is in the trailers, which are the only headers if there is no message.
  private func read(_ headers: HPACKHeaders, isLast: Bool) {
    if let text = headers.first(name: ":status"), text != "200" { return end(.http(text)) }
    guard isLast else { return }
    guard let code = headers.first(name: "grpc-status").flatMap(Int.init) else {
      return end(.http("200, without a status of gRPC"))
    }
    if code != 0 {
      let text = headers.first(name: "grpc-message") ?? ""
      return end(.status(code, Self.decoded(text)))
    }
    end(deframer.isWithinMessage ? .message(.truncated) : nil)
  }

  private func end(_ failure: EtcdFailure?) {
    guard let finish else { return }
    self.finish = nil
    finish(failure)
  }

  /// A text whose bytes other than visible ASCII are written as `%XX`.
  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

import NIOCore
import NetworkModel

/// Takes requests of other commands, a line each: `serve CONTAINER`, to which the reply is `served`
/// or why not.
final class ControlHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let server: NameServer
  private var line: [UInt8] = []

  /// More than a line with an identity has.
  private static let longestLine = 128

  init(_ server: NameServer) {
    self.server = server
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    line += Array(unwrapInboundIn(data).readableBytesView)
    guard let end = line.firstIndex(of: UInt8(ascii: "\n")) else {
      if line.count > Self.longestLine { context.close(promise: nil) }
      return
    }
    let words = String(decoding: line[..<end], as: UTF8.self).split(separator: " ")
    guard words.count == 2, words[0] == "serve", let container = ContainerID(String(words[1]))
    else {
      return context.close(promise: nil)
    }
    let reply = server.serve(container) ?? "served"
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: reply + "\n")), promise: nil)
    context.close(promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

import DNSMessage
import LinuxSystem
import NIOCore

/// Answers the datagrams of a container.
final class DatagramQueryHandler: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  typealias OutboundOut = AddressedEnvelope<ByteBuffer>

  private let server: NameServer
  private let container: ServedContainer

  init(_ server: NameServer, _ container: ServedContainer) {
    self.server = server
    self.container = container
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let envelope = unwrapInboundIn(data)
    let (sender, channel) = (envelope.remoteAddress, context.channel)
    let reply = server.answer(
      Array(envelope.data.readableBytesView), of: container, by: .datagram
    ) { reply in
      channel.writeAndFlush(
        AddressedEnvelope(remoteAddress: sender, data: ByteBuffer(bytes: reply)), promise: nil)
    }
    guard let reply else { return }
    let answer = AddressedEnvelope(remoteAddress: sender, data: ByteBuffer(bytes: reply))
    context.write(wrapOutboundOut(answer), promise: nil)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    server.endTurn()
    context.flush()
  }

  // Such as an ICMP error about an answer; the socket goes on.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

/// Answers the messages of a container's TCP connection.
final class StreamQueryHandler: ChannelInboundHandler {
  typealias InboundIn = [UInt8]
  typealias OutboundOut = ByteBuffer

  private let server: NameServer
  private let container: ServedContainer

  init(_ server: NameServer, _ container: ServedContainer) {
    self.server = server
    self.container = container
  }

  func channelActive(context: ChannelHandlerContext) {
    container.connectionCount += 1
    if container.connectionCount > ServerLimits.connectionsPerContainer {
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    container.connectionCount -= 1
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let channel = context.channel
    let send = { (reply: [UInt8]) in
      channel.writeAndFlush(ByteBuffer(frame: reply), promise: nil)
    }
    if let reply = server.answer(unwrapInboundIn(data), of: container, by: .stream, later: send) {
      send(reply)
    }
    server.endTurn()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

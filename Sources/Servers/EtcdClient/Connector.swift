import EtcdMessages
import NIOCore

/// The connection of a client: to one member at a time, and to the next one after a failure.
/// Belongs to the loop.
final class Connector {
  let store: EtcdStore
  let loop: any EventLoop
  private var index = 0
  private var current: Connection?
  private var pending: EventLoopFuture<NIOLoopBound<Connection>>?
  private var isClosed = false

  init(_ store: EtcdStore, on loop: any EventLoop) {
    self.store = store
    self.loop = loop
  }

  /// The member that is asked next.
  var endpoint: EtcdEndpoint { store.endpoints[index % store.endpoints.count] }

  /// The connection, or a new one to one member; fails with an `EtcdFailure`.
  func connection() -> EventLoopFuture<NIOLoopBound<Connection>> {
    if isClosed { return loop.makeFailedFuture(EtcdFailure.closed) }
    if let current, current.isUsable {
      return loop.makeSucceededFuture(NIOLoopBound(current, eventLoop: loop))
    }
    if let pending { return pending }
    let opening = Connection.open(endpoint, store, on: loop).assumeIsolated()
      .flatMap { self.authenticated($0.value) }.nonisolated()
    pending = opening
    opening.assumeIsolated().whenComplete { result in
      self.pending = nil
      switch result {
      case .success(let bound): self.adopt(bound.value)
      case .failure: self.index += 1
      }
    }
    return opening
  }

  /// Gives up a connection whose member does not answer.
  func discard(_ connection: Connection) {
    if current === connection {
      current = nil
      index += 1
    }
    connection.close()
  }

  /// Ends the connection for good.
  func close() {
    isClosed = true
    current?.close()
  }

  private func adopt(_ connection: Connection) {
    current = connection
    if isClosed { connection.close() }
    connection.whenClosed { if self.current === connection { self.current = nil } }
  }

  private func authenticated(
    _ connection: Connection
  ) -> EventLoopFuture<NIOLoopBound<Connection>> {
    let bound = NIOLoopBound(connection, eventLoop: loop)
    guard let credentials = store.credentials else { return loop.makeSucceededFuture(bound) }
    let request = EtcdAuthenticate(user: credentials.user, password: credentials.password)
    let limit = TimeAmount.milliseconds(store.limits.attempt)
    let reply = connection.call(EtcdAuthenticate.method, request.message, within: limit, on: loop)
    return reply.assumeIsolated().flatMapThrowing { message in
      bound.value.token = try EtcdToken(message).token
      return bound
    }.nonisolated()
  }
}

extension Connection {
  /// Sends one request; the response is one message. Fails with an `EtcdFailure`.
  func call(
    _ method: String, _ message: [UInt8], within limit: TimeAmount, on loop: any EventLoop
  ) -> EventLoopFuture<[UInt8]> {
    let promise = loop.makePromise(of: [UInt8].self)
    var response: [UInt8]?
    let stream = open(method, message) { message in
      response = message
    } finish: { failure in
      if let failure {
        promise.fail(failure)
      } else if let response {
        promise.succeed(response)
      } else {
        promise.fail(EtcdFailure.message(.truncated))
      }
    }
    let timer = loop.assumeIsolated().scheduleTask(in: limit) { stream.cancel(.timeout) }
    promise.futureResult.whenComplete { _ in timer.cancel() }
    return promise.futureResult
  }
}

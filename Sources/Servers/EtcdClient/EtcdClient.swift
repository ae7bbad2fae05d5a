package import EtcdMessages
package import NIOCore

/// A client of etcd, version 3, with one connection for everything.
package final class EtcdClient: Sendable {
  private let connector: NIOLoopBound<Connector>
  let loop: any EventLoop
  let store: EtcdStore

  /// Makes a client; it connects when it is first needed.
  package init(_ store: EtcdStore, on loop: any EventLoop) {
    precondition(!store.endpoints.isEmpty, "there is at least one member")
    self.store = store
    self.loop = loop
    connector = NIOLoopBound.makeSendingValue(store, on: loop)
  }

  /// Ends the connection and what goes over it.
  package func close() {
    let connector = connector
    loop.execute { connector.value.close() }
  }

  /// Makes a call and waits for the response, at most until `milliseconds` from now, or as long as
  /// a call may take. Not to be called on the loop.
  ///
  /// A member that does not answer is left for the next one. What may have had an effect is not
  /// sent twice, unless that is harmless.
  package func call<Request: EtcdRequest>(
    _ request: Request, within milliseconds: Int64? = nil
  ) throws(EtcdError) -> Request.Response {
    do {
      let message = try start(request, within: milliseconds).wait()
      return try Request.Response(message)
    } catch let error as EtcdError {
      throw error
    } catch let error as EtcdMessageError {
      throw failure(.message(error))
    } catch {
      // The loop has ended.
      throw failure(.closed)
    }
  }

  private func failure(_ cause: EtcdFailure) -> EtcdError {
    let endpoints = store.endpoints.map(\.text).joined(separator: ",")
    return EtcdError(
      attempts: [EtcdError.Attempt(endpoint: endpoints, cause: cause)], isOutcomeUnknown: true)
  }

  private func start<Request: EtcdRequest>(
    _ request: Request, within milliseconds: Int64?
  ) -> EventLoopFuture<[UInt8]> {
    let limit = TimeAmount.milliseconds(milliseconds ?? store.limits.call)
    let (message, isRepeatable, connector) = (request.message, request.isRepeatable, connector)
    return loop.flatSubmit {
      let call = Call(
        Request.method, message, isRepeatable: isRepeatable, within: limit,
        connector.value)
      call.attempt()
      return call.response
    }
  }

  /// The connection, on the loop.
  var bound: Connector { connector.value }
}

extension NIOLoopBound<Connector> {
  fileprivate static func makeSendingValue(
    _ store: EtcdStore, on loop: any EventLoop
  ) -> NIOLoopBound<Connector> {
    if loop.inEventLoop { return NIOLoopBound(Connector(store, on: loop), eventLoop: loop) }
    let made = loop.submit { NIOLoopBound(Connector(store, on: loop), eventLoop: loop) }
    return try! made.wait()
  }
}

/// A call in progress, which may take several attempts. Belongs to the loop.
private final class Call {
  private let method: String
  private let message: [UInt8]
  private let isRepeatable: Bool
  private let deadline: NIODeadline
  /// Until when a member without a leader is no failure.
  private let electionDeadline: NIODeadline
  private let connector: Connector
  private let promise: EventLoopPromise<[UInt8]>
  private var attempts: [EtcdError.Attempt] = []

  init(
    _ method: String, _ message: [UInt8], isRepeatable: Bool, within limit: TimeAmount,
    _ connector: Connector
  ) {
    self.method = method
    self.message = message
    self.isRepeatable = isRepeatable
    deadline = .now() + limit
    electionDeadline =
      .now() + min(limit, .milliseconds(connector.store.limits.election))
    self.connector = connector
    promise = connector.loop.makePromise()
  }

  /// The response, or an `EtcdError`.
  var response: EventLoopFuture<[UInt8]> { promise.futureResult }

  func attempt() {
    let endpoint = connector.endpoint
    connector.connection().assumeIsolated().whenComplete { result in
      switch result {
      case .success(let bound): self.send(over: bound.value)
      case .failure(let error):
        self.failed(error as? EtcdFailure ?? .closed, at: endpoint, wasSent: false)
      }
    }
  }

  private func send(over connection: Connection) {
    let left = deadline - .now()
    let limit = min(left, .milliseconds(connector.store.limits.attempt))
    let reply = connection.call(method, message, within: limit, on: connector.loop)
    reply.assumeIsolated().whenComplete { result in
      switch result {
      case .success(let message): self.promise.succeed(message)
      case .failure(let error):
        let failure = error as? EtcdFailure ?? .closed
        if failure.isOfMember { self.connector.discard(connection) }
        self.failed(failure, at: connection.endpoint, wasSent: true)
      }
    }
  }

  private func failed(_ failure: EtcdFailure, at endpoint: EtcdEndpoint, wasSent: Bool) {
    if failure.isWithoutLeader {
      let pause = TimeAmount.milliseconds(connector.store.limits.electionPause)
      if .now() + pause < electionDeadline {
        connector.loop.assumeIsolated().scheduleTask(in: pause) { self.attempt() }
        return
      }
    }
    attempts.append(EtcdError.Attempt(endpoint: endpoint.text, cause: failure))
    let isUnknown = wasSent && !failure.isBeforeRequest
    let mayRepeat = failure.isOfMember && (isRepeatable || !isUnknown)
    // Once more for a connection that had ended unseen.
    let hasMore = attempts.count < connector.store.endpoints.count + (wasSent ? 1 : 0)
    if mayRepeat, hasMore, .now() < deadline { return attempt() }
    promise.fail(EtcdError(attempts: attempts, isOutcomeUnknown: isUnknown && !isRepeatable))
  }
}

package import EtcdMessages
import NIOCore

/// What a watcher reports.
package enum EtcdWatchEvent: Sendable {
  /// Changes of one revision or several, in order, and the last revision.
  case changes([EtcdEvent], revision: Int64)
  /// Changes may have been missed, so the keys have to be read again; the watch has ended.
  case lost(EtcdWatchLoss)
  /// The watch was interrupted; it is resumed where it was.
  case interrupted(EtcdError.Attempt)
  /// The watch has begun, or is resumed; the server's cluster.
  case established(cluster: UInt64)
}

/// Why changes may have been missed.
package enum EtcdWatchLoss: Hashable, Sendable {
  /// The store has forgotten what was before a revision.
  case compacted(Int64)
  /// The store is at an earlier revision than was seen, like one that was restored from a backup.
  case rolledBack(Int64)
  /// It is another cluster.
  case otherCluster
}

/// Watches keys, each under a number of its own, over one stream that is resumed after every
/// interruption.
package final class EtcdWatcher: Sendable {
  private let state: NIOLoopBound<WatchStream>
  private let loop: any EventLoop

  /// Makes a watcher; `report` is called on the client's loop, with the number of the watch.
  package init(
    _ client: EtcdClient, report: @escaping @Sendable (Int64, EtcdWatchEvent) -> Void
  ) {
    loop = client.loop
    let make: @Sendable () -> NIOLoopBound<WatchStream> = {
      NIOLoopBound(WatchStream(client.bound, report), eventLoop: client.loop)
    }
    state = loop.inEventLoop ? make() : try! loop.submit(make).wait()
  }

  /// Watches keys from a revision on, under a number above 0.
  package func watch(_ number: Int64, _ keys: EtcdKeys, from revision: Int64, cluster: UInt64) {
    let state = state
    loop.execute { state.value.add(number, keys, from: revision, cluster: cluster) }
  }

  /// Ends a watch.
  package func cancel(_ number: Int64) {
    let state = state
    loop.execute { state.value.remove(number) }
  }

  /// Ends all watches.
  package func close() {
    let state = state
    loop.execute { state.value.close() }
  }
}

/// The stream of a watcher. Belongs to the loop.
private final class WatchStream {
  private struct Watch {
    let keys: EtcdKeys
    var next: Int64
    let cluster: UInt64
    var events: [EtcdEvent] = []
  }

  private let connector: Connector
  private let report: (Int64, EtcdWatchEvent) -> Void
  private var watches: [Int64: Watch] = [:]
  private var stream: StreamHandler?
  private var isOpening = false
  private var isClosed = false
  private var backoff: Int64
  private var silence: Scheduled<Void>?

  init(_ connector: Connector, _ report: @escaping (Int64, EtcdWatchEvent) -> Void) {
    self.connector = connector
    self.report = report
    backoff = connector.store.limits.backoff.lowerBound
  }

  func add(_ number: Int64, _ keys: EtcdKeys, from revision: Int64, cluster: UInt64) {
    watches[number] = Watch(keys: keys, next: revision, cluster: cluster)
    if let stream { request(number, on: stream) } else { open() }
  }

  func remove(_ number: Int64) {
    guard watches.removeValue(forKey: number) != nil else { return }
    stream?.send(EtcdWatchRequest.cancel(watch: number).message)
  }

  func close() {
    isClosed = true
    silence?.cancel()
    watches = [:]
    stream?.cancel(.closed)
  }

  private func request(_ number: Int64, on stream: StreamHandler) {
    guard let watch = watches[number] else { return }
    let request = EtcdWatchRequest.create(watch.keys, from: watch.next, watch: number)
    stream.send(request.message)
  }

  // MARK: The stream

  private func open() {
    if isOpening || isClosed || stream != nil || watches.isEmpty { return }
    isOpening = true
    let endpoint = connector.endpoint
    connector.connection().assumeIsolated().whenComplete { result in
      self.isOpening = false
      switch result {
      case .success(let bound): self.begin(on: bound.value)
      case .failure(let error):
        self.interrupted(error as? EtcdFailure ?? .closed, at: endpoint)
      }
    }
  }

  private func begin(on connection: Connection) {
    if isClosed { return }
    let opened = connection.open(EtcdWatchRequest.method, nil) { message in
      self.receive(message, from: connection)
    } finish: { failure in
      self.stream = nil
      self.silence?.cancel()
      // A server ends the stream in good order when it stops.
      let failure = failure ?? .closed
      if failure.isOfMember { self.connector.discard(connection) }
      self.interrupted(failure, at: connection.endpoint)
    }
    stream = opened
    for number in watches.keys.sorted() { request(number, on: opened) }
    expectMessage(from: connection)
  }

  private func interrupted(_ failure: EtcdFailure, at endpoint: EtcdEndpoint) {
    if isClosed { return }
    let attempt = EtcdError.Attempt(endpoint: endpoint.text, cause: failure)
    for number in watches.keys.sorted() {
      watches[number]?.events = []
      report(number, .interrupted(attempt))
    }
    let delay = Int64.random(in: backoff / 2...backoff)
    backoff = min(backoff * 2, connector.store.limits.backoff.upperBound)
    connector.loop.assumeIsolated().scheduleTask(in: .milliseconds(delay)) { self.open() }
  }

  // A connection can be dead without an end, so the server has to say something from time to time.
  private func expectMessage(from connection: Connection) {
    silence?.cancel()
    let interval = TimeAmount.milliseconds(connector.store.limits.watchProgress)
    silence = connector.loop.assumeIsolated().scheduleTask(in: interval) {
      self.stream?.send(EtcdWatchRequest.progress.message)
      let timeout = TimeAmount.milliseconds(self.connector.store.limits.attempt)
      self.silence = self.connector.loop.assumeIsolated().scheduleTask(in: timeout) {
        self.stream?.cancel(.timeout)
      }
    }
  }

  // MARK: Messages

  private func receive(_ message: [UInt8], from connection: Connection) {
    expectMessage(from: connection)
    guard let response = try? EtcdWatchResponse(message) else {
      stream?.cancel(.message(.malformed))
      return
    }
    let number = response.watch
    guard let watch = watches[number] else { return }
    if response.isCanceled { return canceled(number, response) }
    if response.isCreated { return created(number, watch, response.header) }
    watches[number]?.events += response.events
    if response.isFragment { return }
    let events = watches[number]?.events ?? []
    watches[number]?.events = []
    guard let last = events.last?.keyValue.modRevision else { return }
    watches[number]?.next = last + 1
    report(number, .changes(events, revision: last))
  }

  private func created(_ number: Int64, _ watch: Watch, _ header: EtcdHeader) {
    if watch.cluster != header.cluster { return lost(number, .otherCluster) }
    // The server would wait in silence until it has reached the revision.
    if header.revision + 1 < watch.next { return lost(number, .rolledBack(header.revision)) }
    backoff = connector.store.limits.backoff.lowerBound
    report(number, .established(cluster: header.cluster))
  }

  private func canceled(_ number: Int64, _ response: EtcdWatchResponse) {
    if response.compactRevision > 0 { return lost(number, .compacted(response.compactRevision)) }
    let reason = response.cancelReason.isEmpty ? "the watch was ended" : response.cancelReason
    stream?.cancel(.status(EtcdFailure.Status.unavailable, reason))
  }

  private func lost(_ number: Int64, _ loss: EtcdWatchLoss) {
    remove(number)
    report(number, .lost(loss))
  }
}

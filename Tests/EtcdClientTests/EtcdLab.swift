import CommandLineTestSupport
import EtcdMessages
import EtcdTestSupport
import Glibc
import KernelTestSupport
import LinuxSystem
import NIOCore
import NIOPosix

@testable import EtcdClient

/// A namespace with loopback, and a loop whose thread is in it.
final class EtcdLab {
  let folder: String
  let group: MultiThreadedEventLoopGroup

  private init(_ folder: String) {
    self.folder = folder
    // Threads begin in the namespace of whoever makes them.
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  }

  /// Runs `body` in a lab of its own.
  static func run(_ body: (EtcdLab) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try withNamespace { _ in
        _ = try KernelTestSupport.run("ip", "link", "set", "lo", "up")
        let lab = EtcdLab(folder)
        defer { try? lab.group.syncShutdownGracefully() }
        try body(lab)
      }
    }
  }

  func client(
    _ endpoints: EtcdEndpoint..., certificates: EtcdCertificates? = nil,
    change: (inout EtcdStore) -> Void = { _ in }
  ) -> EtcdClient {
    let endpoints = endpoints.isEmpty ? [.host("127.0.0.1", port: 2379)] : endpoints
    var store = EtcdStore(endpoints, certificates: certificates)
    change(&store)
    return EtcdClient(store, on: group.next())
  }
}

extension EtcdCertificates {
  init(_ certificates: TestCertificates, client: String, of other: TestCertificates? = nil) {
    self.init(
      authorities: certificates.authority, certificate: (other ?? certificates).certificate(client),
      key: (other ?? certificates).key(client))
  }
}

/// What a call threw, and how long it took.
func failure<Value>(
  _ body: () throws(EtcdError) -> Value
) -> (error: EtcdError?, duration: Duration) {
  var error: EtcdError?
  let duration = ContinuousClock().measure {
    do throws(EtcdError) { _ = try body() } catch let failure { error = failure }
  }
  return (error, duration)
}

/// What a watcher reports, to be waited for.
final class WatchLog: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t> = .allocate(capacity: 1)
  private let changed: UnsafeMutablePointer<pthread_cond_t> = .allocate(capacity: 1)
  private var events: [(Int64, EtcdWatchEvent)] = []

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  func report(_ number: Int64, _ event: EtcdWatchEvent) {
    pthread_mutex_lock(mutex)
    events.append((number, event))
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }

  /// Waits until the events so far satisfy `condition`; whether they did within some seconds.
  func wait(seconds: Int = 10, until condition: ([EtcdWatchEvent]) -> Bool) -> Bool {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    time.tv_sec += seconds
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !condition(events.map(\.1)) {
      if pthread_cond_timedwait(changed, mutex, &time) != 0 { return false }
    }
    return true
  }
}

extension [EtcdWatchEvent] {
  /// The keys of all changes so far, with a minus before deleted ones.
  var keys: [String] {
    flatMap { event in
      guard case .changes(let events, _) = event else { return [String]() }
      return events.map { ($0.isDeletion ? "-" : "") + $0.keyValue.keyText }
    }
  }

  var losses: [EtcdWatchLoss] {
    compactMap { if case .lost(let loss) = $0 { loss } else { nil } }
  }

  var interruptions: [EtcdError.Attempt] {
    compactMap { if case .interrupted(let attempt) = $0 { attempt } else { nil } }
  }

  var establishedCount: Int {
    count { if case .established = $0 { true } else { false } }
  }
}

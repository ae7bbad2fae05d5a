import Glibc
import KernelTestSupport
import Synchronization
import Testing

@testable import LinuxSystem

struct FileLockTests {
  @Test func lockHasOneHolderAtATime() throws {
    try withTemporaryFolder { path in
      let counter = Counter()
      let workers = (0..<4).map { _ in
        Worker {
          let directory = try Directory.open(path)
          for _ in 0..<50 {
            let lock = try FileLock.acquire("lock", in: directory, timeout: .seconds(60))
            counter.enterAndLeave()
            _ = consume lock
          }
        }
      }

      for worker in workers { try worker.join() }

      #expect(counter.highest == 1)
    }
  }

  @Test func waitingProcessIsFirstWhenGivenWay() throws {
    try withTemporaryFolder { path in
      let directory = try Directory.open(path)
      for _ in 0..<20 {
        let order = Mutex<[String]>([])
        let lock = try FileLock.acquire("lock", in: directory, timeout: .seconds(60))
        let worker = Worker {
          let directory = try Directory.open(path)
          let lock = try FileLock.acquire("lock", in: directory, timeout: .seconds(60))
          order.withLock { $0.append("waiting") }
          _ = consume lock
        }
        try awaitWaiter(forFile: path + "/lock")

        _ = consume lock
        FileLock.giveWay("lock", in: directory)
        let again = try FileLock.acquire("lock", in: directory, timeout: .seconds(60))
        order.withLock { $0.append("again") }
        _ = consume again
        try worker.join()

        #expect(order.withLock { $0 } == ["waiting", "again"])
      }
    }
  }

  @Test func nobodyIsGivenWayToWhereNobodyWaits() throws {
    try withTemporaryFolder { path in
      let directory = try Directory.open(path)
      FileLock.giveWay("lock", in: directory)
      #expect(try directory.names() == [])

      let lock = try FileLock.acquire("lock", in: directory, timeout: .seconds(60))
      FileLock.giveWay("lock", in: directory)
      _ = consume lock
    }
  }

  /// Returns once the kernel lists a process that waits for a lock of the file (proc_locks(5)).
  private func awaitWaiter(forFile path: String) throws {
    var status = stat()
    try #require(stat(path, &status) == 0)
    while true {
      let isThere = try PseudoFile.read("/proc/locks").split(separator: "\n").contains { row in
        row.contains("-> FLOCK") && row.contains(":\(status.st_ino) ")
      }
      if isThere { return }
      sched_yield()
    }
  }

  @Test func holderThatDoesNotLetGoIsNamed() throws {
    try withTemporaryFolder { path in
      let directory = try Directory.open(path)
      let lock = try FileLock.acquire("lock", in: directory, timeout: .seconds(60))

      let failure = #expect(throws: FileLock.Failure.self) {
        _ = try FileLock.acquire("lock", in: directory, timeout: .milliseconds(50))
      }

      guard case .held(let holder?) = failure else {
        Issue.record("\(String(describing: failure))")
        return
      }
      #expect(holder.process == getpid())
      #expect(holder.command.contains("netctlPackageTests") || holder.command.contains("swiftpm"))
      #expect(!holder.isStopped)
      _ = consume lock
    }
  }

  @Test(arguments: [
    (holders: [1, 1, 1], ends: [false, false, true]),
    (holders: [1, 2, 2, 3, 3, 1, 1], ends: [false, false, false, false, false, false, false]),
    (holders: [1, 1, 2, 2, 2], ends: [false, false, false, false, true]),
    (holders: [nil, nil, nil], ends: [false, false, true]),
    (holders: [nil, nil, 1, nil, nil, nil], ends: [false, false, false, false, false, true]),
  ])
  func queueIsWaitedForAsLongAsItMoves(row: (holders: [Int32?], ends: [Bool])) {
    var timeout = LockTimeout(.seconds(3), askedEvery: .seconds(1))

    #expect(row.holders.map { timeout.ends(with: $0) } == row.ends)
  }

  private final class Counter: Sendable {
    private let state = Mutex((now: 0, highest: 0))

    var highest: Int { state.withLock { $0.highest } }

    func enterAndLeave() {
      state.withLock { state in
        state.now += 1
        state.highest = max(state.highest, state.now)
      }
      state.withLock { $0.now -= 1 }
    }
  }
}

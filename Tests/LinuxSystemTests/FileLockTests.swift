import KernelTestSupport
import LinuxSystem
import Synchronization
import Testing

struct FileLockTests {
  @Test func lockHasOneHolderAtATime() throws {
    try withTemporaryFolder { path in
      let counter = Counter()
      let workers = (0..<4).map { _ in
        Worker {
          let directory = try Directory.open(path)
          for _ in 0..<50 {
            let lock = try FileLock.acquire("lock", in: directory)
            counter.enterAndLeave()
            _ = consume lock
          }
        }
      }

      for worker in workers { try worker.join() }

      #expect(counter.highest == 1)
    }
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

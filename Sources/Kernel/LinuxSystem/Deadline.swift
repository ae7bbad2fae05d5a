import Glibc

/// A point in time on CLOCK_MONOTONIC.
package struct Deadline: Sendable {
  private let nanoseconds: Int64

  /// The time `duration` from now.
  package init(after duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let wait = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let length = wait.overflow ? Int64.max / 2 : wait.partialValue
    nanoseconds = Self.now &+ max(0, min(length, .max / 2)) &+ attoseconds / 1_000_000_000
  }

  /// The time left in milliseconds, rounded up and never negative, as poll(2) takes it.
  package var milliseconds: Int32 {
    let left = max(0, nanoseconds - Self.now)
    return Int32(clamping: left / 1_000_000 + (left % 1_000_000 == 0 ? 0 : 1))
  }

  /// Waits, unless a signal comes.
  package static func sleep(for duration: Duration) {
    _ = poll(nil, 0, Deadline(after: duration).milliseconds)
  }

  private static var now: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

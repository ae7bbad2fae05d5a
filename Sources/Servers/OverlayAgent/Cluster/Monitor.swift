import Glibc

/// A value that one thread at a time may use, and whose changes others can wait for.
@safe
final class Monitor<Value>: @unchecked Sendable {
  private var value: Value
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  init(_ value: Value) {
    self.value = value
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    unsafe pthread_cond_init(condition, &attributes)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Uses the value.
  func read<Result>(_ body: (Value) -> Result) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return body(value)
  }

  /// Changes the value, and wakes whoever waits for that.
  func change<Result>(_ body: (inout Value) -> Result) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer {
      unsafe pthread_cond_broadcast(condition)
      unsafe pthread_mutex_unlock(mutex)
    }
    return body(&value)
  }

  /// Waits until `body` returns something, which may change the value; nil at the deadline.
  func wait<Result>(until deadline: Moment, for body: (inout Value) -> Result?) -> Result? {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&value) { return result }
      var time = deadline.timespec
      if unsafe pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT {
        return body(&value)
      }
    }
  }
}

/// A point in time on a clock that never jumps.
struct Moment: Comparable, Sendable {
  /// Nanoseconds since some beginning.
  let nanoseconds: Int64

  /// Now, on CLOCK_MONOTONIC.
  static var now: Moment { Moment(CLOCK_MONOTONIC) }

  /// Now, on a clock that goes on while the host sleeps (CLOCK_BOOTTIME).
  static var sinceBoot: Moment { Moment(CLOCK_BOOTTIME) }

  private init(_ clock: clockid_t) {
    var time = Glibc.timespec()
    unsafe clock_gettime(clock, &time)
    nanoseconds = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  private init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  static func < (left: Moment, right: Moment) -> Bool { left.nanoseconds < right.nanoseconds }

  static func + (moment: Moment, seconds: Double) -> Moment {
    Moment(nanoseconds: moment.nanoseconds + Int64(seconds * 1_000_000_000))
  }

  /// The seconds from another moment to this one.
  static func - (left: Moment, right: Moment) -> Double {
    Double(left.nanoseconds - right.nanoseconds) / 1_000_000_000
  }

  var timespec: timespec {
    Glibc.timespec(
      tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
  }
}

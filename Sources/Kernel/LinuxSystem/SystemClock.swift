import Glibc

/// The clock of the system.
package enum SystemClock {
  /// Nanoseconds since 1970-01-01T00:00:00Z (CLOCK_REALTIME).
  package static var nanosecondsSinceEpoch: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The same at a time given in clock ticks since boot, by the clock as it is set now.
  package static func nanosecondsSinceEpoch(atTicks ticks: UInt64) -> Int64 {
    let tick = 1_000_000_000 / Int64(sysconf(Int32(_SC_CLK_TCK)))
    var time = timespec()
    unsafe clock_gettime(CLOCK_BOOTTIME, &time)
    let sinceBoot = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    // To a tick, so that the time of a process is the same whenever it is asked for.
    let boot = (nanosecondsSinceEpoch - sinceBoot + tick / 2) / tick * tick
    return boot + Int64(ticks) * tick
  }

  /// The UTC offset of the local time zone at a time given in seconds since 1970-01-01T00:00:00Z.
  package static func secondsEastOfUTC(at moment: Int64) -> Int {
    var moment = time_t(moment)
    var local = unsafe tm()
    guard unsafe localtime_r(&moment, &local) != nil else { return 0 }
    return unsafe local.tm_gmtoff
  }
}

import Glibc

/// The clock of the system.
public enum SystemClock {
  /// Nanoseconds since 1970-01-01T00:00:00Z (CLOCK_REALTIME).
  public static var nanosecondsSinceEpoch: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

import CLinux
import Glibc

/// The service manager that started this process, if it wants to know how it is (sd_notify(3)).
package enum ServiceManager {
  /// Tells it something; ignored without one.
  package static func notify(_ text: String) {
    guard let path = variable("NOTIFY_SOCKET"), path.hasPrefix("/") || path.hasPrefix("@") else {
      return
    }
    var name = Array(path.utf8)
    if name.first == UInt8(ascii: "@") { name[0] = 0 } else { name.append(0) }
    let message = Array(text.utf8)
    _ = unsafe name.withUnsafeBytes { name in
      unsafe message.withUnsafeBytes { message in
        unsafe clinux_send_local_datagram(
          name.baseAddress, name.count, message.baseAddress, message.count)
      }
    }
  }

  /// After how much silence it ends this process; nil if it never does.
  package static var watchdogLimit: Duration? {
    if let process = variable("WATCHDOG_PID"), process != "\(getpid())" { return nil }
    return variable("WATCHDOG_USEC").flatMap { Int64($0) }.map { .microseconds($0) }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}

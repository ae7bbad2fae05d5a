import LinuxSystem

/// A process in each network namespace that processes are in, at one moment.
package struct NamespaceProcesses {
  private var processes: [FileIdentity: Int] = [:]

  /// Looks at all processes.
  package init() {
    guard let names = try? Directory.open("/proc").names() else { return }
    for number in names.compactMap({ Int($0) }).sorted(by: >) {
      guard let found = try? FileIdentity.at("/proc/\(number)/ns/net") else { continue }
      processes[found] = number
    }
  }

  /// The path that leads to the namespace with a device and an inode through the oldest process in
  /// it; nil if there is none.
  package func path(device: UInt64, inode: UInt64) -> String? {
    processes[FileIdentity(device: device, inode: inode)].map { "/proc/\($0)/ns/net" }
  }
}

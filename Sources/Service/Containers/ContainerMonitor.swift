import LinuxSystem

/// Processes that a runtime keeps beside its containers.
package enum ContainerMonitor {
  /// Whether a process is Podman's monitor of the container with an ID.
  package static func isConmon(_ process: Int32, of id: String) -> Bool {
    guard let line = try? PseudoFile.read("/proc/\(process)/cmdline") else { return false }
    let words = line.split(separator: "\0")
    return words.first?.split(separator: "/").last == "conmon" && words.contains { $0 == id }
  }
}

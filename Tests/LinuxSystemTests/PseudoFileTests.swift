import LinuxSystem
import Testing

struct SystemFileTests {
  /// The kernel gives a number in one read only: a second one is told that the file has ended.
  @Test(arguments: [
    "/proc/sys/kernel/pid_max", "/proc/sys/net/ipv4/ip_default_ttl",
    "/proc/sys/kernel/random/boot_id", "/proc/version",
  ])
  func textIsWhole(_ path: String) throws {
    let text = try PseudoFile.read(path)

    #expect(text.utf8.count > 1)
    #expect(!text.hasSuffix("\n"))
  }

  @Test func absentFileIsAnError() {
    #expect(throws: Errno.noSuchFileOrDirectory) { try PseudoFile.read("/proc/sys/absent") }
  }
}

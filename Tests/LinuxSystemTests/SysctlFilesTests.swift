import Glibc
import KernelTestSupport
import LinuxSystem
import Testing

/// What sysctl.d(5) sets at boot, from files below a folder.
struct SysctlFilesTests {
  private static let keys = ["net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding"]

  static let cases: [(name: String, files: [(String, String)], value: String?)] = [
    ("nothing", [], nil),
    ("other keys", [("/etc/sysctl.d/a.conf", "net.ipv4.ip_forward_use_pmtu=1")], nil),
    ("dots", [("/etc/sysctl.d/a.conf", "net.ipv4.ip_forward=1")], "1"),
    ("slashes and blanks", [("/etc/sysctl.d/a.conf", " net/ipv4/ip_forward = 1 ")], "1"),
    ("errors ignored", [("/run/sysctl.d/a.conf", "-net.ipv4.conf.all.forwarding=1")], "1"),
    ("pattern", [("/usr/lib/sysctl.d/a.conf", "net.ipv4.conf.*.forwarding=1")], "1"),
    ("comments", [("/etc/sysctl.d/a.conf", "#net.ipv4.ip_forward=1\n;net.ipv4.ip_forward=1")], nil),
    ("last line", [("/etc/sysctl.d/a.conf", "net.ipv4.ip_forward=1\nnet.ipv4.ip_forward=0")], "0"),
    (
      "later name",
      [
        ("/etc/sysctl.d/90.conf", "net.ipv4.ip_forward=1"),
        ("/usr/lib/sysctl.d/99.conf", "net.ipv4.ip_forward=0"),
      ], "0"
    ),
    (
      "hidden file",
      [
        ("/etc/sysctl.d/99.conf", "net.ipv4.ip_forward=1"),
        ("/usr/lib/sysctl.d/99.conf", "net.ipv4.ip_forward=0"),
      ], "1"
    ),
    ("no suffix", [("/etc/sysctl.d/99", "net.ipv4.ip_forward=1")], nil),
    (
      "sysctl.conf",
      [
        ("/etc/sysctl.d/99.conf", "net.ipv4.ip_forward=0"),
        ("/etc/sysctl.conf", "net.ipv4.ip_forward=1"),
      ], "1"
    ),
  ]

  @Test(arguments: cases.indices)
  func lastAssignmentCounts(_ number: Int) throws {
    let (name, files, value) = Self.cases[number]
    try withTemporaryFolder { root in
      for (path, contents) in files {
        let folders = path.split(separator: "/").dropLast()
        var folder = root
        for part in folders {
          folder += "/\(part)"
          mkdir(folder, 0o755)
        }
        let file = open(root + path, O_WRONLY | O_CREAT, 0o644)
        let bytes = Array(contents.utf8)
        #expect(write(file, bytes, bytes.count) == bytes.count)
        close(file)
      }

      let setting = SysctlFiles(root: root).setting(of: Self.keys)

      #expect(setting?.value == value, "\(name)")
    }
  }
}

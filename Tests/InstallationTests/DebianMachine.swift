import CommandLineTestSupport
import Testing

/// A copy of this machine with interfaces, processes and a package database of its own: what is
/// written on it is in memory, and is gone with this object.
final class DebianMachine {
  private let host: PrivateHost
  private let package: String
  private static let root = "/mnt/root"

  private static let setUp = """
    set -e
    mount -t tmpfs tmpfs /mnt
    mkdir /mnt/upper /mnt/work \(root)
    mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work \(root)
    mount -t proc proc \(root)/proc
    mount -t sysfs sysfs \(root)/sys
    mount --bind /dev \(root)/dev
    mount -t tmpfs tmpfs \(root)/run
    rm -rf \(root)/var/lib/netctl
    """

  /// Makes the machine; the package is not yet on it.
  init(package: String) throws {
    self.package = package
    host = try PrivateHost.open(containers: [])
    let result = try host.run(script: Self.setUp)
    try #require(result.status == 0, "\(result.output)")
  }

  /// Installs the package.
  func install() throws {
    try succeed("dpkg --install \(package)")
  }

  /// Runs a script on it that has to succeed.
  func succeed(_ script: String) throws {
    let result = try run("set -e\n" + script)
    try #require(result.status == 0, "\(result.output)\(result.errors)")
  }

  /// Makes /tmp/NAME.deb of the files of the package, with another name and version.
  func repack(_ script: String, as name: String, version: String) throws {
    try succeed(
      """
      cd /tmp
      rm -rf tree
      dpkg-deb --raw-extract \(package) tree
      sed -i -E -e 's/^Package:.*/Package: \(name)/' -e 's/^Version:.*/Version: \(version)/' \
        -e '/^(Conflicts|Replaces):/d' tree/DEBIAN/control
      \(script)
      dpkg-deb -Znone --root-owner-group --build tree \(name)_\(version).deb
      """)
  }

  /// Runs a script on it.
  func run(_ script: String) throws -> ProcessResult {
    try host.inside(["env", "LC_ALL=C", "chroot", Self.root, "sh", "-c", script])
  }

  /// All files but those in which the package system keeps accounts.
  func files() throws -> Set<String> {
    let accounts = ["/var/lib/dpkg", "/var/log", "/var/cache", "/tmp"]
    let skipped = accounts.flatMap { ["-path", $0, "-prune", "-o"] }
    let folders = ["/etc", "/usr", "/var", "/lib/systemd"]
    let result = try host.inside(
      ["chroot", Self.root, "find"] + folders + skipped + ["-print"])
    return Set(result.output.split(separator: "\n").map(String.init))
  }
}

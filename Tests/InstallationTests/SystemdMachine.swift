import CommandLineTestSupport
import Glibc
import Testing

/// A copy of this machine on which systemd runs and netctl is installed below /usr, with namespaces
/// and a control group of its own: what is written on it is in memory, and is gone with this
/// object.
final class SystemdMachine {
  /// Why there can be none here; nil when there can.
  static let problem =
    PrivateHost.problem ?? TestEnvironment.problem(needing: "nft", "systemctl", "setpriv")
    ?? (controlGroups == nil ? "no cgroup2 that can be written to" : nil)

  private let folder = try? TemporaryFolder()
  private let manager: ChildProcess
  private let controlGroup: String
  private let identifier: String

  // A file system of control groups that a machine may have a part of.
  private static let controlGroups = ["/sys/fs/cgroup/unified", "/sys/fs/cgroup"].first {
    access($0 + "/cgroup.procs", W_OK) == 0 && access($0 + "/cgroup.controllers", F_OK) == 0
  }

  // systemd needs nothing of the machine's services for what is tested; networkd asks udev for
  // nothing where /sys is read-only.
  private static let boot = """
    set -e
    mount --make-rprivate /
    mount -t tmpfs tmpfs /mnt
    mkdir /mnt/upper /mnt/work /mnt/root
    mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
    cd /mnt/root
    cp -r "$1/usr" .
    rm -rf var/lib/netctl
    mount -t proc proc proc
    mount -t sysfs -o ro sysfs sys
    mount -t cgroup2 cgroup2 sys/fs/cgroup
    mount --bind /dev dev
    for folder in run tmp; do mount -t tmpfs tmpfs $folder; done
    cat >etc/systemd/system/test.target <<END
    [Unit]
    DefaultDependencies=no
    Requires=dbus.socket
    END
    exec env -i container=test PATH="$PATH" chroot . /lib/systemd/systemd --unit=test.target
    """

  private static let start = """
    echo $$ >"$1/cgroup.procs"
    setpriv --pdeathsig KILL unshare --cgroup --mount --net --pid --ipc --uts --fork --kill-child \\
      sh -c "$2" sh "$3" >/dev/null 2>&1 </dev/null &
    until nsenter -t $process -m -n -p -i -u -C -r -w systemctl is-active test.target; do
      kill -0 $! || exit 1
      process=$(cat /proc/$!/task/$!/children)
    done >/dev/null 2>&1
    echo $process
    exec cat
    """

  /// Installs netctl and starts the machine.
  init() throws {
    let installed = try #require(folder).path
    let made = try SourceTree.make(["install", "PREFIX=/usr", "DESTDIR=\(installed)"])
    try #require(made.status == 0, "\(made.errors)")
    controlGroup = try ChildProcess.run([
      "mktemp", "--directory", try #require(Self.controlGroups) + "/netctl-test.XXXXXX",
    ]).output.split(separator: "\n").joined()
    manager = try ChildProcess(
      ["sh", "-c", Self.start, "sh", controlGroup, Self.boot, installed])
    identifier = manager.readLine()
    try #require(!identifier.isEmpty)
  }

  deinit {
    manager.finishInput()
    _ = manager.end()
    _ = try? ChildProcess.run([
      "sh", "-c",
      """
      while grep -q populated.1 "$1/cgroup.events"; do :; done
      find "$1" -depth -type d -exec rmdir {} +
      """, "sh", controlGroup,
    ])
  }

  /// Runs a script on it, its messages among its output; `settle` in it waits for the jobs of
  /// systemd.
  func run(_ script: String) throws -> ProcessResult {
    let settle = """
      exec 2>&1
      settle() { while [ -n "$(systemctl list-jobs --no-legend)" ]; do :; done; }

      """
    return try ChildProcess.run(
      ["nsenter", "-t", identifier, "-m", "-n", "-p", "-i", "-u", "-C", "-r", "-w"]
        + ["sh", "-c", settle + script])
  }
}

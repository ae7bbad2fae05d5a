/// A host of its own for one case: a mount and a network namespace, with nothing in the directories
/// of netctl, of named namespaces and of services, and a firewall that does not look into bridges.
/// It ends with this object, or with the test's process.
package final class PrivateHost {
  /// Why there can be none here; nil when there can.
  package static let problem = TestEnvironment.problem(
    needing: "busybox", "ip", "nsenter", "ping", "unshare")

  private let manager: ChildProcess

  private static let setUp = """
    mount --make-rprivate / || exit 1
    for folder in /var/lib/netctl /etc/netctl /run/netctl /run/netns /etc/netns /etc/cdi /srv; do
      mkdir -p $folder && mount -t tmpfs tmpfs $folder || exit 1
    done
    for setting in /proc/sys/net/bridge/bridge-nf-call-ip*; do
      if [ -e $setting ]; then echo 0 >$setting || exit 1; fi
    done
    ip link set lo up || exit 1
    for container in "$@"; do
      ip netns add "$container" && ip -n "$container" link set lo up || exit 1
    done
    echo ready
    exec cat
    """

  /// Makes the host with bare containers on it.
  package static func open(containers: [String]) throws -> PrivateHost {
    let host = PrivateHost(
      manager: try ChildProcess(
        ["unshare", "--mount", "--net", "sh", "-c", setUp, "sh"] + containers))
    guard host.manager.readLine() == "ready" else { throw HostError.refused }
    return host
  }

  private enum HostError: Error {
    case refused
  }

  private init(manager: ChildProcess) {
    self.manager = manager
  }

  /// Runs a script of the host's shell, its messages among its output.
  package func run(script: String) throws -> ProcessResult {
    try inside(["sh", "-c", "exec 2>&1\n" + script])
  }

  /// Runs a program of the host to its end.
  package func inside(_ command: [String], input: String = "") throws -> ProcessResult {
    try ChildProcess.run(entering + command, input: input)
  }

  /// What starts a program on the host, when it stands before it.
  package var entering: [String] { ["nsenter", "-t", "\(manager.identifier)", "-m", "-n", "--"] }
}

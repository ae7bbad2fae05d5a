import CommandLineTestSupport
import KernelTestSupport
import Testing

/// What netctl does where it has less than all of a host.
@Suite(.enabled(if: problem == nil, "\(problem ?? "")"))
struct PrivilegeTests {
  @Test(arguments: [
    "create n", "rm n", "prune --force", "connect n {c}", "disconnect n {c}", "publish {c} 80",
    "unpublish {c} 80", "reload",
  ])
  func missingCapabilityIsNamedBeforeAnythingIsDone(_ command: String) throws {
    try Host.with { host in
      let before = try host.picture()
      let process = try host.start(["setpriv", "--bounding-set=-net_admin"], command)
      process.finishInput()
      let result = process.end()

      #expect(result.status == 1)
      #expect(
        result.errors.hasPrefix(
          "Error: permission denied: netctl needs root's files, CAP_NET_ADMIN and CAP_SYS_ADMIN; "
            + "run it with sudo\n"))
      #expect(try host.picture().difference(from: before) == [])
    }
  }

  @Test(arguments: ["ls", "create n", "rm n", "connect n {c}", "verify"])
  func withoutProcNothingIsDone(_ command: String) throws {
    try Host.with { host in
      let before = try host.picture()
      let process = try host.start(
        ["unshare", "-m", "sh", "-c", "mount -t tmpfs tmpfs /proc && exec \"$@\"", "sh"], command)
      process.finishInput()
      let result = process.end()

      #expect(result.status == 1)
      #expect(result.output == "")
      #expect(result.errors.contains("(is /proc mounted?)"), "\(result.errors)")
      #expect(try host.picture().difference(from: before) == [])
    }
  }

  @Test func everythingWorksInAUserNamespace() throws {
    try withTemporaryFolder { folder in
      let result = try ChildProcess.run(
        ["unshare", "-Urnm", "sh", "-ec", Self.script],
        variables: ["NETCTL=\(TestEnvironment.binary)", "NETCTL_STATE_DIR=\(folder)/state"])

      #expect(result.status == 0, "\(result.output)\(result.errors)")
      #expect(result.output.hasSuffix("80/tcp -> 127.0.0.1:8080\nn\n"), "\(result.output)")
    }
  }

  private static let script = """
    ip link set lo up
    unshare -n sleep 1000 & container=$!
    while [ /proc/$container/ns/net -ef /proc/self/ns/net ]; do :; done
    $NETCTL network create --ipv6 n
    $NETCTL network connect -p 127.0.0.1:8080:80 n pid:$container
    nsenter -t $container -n ping -q -c 1 -W 5 172.18.0.1
    $NETCTL network verify
    $NETCTL network port pid:$container
    $NETCTL network disconnect n pid:$container
    kill $container
    $NETCTL network rm n
    """
}

private let problem =
  Interposer.problem ?? TestEnvironment.problem(needing: "setpriv", "unshare", "nsenter", "ping")

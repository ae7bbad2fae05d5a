import CommandLineTestSupport
import KernelTestSupport
import Testing

/// What netctl does where it has less than all of a host.
@Suite(.enabled(if: problem == nil, "\(problem ?? "")"))
struct PrivilegeTests {
  @Test(arguments: [
    "create n", "rm n", "prune --force", "connect n {c}", "disconnect n {c}", "publish {c} 80",
    "unpublish {c} 80", "reload", "trace {c} 10.0.0.1",
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
          "Error: permission denied: netctl needs access to root's files, CAP_NET_ADMIN and "
            + "CAP_SYS_ADMIN; run it with sudo\n"))
      #expect(try host.picture().difference(from: before) == [])
    }
  }

  @Test(arguments: [
    "port nosuch", "port web", "prune", "publish nosuch 80", "connect bridge nosuch",
  ])
  func whoIsNotRootLearnsNothingElse(_ command: String) throws {
    let host = try PrivateHost.open(containers: ["web"])
    let script = """
      export NETCTL_STATE_DIR=/srv/state
      netctl network create n >/dev/null || exit 9
      setpriv --reuid 65534 --clear-groups netctl network \(command)
      """

    let result = try host.run(script: script)

    #expect(result.status == 1)
    #expect(
      result.output.hasPrefix("Error: permission denied: netctl needs access to root's files"),
      "\(result.output)")
  }

  @Test("capabilities that netctl(8) names are needed and suffice", arguments: capabilities)
  func namedCapabilitiesAreNeededAndSuffice(_ command: String, _ needed: [String]) throws {
    let host = try PrivateHost.open(containers: ["web", "db"])
    let result = try host.run(
      script: """
        set -e
        netctl network create --ipv6 n >/dev/null
        netctl network create empty >/dev/null
        netctl network connect --publish 9000 n db >/dev/null
        mkdir -m 700 /srv/closed
        chown nobody /srv/closed
        touch /srv/closed/netns
        mount --bind /run/netns/web /srv/closed/netns
        unshare --net sleep 1000 & process=$!
        until ! [ /proc/$process/ns/net -ef /proc/self/ns/net ]; do :; done
        try() {
          setpriv --bounding-set "-dac_override,$1" netctl network \(command) >/dev/null 2>/srv/errors </dev/null
        }
        for missing in \(needed.joined(separator: " ")); do
          ! try "-$missing" || echo not needed: $missing
        done
        try "-all\(needed.map { ",+" + $0 }.joined())" || cat /srv/errors
        kill $process
        """)

    #expect(result.output == "")
    #expect(result.status == 0)
  }

  private static let capabilities: [(String, [String])] = [
    ("ls", []),
    ("ls --format '{{.Containers}}'", []),
    ("inspect n", []),
    ("port", []),
    ("graph", []),
    ("inspect --verbose n", ["net_admin"]),
    ("verify", ["net_admin"]),
    ("create m", ["net_admin"]),
    ("rm empty", ["net_admin"]),
    ("prune --force", ["net_admin"]),
    ("connect n web", ["sys_admin", "net_admin"]),
    ("disconnect n db", ["sys_admin", "net_admin"]),
    ("publish db 8080:80", ["sys_admin", "net_admin"]),
    ("unpublish db 9000", ["sys_admin", "net_admin"]),
    ("reload", ["net_admin"]),
    ("connect n pid:$process", ["sys_admin", "net_admin", "sys_ptrace"]),
    ("connect n /srv/closed/netns", ["sys_admin", "net_admin", "dac_read_search"]),
    ("publish db 80:80", ["sys_admin", "net_admin", "net_bind_service"]),
  ]

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

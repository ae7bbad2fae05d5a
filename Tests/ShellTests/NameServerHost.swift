import CommandLineTestSupport

/// A host with the name server, and an outside with name servers of its own.
struct NameServerHost {
  /// Why there can be none here; nil when there can.
  static let problem =
    PrivateHost.problem ?? TestEnvironment.problem(needing: "dig", "dnsmasq", "python3")

  private let host: PrivateHost

  // netctl as it is installed: the executables of the build under the paths where they would be.
  // Where others are asked, they are at 192.0.2.53 on the host, and from a container behind it.
  private static let setUp = """
    mkdir -p /srv/bin /srv/libexec/netctl
    touch /srv/bin/netctl /srv/libexec/netctl/netctl-server
    mount --bind $1/netctl /srv/bin/netctl || exit 1
    mount --bind $1/netctl-server /srv/libexec/netctl/netctl-server || exit 1
    touch /srv/resolv && mount --bind /srv/resolv /etc/resolv.conf || exit 1
    PATH=/srv/bin:$PATH
    ip link add outside type bridge && ip address add 192.0.2.53/24 dev outside || exit 1
    ip link set outside up
    serve() {
      rm -f /run/netctl/dns.sock
      netctl dns "$@" >/srv/log 2>&1 &
      server=$!
      trap 'kill $server $others 2>/dev/null' EXIT
      until [ -S /run/netctl/dns.sock ]; do kill -0 $server || exit 1; done
    }
    ask() {
      container=$1
      shift
      ip netns exec $container dig @127.0.0.11 +tries=1 +time=6 "$@"
    }

    """

  init(containers: [String] = ["web", "db"]) throws {
    host = try PrivateHost.open(containers: containers)
  }

  /// What a script says on a host where web and db, with the first addresses, are on network blue.
  func output(_ script: String) throws -> String {
    let connect = """
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null || exit 1
      serve
      netctl network connect blue web && netctl network connect --alias sql blue db || exit 1

      """
    return try bareOutput(connect + script)
  }

  /// What a script says on a host without networks.
  func bareOutput(_ script: String) throws -> String {
    let program = ["sh", "-c", "exec 2>&1\n" + Self.setUp + script, "sh"]
    return try host.inside(program + [TestEnvironment.buildFolder]).output
  }
}

import CommandLineTestSupport
import Testing

/// What netctl says about a firewall that drops its traffic, when it is done.
@Suite(.enabled(if: problem == nil, "\(problem ?? "")"))
struct AdviceTests {
  @Test(
    "advice lets a network through, and opens no other network of the host",
    arguments: ["forward", "DOCKER-USER"])
  func adviceOpensOneNetwork(_ chain: String) throws {
    let host = try PrivateHost.open(containers: ["web", "lan", "inside"])
    let prepared = try host.run(script: Self.host(with: chain))
    try #require(prepared.status == 0, "\(prepared.output)")

    let result = try host.run(
      script: """
        # The tests need no iptables for a rule of this form.
        iptables() { nft insert rule ip filter "$2" iifname "$4" oifname "$6" accept; }
        netctl network create --subnet 10.9.0.0/24 blue >/dev/null 2>/srv/advice
        eval "$(sed -n 's/.*to let it pass: //p' /srv/advice)" || exit 1
        netctl network connect --publish 8080:80 blue web
        ip netns exec web busybox httpd
        probe() { if "$@" >/dev/null 2>&1; then echo passes; else echo dropped; fi; }
        probe ip netns exec web ping -c 1 -W 1 192.0.2.2
        probe ip netns exec web ping -c 1 -W 1 10.1.0.2
        probe ip netns exec lan busybox nc -w 1 192.0.2.1 8080 </dev/null
        probe ip netns exec inside busybox nc -w 1 192.0.2.1 8080 </dev/null
        ip netns pids web | xargs kill
        """)

    #expect(result.output == "passes\ndropped\npasses\ndropped\n")
  }

  // A host between a LAN and an internal network of somebody else, with a firewall that drops what
  // it does not know.
  private static func host(with chain: String) -> String {
    """
    set -e
    ip link add eth0 type veth peer name eth0 netns lan
    ip link add br-in type bridge
    ip link add port master br-in type veth peer name eth0 netns inside
    ip address add 192.0.2.1/24 dev eth0
    ip address add 10.1.0.1/24 dev br-in
    ip -n lan address add 192.0.2.2/24 dev eth0
    ip -n inside address add 10.1.0.2/24 dev eth0
    for link in eth0 br-in port; do ip link set $link up; done
    for container in lan inside; do ip -n $container link set eth0 up; done
    ip route add default via 192.0.2.2
    ip -n inside route add default via 10.1.0.1
    sysctl -qw net.ipv4.ip_forward=1
    nft -f - <<END
    table ip filter {
      chain \(chain == "forward" ? "other" : chain) { }
      chain internal {
        ip saddr != 10.1.0.0/24 oifname br-in drop
        ip daddr != 10.1.0.0/24 iifname br-in drop
      }
      chain forward {
        type filter hook forward priority 0; policy drop;
        ct state established,related accept
        jump \(chain == "forward" ? "other" : chain)
        jump internal
      }
    }
    END
    """
  }
}

private let problem = TestEnvironment.problem(needing: "ip", "nft", "busybox", "ping")

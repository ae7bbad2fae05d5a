import CommandLineTestSupport
import Testing

/// Keys of `daemon.json` about the firewall and forwarding, by the packets that pass.
@Suite(.enabled(if: ConfiguredHost.problem == nil, "\(ConfiguredHost.problem ?? "")"))
struct FirewallConfigurationTests {
  /// What a client outside gets of the ports of a container: published on the host, the same at the
  /// container's address, an unpublished one, and an answer to a ping.
  private static let probes = """
    ip netns add client && ip link add up0 type veth peer c0 netns client
    ip addr add 192.0.2.1/24 dev up0 && ip link set up0 up
    ip -n client addr add 192.0.2.2/24 dev c0 && ip -n client link set c0 up
    ip -n client route add default via 192.0.2.1
    for port in 80 81; do
      ip netns exec web busybox nc -ll -p $port -e echo served >/dev/null 2>&1 &
      until [ "$(ip netns exec web busybox nc -w 1 127.0.0.1 $port 2>&- </dev/null)" ]; do :; done
    done
    ask() { ip netns exec client timeout 2 busybox nc -w 1 $1 $2 </dev/null 2>/dev/null \\
      | grep -q served && printf 'yes ' || printf 'no '; }
    probe() {
      ask 192.0.2.1 8080; ask 10.9.0.2 80; ask 10.9.0.2 81
      ip netns exec client ping -q -c 1 -W 1 10.9.0.2 >/dev/null && echo yes || echo no
    }
    """

  private func probed(_ script: String) throws -> String {
    if let problem = TestEnvironment.problem(needing: "nft", "timeout") {
      try Test.cancel("\(problem)")
    }
    return try ConfiguredHost.output(
      containers: ["web"],
      """
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null
      netctl network connect -p 8080:80 blue web >/dev/null
      \(Self.probes)
      reload() { netctl network verify | grep -v ^note | wc -l; netctl network reload
        netctl network verify | grep -v ^note; }
      probe
      \(script)
      kill $(ip netns pids web)
      """)
  }

  @Test func publishedPortsAreReachableDirectly() throws {
    let output = try probed(
      """
      conf '{"allow-direct-routing": true}'
      reload; probe
      conf '{}'
      reload; probe
      """)

    #expect(output == "yes no no no\n1\nyes yes no no\n1\nyes no no no\n")
  }

  @Test func markedPacketsAreAccepted() throws {
    let output = try probed(
      """
      conf '{"bridge-accept-fwmark": "0x10/0xf0"}'
      reload; probe
      nft add table inet m
      nft 'add chain inet m c { type filter hook prerouting priority -150; }'
      nft add rule inet m c tcp dport 81 meta mark set 0x1f
      probe
      """)

    #expect(output == "yes no no no\n1\nyes no no no\nyes no yes no\n")
  }

  @Test func thereIsNoFirewall() throws {
    let output = try probed(
      """
      conf '{"iptables": false, "ip6tables": false}'
      netctl network reload; netctl network verify | grep -v ^note; probe
      nft list tables | wc -l; cat /proc/sys/net/ipv4/ip_forward
      netctl network publish web 81 2>&1 | cut -d : -f 1
      conf '{}'
      reload; probe
      """)

    #expect(output == "yes no no no\nno yes yes yes\n0\n1\nError\n1\nyes no no no\n")
  }

  @Test func forwardingIsLeftToTheAdministrator() throws {
    let output = try ConfiguredHost.output(
      """
      conf '{"ip-forward": false}'
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null
      cat /proc/sys/net/ipv4/ip_forward
      netctl network verify | grep -v ^note
      conf '{"ip-forward-no-drop": true}'
      netctl network reload
      cat /proc/sys/net/ipv4/ip_forward
      nft list set inet netctl closed | grep -c elements
      conf '{}'
      netctl network reload
      nft list set inet netctl closed | grep -c elements
      netctl network rm blue
      cat /proc/sys/net/ipv4/ip_forward
      """)

    #expect(output == "0\n1\n0\n1\nblue\n0\n")
  }
}

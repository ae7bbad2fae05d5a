import CommandLineTestSupport
import Testing

/// `/proc/sys` is read-only, as in unprivileged containers.
@Suite(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
struct ReadOnlySysctlTests {
  private static let readOnly =
    "mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys || exit 9\n"

  @Test func valuesThatAreAlreadyRightAreNotWritten() throws {
    let host = try PrivateHost.open(containers: ["web"])
    let script = """
      conf=/proc/sys/net/ipv4/conf/default/accept_redirects
      echo 1 >/proc/sys/net/ipv4/ip_forward && echo 0 >$conf || exit 1
      for namespace in /proc/self/ns/net /run/netns/web; do
        nsenter --net=$namespace sh -c 'echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6'
      done
      \(Self.readOnly)netctl network create --subnet 10.9.0.0/24 blue >/dev/null || exit 2
      netctl network connect blue web || exit 3
      netctl network publish web 10.9.0.1:8080:80 || exit 4
      netctl network verify || exit 5
      ip netns exec web ping -q -c 1 -W 5 10.9.0.1 >/dev/null || exit 6
      netctl network disconnect blue web && netctl network rm blue || exit 7
      """

    let result = try host.run(script: script)

    #expect(result.status == 0)
    #expect(result.output == "blue\n")
  }

  @Test(arguments: ["", "--internal", "--internal --ipv6 --subnet fd01::/64"])
  func networkThatIsLessProtectedIsWarnedOf(_ flags: String) throws {
    let host = try PrivateHost.open(containers: ["web"])
    let script = """
      echo 1 >/proc/sys/net/ipv4/ip_forward; \(Self.readOnly)
      netctl network create \(flags) --subnet 10.9.0.0/24 blue || exit 1
      netctl network connect blue web || exit 2
      ip netns exec web ping -q -c 1 -W 5 10.9.0.1 >/dev/null || exit 3
      netctl network disconnect blue web || exit 4
      netctl network rm blue || exit 5
      """

    let result = try host.run(script: script)

    let values =
      (flags.contains("--internal")
        ? ["ipv4/conf/br-,rp_filter,1", "ipv4/conf/br-,arp_ignore,1"] : [])
      + (flags.contains("--ipv6")
        ? ["ipv6/conf/br-,accept_ra,0", "ipv6/conf/eth0,accept_ra,0"]
        : ["ipv6/conf/br-,disable_ipv6,1", "ipv6/conf/eth0,disable_ipv6,1"])
    #expect(result.status == 0, "\(result.output)")
    for value in values {
      let parts = value.split(separator: ",")
      let line = result.output.split(separator: "\n").first { line in
        line.hasPrefix("Warning: /proc/sys is read-only, and net/\(parts[0])")
          && line.hasSuffix(
            "/\(parts[1]) is not \(parts[2]); the network works, but it is less protected")
      }
      #expect(line != nil, "\(value): \(result.output)")
    }
  }

  @Test func portIsPublishedWithoutAccessThroughLoopback() throws {
    let host = try PrivateHost.open(containers: ["web"])
    let script = """
      conf=/proc/sys/net/ipv4/conf/default/accept_redirects
      echo 1 >/proc/sys/net/ipv4/ip_forward && echo 0 >$conf || exit 1
      for namespace in /proc/self/ns/net /run/netns/web; do
        nsenter --net=$namespace sh -c 'echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6'
      done
      \(Self.readOnly)netctl network create --subnet 10.9.0.0/24 blue >/dev/null || exit 2
      netctl network connect -p 127.0.0.1:8081:80 blue web 2>&1 | sed 's/br-[0-9a-f]*/BRIDGE/'
      netctl network connect -p 0.0.0.0:8080:80 blue web 2>&1 | sed 's/br-[0-9a-f]*/BRIDGE/'
      nft list map inet netctl dnat4any | grep -c 'tcp . 8080 : 10.9.0.2 . 80'
      netctl network port web
      """

    let result = try host.run(script: script)

    #expect(
      result.output == """
        Error: set net/ipv4/conf/BRIDGE/route_localnet to 1: Read-only file system
        Warning: /proc/sys is read-only, and net/ipv4/conf/BRIDGE/route_localnet is not 1; the \
        network works, but host processes do not reach published ports through 127.0.0.1
        1
        80/tcp -> 0.0.0.0:8080

        """)
  }

  @Test(arguments: [
    ("net/ipv4/ip_forward to 1", "create blue"),
    ("net/ipv6/conf/eth0/disable_ipv6 to 0", "connect six web"),
    ("net/ipv4/conf/eth0/log_martians to 1", "connect --driver-opt \(martians) red web"),
  ])
  func neededValueThatCannotBeWrittenIsNamed(_ value: String, _ command: String) throws {
    let host = try PrivateHost.open(containers: ["web"])
    let script = """
      netctl network create --internal --subnet 10.9.0.0/24 red >/dev/null || exit 1
      netctl network create --internal --ipv4=false --ipv6 --subnet fd01::/64 six >/dev/null || exit 2
      nsenter --net=/run/netns/web sh -c 'echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6'
      before=$(ip -o link | wc -l; ls -R /var/lib/netctl)
      \(Self.readOnly)netctl network \(command) 2>&1 | grep Error
      [ "$before" = "$(ip -o link | wc -l; ls -R /var/lib/netctl)" ] || echo changed
      """

    let result = try host.run(script: script)

    #expect(
      result.output == "Error: set \(value): Read-only file system\n", "\(result.output)")
  }

  private static let martians =
    "com.docker.network.endpoint.sysctls=net.ipv4.conf.IFNAME.log_martians=1"
}

import CommandLineTestSupport
import Testing

/// What a plugin's answer to Join does in the container.
@Suite(.enabled(if: PluginHost.problem == nil, "\(PluginHost.problem ?? "")"))
struct SandboxTests {
  private static let network = "create -d stub --ipv6 --subnet 10.50.0.0/24 --subnet fd00:50::/64 n"

  private static func join(_ answer: String) -> String {
    #"{"NetworkDriver.Join":{"set":\#(answer)}}"#
  }

  @Test(
    "routes are those of the answer",
    arguments: [
      (#"{}"#, "default via 10.50.0.1 dev eth0", "default via fd00:50::1 dev eth0"),
      (#"{"Gateway":null,"GatewayIPv6":null}"#, "", ""),
      (#"{"DisableGatewayService":true}"#, "default via 10.50.0.1 dev eth0", "default via fd00:50"),
      (#"{"Gateway":null}"#, "", "default via fd00:50::1 dev eth0"),
      (
        #"{"Gateway":null,"GatewayIPv6":null,"StaticRoutes":[{"Destination":"0.0.0.0/0","RouteType":1}]}"#,
        "default dev eth0 scope link", ""
      ),
      (
        #"{"GatewayIPv6":null,"StaticRoutes":[{"Destination":"::/0","RouteType":1}]}"#,
        "default via 10.50.0.1", "default dev eth0"
      ),
      (
        #"{"StaticRoutes":[{"Destination":"192.0.2.0/24","RouteType":0,"NextHop":"10.50.0.77"}]}"#,
        "192.0.2.0/24 via 10.50.0.77 dev eth0", "default"
      ),
      (
        #"{"StaticRoutes":[{"Destination":"192.0.2.0/24","RouteType":1,"NextHop":"10.50.0.9"}]}"#,
        "192.0.2.0/24 dev eth0 scope link", "default"
      ),
      (
        #"{"StaticRoutes":[{"Destination":"2001:db8::/32","NextHop":"fd00:50::77"}]}"#,
        "default", "2001:db8::/32 via fd00:50::77 dev eth0"
      ),
      (
        #"{"Gateway":"169.254.1.1","StaticRoutes":[{"Destination":"169.254.1.1/32","RouteType":1}]}"#,
        "default via 169.254.1.1 dev eth0", "default"
      ),
    ])
  func routesAreMade(_ answer: String, _ ipv4: String, _ ipv6: String) throws {
    let host = try PluginHost()
    try host.netctl(Self.network)
    try host.setFaults(Self.join(answer))

    let result = try host.netctl("connect n c")

    let routes = try host.run("ip -n c -4 route")
    let routes6 = try host.run("ip -n c -6 route")
    #expect(result.status == 0 && result.errors == "", "\(result)")
    for (found, wanted) in [(routes, ipv4), (routes6, ipv6)] {
      #expect(wanted == "" ? !found.contains("default") : found.contains(wanted), "\(found)")
    }
    try host.netctl("disconnect n c")
    try host.netctl("rm n")
    #expect(try host.remains() == "")
  }

  @Test(
    "the interface is named by the prefix and the lowest free number",
    arguments: [("cali", "cali0"), ("", "0"), ("net1", "net10")])
  func interfacesAreNamed(_ prefix: String, _ name: String) throws {
    let host = try PluginHost()
    try host.netctl(Self.network)
    try host.setFaults(
      #"{"NetworkDriver.Join":{"name":{"DstPrefix":"\#(prefix)","DstName":"my7"}}}"#)

    try host.netctl("connect n c")

    #expect(try host.run("ip -n c -brief link show \(name)").contains("UP"))
  }

  @Test(
    "what cannot be done is refused in Docker's words, and undone",
    arguments: [
      (
        #"{"set":{"Gateway":null,"StaticRoutes":[{"Destination":"0.0.0.0/0","NextHop":"10.50.0.1"}]}}"#,
        "no default route"
      ),
      (
        #"{"set":{"StaticRoutes":[{"Destination":"192.0.2.0/24","NextHop":"10.99.0.77"}]}}"#,
        "failed to add static route 192.0.2.0/24: route for the next hop 10.99.0.77 could not be "
          + "found: network is unreachable"
      ),
      (
        #"{"set":{"StaticRoutes":[{"Destination":"192.0.2.0/24","NextHop":""}]}}"#,
        "failed to add static route 192.0.2.0/24: route for the next hop <nil> could not be "
          + "found: numerical result out of range"
      ),
      (
        #"{"set":{"StaticRoutes":[{"Destination":"junk","NextHop":"10.50.0.1"}]}}"#,
        "invalid CIDR address: junk; rolled back"
      ),
      (
        #"{"set":{"Gateway":"169.254.1.1"}}"#,
        "updating gateway endpoint: failed to set gateway: route for the gateway 169.254.1.1 "
          + "could not be found: network is unreachable"
      ),
      (#"{"set":{"Gateway":"junk"}}"#, #"unable to parse Gateway "junk"; rolled back"#),
      (#"{"name":{"DstPrefix":"averylongprefixindeed"}}"#, #"to "averylongprefixindeed0""#),
      (
        #"{"name":{"SrcName":"nolink0"}}"#,
        "failed to add interface nolink0 to sandbox: failed to get link by name \"nolink0\": "
          + "Link not found"
      ),
    ])
  func impossibleAnswersAreUndone(_ fault: String, _ text: String) throws {
    let host = try PluginHost()
    try host.netctl(Self.network)
    try host.setFaults(#"{"NetworkDriver.Join":\#(fault)}"#)
    _ = try host.takeCalls()

    let result = try host.netctl("connect n c")

    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("Error: ") && result.errors.contains(text), "\(result)")
    #expect(
      try host.takeCalls().map(\.verb) == ["CreateEndpoint", "Join", "Leave", "DeleteEndpoint"])
    try host.netctl("rm n")
    #expect(try host.remains() == "")
  }

  @Test("without a link, nothing is moved")
  func nothingIsMovedWithoutALink() throws {
    let host = try PluginHost()
    try host.netctl(Self.network)
    try host.setFaults(Self.join(#"{"InterfaceName":null,"Gateway":null,"GatewayIPv6":null}"#))

    let connected = try host.netctl("connect n c")
    let links = try host.run("ip -n c -brief link")
    let shown = try host.netctl("inspect -f '{{len .Containers}}' n").output
    let disconnected = try host.netctl("disconnect n c")

    #expect(connected.status == 0, "\(connected)")
    #expect(!links.contains("eth0"), "\(links)")
    #expect(shown == "1\n")
    #expect(disconnected.status == 0, "\(disconnected)")
  }

  @Test("the link goes back to the host under its first name, without addresses")
  func linkGoesBack() throws {
    let host = try PluginHost()
    try host.netctl(Self.network)
    try host.netctl("connect n c")
    try host.setFaults(#"{"NetworkDriver.DeleteEndpoint":{"err":"no"}}"#)

    try host.netctl("disconnect n c")

    let links = try host.run("ip -brief link show | grep ^vc")
    let details = try host.run(
      "ip -details address show $(ip -o link | grep -o 'vc[0-9a-f]*' | head -1)")
    #expect(links.hasPrefix("vc") && links.contains("DOWN"), "\(links)")
    #expect(!details.contains("inet") && !details.contains("alias"), "\(details)")
    #expect(try host.run("ip -n c -brief link").split(separator: "\n").count == 1)
  }

  @Test("an interface that was renamed is found, and one that is gone is reported")
  func changedInterfacesAreDealtWith() throws {
    let host = try PluginHost()
    try host.netctl(Self.network)
    try host.netctl("connect n c")
    try host.run("ip -n c link set eth0 down; ip -n c link set eth0 name other")

    let found = try host.netctl("verify n")
    let reloaded = try host.netctl("reload n")
    let mended = try host.run("ip -n c -brief address show eth0")
    try host.run("ip -n c link delete eth0")
    let lost = try host.netctl("verify n")

    #expect(found.status == 1)
    #expect(reloaded.status == 0, "\(reloaded)")
    #expect(mended.contains("UP") && mended.contains("10.50.0.2/24"), "\(mended)")
    #expect(lost.output.contains("link eth0 is gone"), "\(lost)")
    #expect(try host.netctl("disconnect n c").status == 0)
  }

  @Test("packets reach another container of the plugin's network")
  func packetsArrive() throws {
    let host = try PluginHost()
    try host.netctl(Self.network)
    try host.netctl("connect --ip 10.50.0.10 n c")
    try host.netctl("connect --ip 10.50.0.11 n d")

    let answer = try host.run("ip netns exec c busybox ping -c 1 -W 5 10.50.0.11")

    #expect(answer.contains("1 packets received"), "\(answer)")
  }
}

import CommandLineTestSupport
import Testing

/// What happens when a plugin refuses, answers nonsense, or is away.
@Suite(.enabled(if: PluginHost.problem == nil, "\(PluginHost.problem ?? "")"))
struct FailureTests {
  @Test(
    "errors are reported in Docker's words",
    arguments: [
      (#"{"err":"no room"}"#, "remote: no room"),
      (#"{"status":500,"err":"no room"}"#, "NetworkDriver.CreateNetwork: no room"),
      (#"{"status":500,"raw":"plain text\n"}"#, "NetworkDriver.CreateNetwork: plain text"),
      (#"{"status":404,"raw":"404 page\n"}"#, "NetworkDriver.CreateNetwork: 404 page"),
      (#"{"status":204,"raw":""}"#, "NetworkDriver.CreateNetwork: "),
      (#"{"raw":"<html>"}"#, "invalid character '<' looking for beginning of value"),
      (#"{"raw":""}"#, "EOF"),
      (
        #"{"raw":"[]"}"#,
        "json: cannot unmarshal array into Go value of type api.CreateNetworkResponse"
      ),
      (#"{"raw":"{\"err\":\"lower case\"}"}"#, "remote: lower case"),
      (#"{"drop":true}"#, #"Post "http://plugin.moby.localhost/NetworkDriver.CreateNetwork": EOF"#),
    ])
  func errorsOfNetworksAreReported(_ fault: String, _ text: String) throws {
    let host = try PluginHost()
    try host.setFaults(#"{"NetworkDriver.CreateNetwork":\#(fault)}"#)

    let result = try host.netctl("create -d stub --ipam-driver stub n")

    #expect(result.status == 1)
    #expect(result.errors == "Error: \(text)\n")
    #expect(
      try host.takeCalls().map(\.verb).suffix(4) == [
        "CreateNetwork", "DeleteNetwork", "ReleaseAddress", "ReleasePool",
      ])
    #expect(try host.remains() == "")
  }

  @Test(
    "answers that say nothing are fine", arguments: [#"{"raw":"null"}"#, #"{"raw":"{} more"}"#])
  func emptyAnswersAreFine(_ fault: String) throws {
    let host = try PluginHost()
    try host.setFaults(#"{"NetworkDriver.CreateNetwork":\#(fault)}"#)

    #expect(try host.netctl("create -d stub n").status == 0)
  }

  @Test("a plugin that made the network and says it failed has it deleted")
  func madeNetworksAreDeleted() throws {
    let host = try PluginHost()
    try host.setFaults(#"{"NetworkDriver.CreateNetwork":{"err":"late","after":true}}"#)

    try host.netctl("create -d stub n")

    #expect(try host.remains() == "")
  }

  @Test(
    "errors of address drivers are reported, and nothing stays leased",
    arguments: [
      (
        "GetDefaultAddressSpaces", #"{"err":"no spaces"}"#,
        "failed to get default address space: remote: no spaces"
      ),
      ("RequestPool", #"{"err":"no pool"}"#, "remote: no pool"),
      ("RequestPool", #"{"raw":"{\"Err\":\"x\"}"}"#, #"netip.ParsePrefix(""): no '/'"#),
      ("RequestPool", #"{"status":500,"raw":"{\"Err\":\"x\"}"}"#, "IpamDriver.RequestPool: x"),
      (
        "RequestPool", #"{"status":500,"raw":"{\"Error\":\"x\"}"}"#,
        #"IpamDriver.RequestPool: {"Error":"x"}"#
      ),
      (
        "RequestAddress", #"{"err":"no address"}"#,
        "failed to allocate gateway (10.9.0.9): remote: no address"
      ),
      (
        "RequestAddress", #"{"raw":"{}"}"#,
        "failed to allocate gateway (10.9.0.9): no address returned"
      ),
    ])
  func errorsOfAddressesAreReported(_ method: String, _ fault: String, _ text: String) throws {
    let host = try PluginHost()
    try host.setFaults(#"{"IpamDriver.\#(method)":\#(fault)}"#)

    let result = try host.netctl(
      "create -d stub --ipam-driver stub --subnet 10.9.0.0/24 --gateway 10.9.0.9 n")

    #expect(result.errors == "Error: \(text)\n")
    #expect(try host.remains() == "")
  }

  @Test("an auxiliary address that is not available fails the network")
  func auxiliaryAddressesFail() throws {
    let host = try PluginHost()

    let result = try host.netctl(
      "create -d stub --ipam-driver stub --subnet 10.9.0.0/24 --gateway 10.9.0.9 "
        + "--aux-address a=10.9.0.9 n")

    #expect(
      result.errors
        == "Error: failed to allocate secondary ip address (a:10.9.0.9): "
        + "remote: address 10.9.0.9 is taken\n")
    #expect(try host.remains() == "")
  }

  @Test("what an address driver answers is believed")
  func answersAreBelieved() throws {
    let host = try PluginHost()
    try host.setFaults(
      #"""
      {"IpamDriver.RequestPool":{"raw":"{\"PoolID\":\"P\",\"Pool\":\"0.0.0.0/0\",\"Data\":
      {\"com.docker.network.gateway\":\"0.0.0.0/0\"}}"},
      "IpamDriver.RequestAddress":{"raw":"{\"Address\":\"192.168.5.5/32\"}"},
      "IpamDriver.ReleaseAddress":{"raw":"{}"},"IpamDriver.ReleasePool":{"raw":"{}"},
      "NetworkDriver.Join":{"set":{"Gateway":"169.254.1.1","StaticRoutes":
      [{"Destination":"169.254.1.1/32","RouteType":1}]},"name":{"DstPrefix":"cali"}}}
      """#.replacing("\n", with: ""))

    let created = try host.netctl("create -d stub --ipam-driver stub n")
    let shown = try host.netctl("inspect -f '{{json .IPAM.Config}}' n").output
    let connected = try host.netctl("connect n c")
    let routes = try host.run("ip -n c route; ip -n c -brief address show cali0")
    // Its subnet is in nobody's way.
    let other = try host.netctl("create other")

    #expect(created.status == 0, "\(created)")
    #expect(shown == #"[{"Subnet":"0.0.0.0/0","Gateway":"0.0.0.0"}]"# + "\n")
    #expect(connected.status == 0, "\(connected)")
    #expect(routes.contains("default via 169.254.1.1 dev cali0"), "\(routes)")
    #expect(routes.contains("192.168.5.5/32"), "\(routes)")
    #expect(other.status == 0, "\(other)")
    #expect(try host.netctl("disconnect n c").status == 0)
    #expect(try host.netctl("rm n").errors == "")
  }

  @Test("an automatic subnet that the host has a route to is exchanged for another")
  func routedSubnetsAreExchanged() throws {
    let host = try PluginHost()
    try host.run("ip link add x type bridge; ip link set x up; ip addr add 10.200.0.77/24 dev x")

    try host.netctl("create -d stub --ipam-driver stub n")
    let calls = try host.takeCalls().map(\.verb)
    let shown = try host.netctl("inspect -f '{{json .IPAM.Config}}' n").output

    #expect(calls.filter { $0 == "RequestPool" }.count == 2, "\(calls)")
    #expect(calls.filter { $0 == "ReleasePool" }.count == 1, "\(calls)")
    #expect(shown.contains("10.200.1.0/24"), "\(shown)")
  }

  @Test(
    "a failed connection leaves nothing",
    arguments: [
      (
        "NetworkDriver.CreateEndpoint", #"{"err":"no room"}"#,
        "failed to create endpoint c on network n: remote: no room"
      ),
      (
        "NetworkDriver.CreateEndpoint", #"{"status":500,"err":"no room"}"#,
        "failed to create endpoint c on network n: NetworkDriver.CreateEndpoint: no room"
      ),
      (
        "NetworkDriver.CreateEndpoint", #"{"err":"late","after":true}"#,
        "failed to create endpoint c on network n: remote: late"
      ),
      (
        "NetworkDriver.CreateEndpoint", #"{"drop":true,"after":true}"#,
        "failed to create endpoint c on network n: "
          + #"Post "http://plugin.moby.localhost/NetworkDriver.CreateEndpoint": EOF"#
      ),
      (
        "NetworkDriver.CreateEndpoint", #"{"set":{"Interface":{"Address":"10.9.0.99/24"}}}"#,
        "failed to create endpoint c on network n: driver modified interface address: endpoint "
          + "interface IP present (10.9.0.2/24). Cannot be modified with (10.9.0.99/24).; "
          + "rolled back"
      ),
      (
        "NetworkDriver.CreateEndpoint", #"{"set":{"Interface":{"MacAddress":"zz"}}}"#,
        "failed to create endpoint c on network n: address zz: invalid MAC address; rolled back"
      ),
      ("NetworkDriver.Join", #"{"err":"no join"}"#, "remote: no join"),
      ("NetworkDriver.Join", #"{"err":"no join","after":true}"#, "remote: no join"),
      (
        "NetworkDriver.Join", #"{"drop":true,"after":true}"#,
        #"Post "http://plugin.moby.localhost/NetworkDriver.Join": EOF"#
      ),
      (
        "NetworkDriver.ProgramExternalConnectivity", #"{"err":"no ext"}"#,
        "driver failed programming external connectivity on endpoint c (ID): remote: no ext"
      ),
      ("IpamDriver.RequestAddress", #"{"err":"none left"}"#, "remote: none left"),
    ])
  func failedConnectionsLeaveNothing(_ method: String, _ fault: String, _ text: String) throws {
    let host = try PluginHost()
    try host.netctl("create -d stub --ipam-driver stub --subnet 10.9.0.0/24 n")
    try host.setFaults(#"{"\#(method)":\#(fault)}"#)

    let result = try host.netctl("connect n c")
    let shown = try host.netctl("inspect -f '{{json .Containers}}' n").output
    try host.setFaults("{}")
    let again = try host.netctl("connect n c")

    let errors = result.errors.replacing(#/[0-9a-f]{64}/#, with: "ID")
    #expect(result.status == 1)
    #expect(errors == "Error: \(text)\n")
    #expect(shown == "{}\n")
    #expect(again.status == 0, "\(again)")
    try host.netctl("disconnect n c")
    try host.netctl("rm n")
    #expect(try host.remains() == "")
  }

  @Test("calls about the outside that a plugin does not have are fine")
  func missingMethodsAreFine() throws {
    let host = try PluginHost()
    try host.setFaults(
      #"""
      {"NetworkDriver.ProgramExternalConnectivity":{"status":404,"raw":"x"},
      "NetworkDriver.RevokeExternalConnectivity":{"status":404,"raw":"x"},
      "NetworkDriver.EndpointOperInfo":{"err":"x"}}
      """#.replacing("\n", with: ""))
    try host.netctl("create -d stub n")

    let connected = try host.netctl("connect n c")
    let disconnected = try host.netctl("disconnect n c")

    for result in [connected, disconnected] {
      #expect(result.status == 0 && result.errors == "", "\(result)")
    }
  }

  @Test(
    "an error in giving something back is a warning, and everything else is given back",
    arguments: ["RevokeExternalConnectivity", "Leave", "DeleteEndpoint"])
  func refusedDeletionsAreWarnings(_ verb: String) throws {
    let host = try PluginHost()
    try host.netctl("create -d stub --ipam-driver stub n")
    try host.netctl("connect n c")
    try host.setFaults(#"{"NetworkDriver.\#(verb)":{"err":"never"}}"#)
    _ = try host.takeCalls()

    let result = try host.netctl("disconnect n c")

    #expect(result.status == 0)
    #expect(result.errors.hasPrefix("Warning: plugin \"stub\": remote: never\n"), "\(result)")
    #expect(
      try host.takeCalls().map(\.verb) == [
        "RevokeExternalConnectivity", "Leave", "DeleteEndpoint", "ReleaseAddress",
      ])
    #expect(try host.netctl("inspect -f '{{json .Containers}}' n").output == "{}\n")
    #expect(try host.run("ls /var/lib/netctl/unfinished") == "")
  }

  @Test("a network is forgotten whatever the plugin says", arguments: [403, 404, 500])
  func refusedRemovalsAreWarnings(_ status: Int) throws {
    let host = try PluginHost()
    try host.netctl("create -d stub n")
    try host.setFaults(#"{"NetworkDriver.DeleteNetwork":{"status":\#(status),"err":"never"}}"#)

    let result = try host.netctl("rm n")

    #expect(result.status == 0 && result.output == "n\n")
    #expect(
      result.errors == "Warning: plugin \"stub\": NetworkDriver.DeleteNetwork: never\n")
    #expect(try host.netctl("ls -q -f name=n$").output == "")
  }

  @Test("a plugin that is away keeps nobody, and gets what it is owed when it is back")
  func absentPluginsAreAskedLater() throws {
    let host = try PluginHost()
    try host.netctl("create -d stub --ipam-driver stub n")
    try host.netctl("connect n c")
    host.stop()
    _ = try host.takeCalls()

    let connected = try host.netctl("connect n d")
    let disconnected = try host.netctl("disconnect n c")
    let links = try host.run("ip -n c -brief link")
    let removed = try host.netctl("rm n")
    let other = try host.netctl("create other")
    let found = try host.netctl("verify")
    try host.start()
    let last = try host.netctl("rm other")
    let calls = try host.takeCalls().map(\.verb)

    let dial = "dial unix /run/docker/plugins/stub.sock: connect: connection refused"
    #expect(connected.status == 1)
    #expect(connected.errors.hasSuffix("\(dial)\n"), "\(connected)")
    for result in [disconnected, removed, other] {
      #expect(result.status == 0)
      #expect(result.errors.split(separator: "\n").count == 1, "\(result)")
      #expect(result.errors.hasPrefix("Warning: cannot remove the remains of"), "\(result)")
    }
    #expect(!links.contains("eth0"), "\(links)")
    #expect(found.status == 1 && found.output.contains("network n"), "\(found)")
    #expect(last.status == 0 && last.errors == "", "\(last)")
    #expect(calls.contains("Leave") && calls.contains("DeleteNetwork"), "\(calls)")
    try host.run("ip link delete $(ip -o link | grep -o 'v[ch][0-9a-f]*' | head -1)")
    #expect(try host.remains() == "")
  }

  @Test("verify names a plugin that is away, and the networks that need it")
  func verifyNamesAbsentPlugins() throws {
    let host = try PluginHost()
    try host.netctl("create -d stub n")
    try host.netctl("create --ipam-driver stub m")
    try host.netctl("create other")

    let present = try host.netctl("verify")
    host.stop()
    let away = try host.netctl("verify")
    let chosen = try host.netctl("verify m")
    let other = try host.netctl("verify other")
    try host.start()

    let line = { (networks: String) in
      "network \(networks): plugin \"stub\" does not answer: "
    }
    #expect(present.status == 0 && present.output == "", "\(present)")
    #expect(away.status == 1 && away.output.hasPrefix(line("m, n")), "\(away)")
    #expect(away.output.split(separator: "\n").count == 1, "\(away)")
    #expect(chosen.status == 1 && chosen.output.hasPrefix(line("m")), "\(chosen)")
    #expect(other.status == 0 && other.output == "", "\(other)")
    #expect(try host.netctl("verify").status == 0)
  }

  @Test("with force, what an absent plugin has is forgotten")
  func forceForgets() throws {
    let host = try PluginHost()
    try host.netctl("create -d stub n")
    try host.netctl("create -d stub m")
    try host.netctl("connect n c")
    host.stop()
    try host.netctl("disconnect n c")
    try host.netctl("rm m")

    let endpoint = try host.netctl("disconnect -f n c")
    let removed = try host.netctl("rm -f m")
    let network = try host.netctl("rm -f n")

    for result in [endpoint, removed, network] { #expect(result.status == 0, "\(result)") }
    #expect(try host.run("ls /var/lib/netctl/unfinished") == "")
    #expect(try host.netctl("create other").errors == "")
  }
}

import CommandLineTestSupport
import LinuxSystem
import Testing

/// Plugins are asked as Docker's engine asks them.
@Suite(.enabled(if: PluginHost.problem == nil, "\(PluginHost.problem ?? "")"))
struct RequestTests {
  /// A command, and the requests that the engine made for it.
  private struct Step {
    let command: String
    var requests: [String] = []
  }

  @Test func requestsAreThoseOfTheEngineByteForByte() throws {
    let host = try PluginHost()

    for step in try Self.recorded() {
      let command = step.command.replacing(#/ c1$/#, with: " c")
      let result = try host.netctl(command)
      let calls = try host.takeCalls().map(\.description)

      #expect(result.status == 0 && result.errors == "", "\(command): \(result.errors)")
      #expect(calls == step.requests, "\(command)")
    }
    #expect(try host.remains() == "")
  }

  private static func recorded() throws -> [Step] {
    let text = String(
      decoding: try RegularFile.contents(of: PluginHost.folder + "/recorded.txt"), as: UTF8.self)
    var steps: [Step] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2))))
      } else {
        steps[steps.count - 1].requests.append(String(line))
      }
    }
    return steps
  }

  @Test func portsAndHardwareAddressesAreInTheEnginesForm() throws {
    let host = try PluginHost()
    try host.netctl("create -d stub --subnet 10.9.0.0/16 n")
    _ = try host.takeCalls()

    let result = try host.netctl(
      "connect --ip 10.9.1.98 --mac-address 02:11:22:33:44:55 --driver-opt foo=bar "
        + "-p 8080:80 -p 127.0.0.1:9000-9001:9000-9001/udp -p 70/sctp n c")
    let calls = try host.takeCalls()

    let ports = """
      "com.docker.network.endpoint.exposedports":[{"Proto":17,"Port":9001},\
      {"Proto":17,"Port":9000},{"Proto":6,"Port":80},{"Proto":132,"Port":70}]
      """
    let map = """
      "com.docker.network.portmap":[{"Proto":17,"IP":"","Port":9001,"HostIP":"127.0.0.1",\
      "HostPort":9001,"HostPortEnd":9001},{"Proto":17,"IP":"","Port":9000,"HostIP":"127.0.0.1",\
      "HostPort":9000,"HostPortEnd":9000},{"Proto":6,"IP":"","Port":80,"HostIP":"",\
      "HostPort":8080,"HostPortEnd":8080},{"Proto":132,"IP":"","Port":70,"HostIP":"",\
      "HostPort":0,"HostPortEnd":0}]
      """
    #expect(result.status == 0 && result.output == "", "\(result)")
    #expect(
      calls.first?.description
        == """
        NetworkDriver.CreateEndpoint {"NetworkID":"N","EndpointID":"E","Interface":\
        {"Address":"10.9.1.98/16","AddressIPv6":"","MacAddress":"02:11:22:33:44:55"},"Options":\
        {\(ports),"com.docker.network.endpoint.macaddress":"AhEiM0RV",\(map),"foo":"bar"}}
        """)
    #expect(
      calls.dropFirst().first?.description
        == """
        NetworkDriver.Join {"NetworkID":"N","EndpointID":"E","SandboxKey":"S","Options":\
        {\(ports),\(map)}}
        """)
  }

  @Test("an address driver that needs hardware addresses is told them, chosen or not")
  func hardwareAddressesAreToldToAddressDrivers() throws {
    let host = try PluginHost(plugin: ["--ipam-mac"])
    try host.netctl("create -d stub --ipam-driver stub n")
    _ = try host.takeCalls()

    try host.netctl("connect --mac-address 02:00:00:00:aa:01 n c")
    let chosen = try host.takeCalls().map(\.description)
    try host.netctl("disconnect n c")
    try host.netctl("connect n c")
    let drawn = try host.takeCalls().map(\.description)

    let option = #""Options":{"com.docker.network.endpoint.macaddress":"02:00:00:00:aa:01"}"#
    #expect(chosen[0].contains(option), "\(chosen)")
    #expect(chosen[1].contains(#""com.docker.network.endpoint.macaddress":"AgAAAKoB""#))
    let request = try #require(
      drawn.first { $0.hasPrefix("IpamDriver.RequestAddress") }?
        .firstMatch(of: #/macaddress":"(02:[0-9a-f:]+)"/#))
    let creation = drawn.first { $0.hasPrefix("NetworkDriver.CreateEndpoint") } ?? ""
    #expect(creation.contains("\"MacAddress\":\"\(request.1)\""), "\(creation)")
    #expect(!creation.contains("endpoint.macaddress"), "\(creation)")
  }

  @Test("a driver that decides on gateways is asked, and given ones count")
  func driversDecideOnGateways() throws {
    let host = try PluginHost(plugin: ["--gw-check"])

    try host.netctl("create -d stub --ipv6 n")
    let without = try host.takeCalls()
    let shown = try host.netctl("inspect -f '{{json .IPAM.Config}}' n").output
    try host.netctl("create -d stub --subnet 10.66.0.0/24 --gateway 10.66.0.9 m")
    let with = try host.takeCalls()

    #expect(without.map(\.verb) == ["GwAllocCheck", "CreateNetwork"])
    #expect(!without[1].body.contains("Gateway"), "\(without[1].body)")
    #expect(!shown.contains("Gateway"), "\(shown)")
    #expect(with[1].body.contains(#""Gateway":"10.66.0.9/24""#), "\(with[1].body)")
  }

  @Test("networks of a driver with global scope are global")
  func globalScopeIsTheDrivers() throws {
    let host = try PluginHost(plugin: ["--scope", "global"])

    let created = try host.netctl("create -d stub --ipam-driver stub n")
    let calls = try host.takeCalls()
    let shown = try host.netctl("inspect -f '{{.Scope}}' n").output
    let local = try host.netctl("create -d stub --scope local m")
    let ingress = try host.netctl("create -d stub --ingress m")
    let swarm = try host.netctl("create -d stub --scope swarm m")

    #expect(created.status == 0)
    #expect(calls.contains { $0.body.contains(#""AddressSpace":"StubGlobal""#) })
    #expect(shown == "global\n")
    #expect(local.errors == "Error: cannot downgrade network scope for stub networks\n")
    #expect(ingress.errors.hasPrefix("Error: Ingress network can only be global scope network"))
    #expect(
      swarm.errors.hasPrefix(
        "Error: cannot create a swarm scoped network when swarm is not active"))
  }

  @Test("the gateway is told to plugins when it moves from one network to another")
  func gatewayMoves() throws {
    let host = try PluginHost()
    try host.netctl("create -d stub --subnet 10.50.0.0/24 one")
    try host.netctl("create -d stub --subnet 10.51.0.0/24 two")
    try host.netctl("connect one c")
    _ = try host.takeCalls()

    try host.netctl("connect --gw-priority 9 two c")
    let taken = try host.takeCalls().map(\.verb)
    let route = try host.run("ip -n c route show default")
    try host.netctl("disconnect two c")
    let returned = try host.takeCalls().map(\.verb)

    #expect(
      taken == [
        "CreateEndpoint", "Join", "RevokeExternalConnectivity", "ProgramExternalConnectivity",
        "EndpointOperInfo",
      ])
    #expect(route.contains("via 10.51.0.1 dev eth1"), "\(route)")
    #expect(
      returned == [
        "RevokeExternalConnectivity", "Leave", "ProgramExternalConnectivity", "DeleteEndpoint",
      ])
    #expect(try host.run("ip -n c route show default").contains("via 10.50.0.1 dev eth0"))
  }

  @Test("a network without a plugin takes the gateway, and gives it back")
  func otherNetworksTakeTheGateway() throws {
    let host = try PluginHost()
    try host.netctl("create -d stub --subnet 10.50.0.0/24 one")
    try host.netctl("create two")
    try host.netctl("connect one c")
    _ = try host.takeCalls()

    try host.netctl("connect --gw-priority 9 two c")
    let taken = try host.takeCalls().map(\.verb)
    try host.netctl("disconnect two c")
    let returned = try host.takeCalls().map(\.verb)

    #expect(taken == ["RevokeExternalConnectivity"])
    #expect(returned == ["ProgramExternalConnectivity"])
  }

  @Test func pruneDeletesNetworksOfPlugins() throws {
    let host = try PluginHost()
    try host.netctl("create -d stub --ipam-driver stub --label p=1 n")
    _ = try host.takeCalls()

    let result = try host.netctl("prune -f --filter label=p=1")

    #expect(result.output == "Deleted Networks:\nn\n\n", "\(result)")
    #expect(
      try host.takeCalls().map(\.verb) == ["ReleaseAddress", "ReleasePool", "DeleteNetwork"])
  }

  @Test("the path of the container stays valid until the plugin has been left")
  func sandboxKeyIsAMount() throws {
    let host = try PluginHost()
    try host.netctl("create -d stub n")
    _ = try host.takeCalls()

    try host.netctl("connect n c")
    let join = try #require(try host.takeCalls().first { $0.verb == "Join" })
    let key = try #require(
      join.body.firstMatch(of: #/"SandboxKey":"(/var/run/docker/netns/[0-9a-f]{12})"/#)?.1)
    let same = try host.run("[ \(key) -ef /run/netns/c ] && echo same")
    try host.run("ip netns delete c")
    let kept = try host.run("nsenter --net=\(key) ip -brief link show eth0")
    try host.netctl("create other")
    let calls = try host.takeCalls().map(\.verb)

    #expect(same == "same\n")
    #expect(kept.hasPrefix("eth0@"), "\(kept)")
    #expect(calls == [])
    // The next command that looks at the network finds the container gone.
    #expect(try host.netctl("rm n other").status == 0)
    #expect(
      try host.takeCalls().map(\.verb) == [
        "RevokeExternalConnectivity", "Leave", "DeleteEndpoint", "DeleteNetwork",
      ])
    #expect(try host.run("ls /var/run/docker/netns") == "")
    #expect(try host.state() == "")
  }
}

import CommandLineTestSupport
import Testing

/// Endpoints of networks that span hosts, on one of them.
@Suite(.enabled(if: OverlayHost.problem == nil, "\(OverlayHost.problem ?? "")"))
struct EndpointTests {
  private func makeHost() throws -> OverlayHost {
    let host = try OverlayHost()
    try host.netctl("create -d overlay --internal n")
    try host.addRemoteEndpoint()
    try host.takeCalls()
    return host
  }

  @Test func kernelHasTheTunnelAndWhatIsBehindIt() throws {
    let host = try makeHost()

    let result = try host.netctl("connect n c")

    #expect(result.status == 0 && result.errors == "", "\(result)")
    #expect(try host.takeCalls() == ["endpoints", "barrier"])
    let link = try host.run(
      """
      ip -j -d link show type vxlan | python3 -c 'import json, sys
      link = json.load(sys.stdin)[0]; data = link["linkinfo"]["info_data"]
      port = link["linkinfo"]["info_slave_data"]
      print(link["mtu"], link["operstate"], data["id"], data["local"], data["port"],
        data["learning"], data.get("proxy"), port["learning"], port["flood"], port["mcast_flood"])'
      """)
    #expect(link == "1450 UNKNOWN 1048576 10.77.0.1 4789 False True False False True\n")
    #expect(
      try host.run("bridge fdb show | grep 02:42:0a:00:00:09 | sort").trimmed.contains(
        "master"))
    #expect(
      try host.run("bridge fdb show | grep '02:42:0a:00:00:09.*dst 10.77.0.2 self permanent'") != ""
    )
    #expect(
      try host.run("ip neigh show | grep ^10.0.0.9 | sed 's/dev vx-[0-9a-f]* //'")
        == "10.0.0.9 lladdr 02:42:0a:00:00:09 PERMANENT \n")
    #expect(
      try host.run("ip -n c -brief address show dev eth0 | tr -s ' '").contains("10.0.0.2/24"))
    #expect(try host.run("ip -n c -d link show dev eth0").contains("mtu 1450"))
    #expect(try host.run("ip -n c route show default") == "")
    let verified = try host.netctl("verify")
    #expect(verified.status == 0 && verified.output == "", "\(verified)")
  }

  @Test func datagramsAreTakenFromHostsOfTheClusterOnly() throws {
    let host = try makeHost()
    let sets =
      "nft list table inet netctl 2>/dev/null | grep -A2 'set tunnel_' | grep elements | tr -s '\\t ' ' '"
    let before = try host.run(sets)

    try host.netctl("connect n c")
    let during = try host.run(sets)
    // A table of netctl's remains for another network.
    try host.netctl("create other")
    try host.netctl("disconnect n c")
    let after = try host.run(sets)

    #expect(before == "")
    #expect(during == " elements = { 4789 }\n elements = { 10.77.0.1, 10.77.0.2 }\n")
    #expect(after == "")
    #expect(try host.netctl("verify").status == 0)
  }

  @Test func lastEndpointTakesTheDevicesWithIt() throws {
    let host = try makeHost()
    try host.netctl("connect n c")
    try host.netctl("connect n d")
    try host.netctl("disconnect n c")
    let between = try host.run("ip -brief link show type vxlan")

    let result = try host.netctl("disconnect n d")

    #expect(between != "")
    #expect(result.status == 0 && result.errors == "", "\(result)")
    #expect(try host.remains() == "")
    #expect(try host.store() == "n far")
  }

  @Test func endpointsOfOtherHostsAreShownByTheirIdentity() throws {
    let host = try makeHost()
    let elsewhere = try host.netctl("inspect -f '{{json .Peers}} {{json .Containers}}' n")
    try host.netctl("connect --ip 10.0.0.7 n c")

    let result = try host.netctl(
      "inspect -f '{{json .Peers}} {{range $k, $v := .Containers}}"
        + "{{printf \"%.6s\" $k}} {{$v.Name}} {{$v.IPv4Address}} {{end}}' n")

    #expect(
      elsewhere.output
        == #"[{"Name":"bbbbbbbbbbbb","IP":"10.77.0.2"}] {"ep-"# + String(repeating: "e", count: 64)
        + #"":{"Name":"far","EndpointID":""# + String(repeating: "e", count: 64)
        + #"","MacAddress":"02:42:0a:00:00:09","IPv4Address":"10.0.0.9/24","IPv6Address":""}}"#
        + "\n")
    #expect(result.output.contains("ep-eee far 10.0.0.9/24"))
    #expect(result.output.contains(" c 10.0.0.7/24"))
    #expect(result.output.contains(#"{"Name":"aaaaaaaaaaaa","IP":"10.77.0.1"}"#))
  }

  @Test(arguments: [
    (#"{"endpoints":{"kind":"addressInUse","message":""}}"#, "Address already in use"),
    (
      #"{"endpoints":{"kind":"endpointExists","message":""}}"#,
      "endpoint with name c already exists in network n"
    ),
    (
      #"{"endpoints":{"kind":"storeUnreachable","message":"10.0.0.1:2379: timeout"}}"#,
      "cluster store unreachable: 10.0.0.1:2379: timeout"
    ),
    (
      #"{"barrier":{"kind":"timeout","message":"revision 7"}}"#,
      "the cluster store did not answer in time, and may have done it anyway: revision 7"
    ),
  ])
  func refusedConnectionLeavesNothing(_ faults: String, _ message: String) throws {
    let host = try makeHost()
    try host.setFaults(faults)

    let result = try host.netctl("connect n c")

    #expect(result.status == 1)
    #expect(result.errors == "Error: \(message)\n")
    #expect(try host.remains() == "")
    #expect(try host.store() == "n far")
  }

  @Test func networkThatDoesNotFitIntoDatagramsIsRefused() throws {
    let host = try makeHost()
    try host.run("ip link set underlay mtu 1400")

    let result = try host.netctl("connect n c")

    #expect(result.status == 1)
    #expect(
      result.errors
        == "Error: network n has an MTU of 1450, which the link with 10.77.0.1 cannot carry: its MTU "
        + "is 1400\n")
    #expect(try host.store() == "n far")
  }

  @Test func stoppedNamespacesAreNoReason() throws {
    let host = try makeHost()
    try host.netctl("connect n c")
    // The kernel deletes the links of a namespace a while after it.
    try host.run(
      "ip netns delete c; while ip -o link show type veth | grep -q 'master br-'; do sleep 0.01; done"
    )
    try host.netctl("connect n d")

    // The dead endpoint has left the store.
    #expect(try host.store() == "n d far")
    #expect(try host.netctl("verify").status == 0)
  }

  @Test func disconnectionInAnOutageIsFinishedLater() throws {
    let host = try makeHost()
    try host.netctl("connect n c")
    try host.setFaults(
      #"{"disconnect":{"kind":"storeUnreachable","message":"10.0.0.1:2379: timeout"}}"#)

    let result = try host.netctl("disconnect n c")
    let left = try host.run("ip -brief link show type vxlan; ip -n c -brief link | grep -v ^lo")
    // Other commands do not wait for the store.
    try host.takeCalls()
    let other = try host.netctl("create other")
    let calls = try host.takeCalls()
    try host.setFaults("{}")
    try host.netctl("connect n d")

    #expect(result.status == 0, "\(result)")
    #expect(
      result.errors.hasPrefix("Warning: container c is disconnected from n on this host;"),
      "\(result)")
    #expect(left == "")
    #expect(other.status == 0 && other.errors == "", "\(other)")
    #expect(calls == [])
    #expect(try host.store() == "n d far")
    #expect(try host.run("ls /var/lib/netctl/unfinished") == "")
  }

  @Test func deadHostsEndpointIsDisconnectedFromAnywhere() throws {
    let host = try makeHost()
    try host.netctl("connect n c")

    let unforced = try host.netctl("disconnect n far")
    let result = try host.netctl("disconnect -f n far")

    #expect(unforced.status == 1)
    #expect(result.status == 0 && result.errors == "", "\(result)")
    #expect(try host.store() == "n c")
  }

  @Test(
    "a connection that was being made is undone", arguments: ["endpoints", "barrier"])
  func interruptedConnectionIsUndone(_ call: String) throws {
    let host = try makeHost()

    let status = try host.kill("connect n c", at: call)
    let again = try host.netctl("connect n c")

    #expect(status == "137")
    #expect(again.status == 0 && again.errors == "", "\(again)")
    #expect(try host.store() == "n c far")
    #expect(try host.run("ls /var/lib/netctl/unfinished") == "")
    #expect(try host.netctl("verify").status == 0)
  }

  @Test func interruptedDisconnectionIsFinished() throws {
    let host = try makeHost()
    try host.netctl("connect n c")

    let status = try host.kill("disconnect n c", at: "disconnect")
    let again = try host.netctl("connect n c")

    #expect(status == "137")
    #expect(again.status == 0, "\(again)")
    #expect(try host.store() == "n c far")
    #expect(try host.run("ls /var/lib/netctl/unfinished") == "")
  }

  @Test(arguments: [
    ("ip link delete $vx", "vxlan VX is missing"),
    ("ip link set $vx down", "link VX is down"),
    ("ip link set $vx down; ip link set $vx up", "vxlan VX does not lead to 10.0.0.9"),
    ("bridge fdb del 02:42:0a:00:00:09 dev $vx self", "vxlan VX does not lead to 10.0.0.9"),
    (
      "bridge fdb append 02:42:0a:00:00:77 dev $vx dst 10.77.0.2 self",
      "vxlan VX leads to 02:42:0a:00:00:77"
    ),
    ("bridge link set dev $vx flood on", "is not a port of bridge"),
    ("ip link set $vx nomaster", "is not a port of bridge"),
    ("ip link delete ${vx/vx/br}", "bridge BR is missing"),
    ("ip link set $vx down; ip link set $vx name other", "has been renamed to other"),
    ("nft flush set inet netctl tunnel_hosts4", "lack an element: tunnel_hosts 10.77.0.2"),
  ])
  func damageIsFoundAndRepairedWithoutTheAgent(_ damage: String, _ message: String) throws {
    let host = try makeHost()
    try host.netctl("connect n c")
    host.stopAgent()
    try host.run(
      """
      bash -c 'vx=$(ip -brief link show type vxlan | cut -d " " -f 1); \(damage)'
      """)

    let found = try host.netctl("verify")
    let repaired = try host.netctl("reload")
    let left = try host.netctl("verify")

    let text = found.output.replacing(#/vx-[0-9a-f]{12}/#, with: "VX")
      .replacing(#/br-[0-9a-f]{12}/#, with: "BR")
    #expect(found.status == 1 && text.contains(message), "\(found)")
    #expect(repaired.status == 0 && repaired.errors == "", "\(repaired)")
    #expect(left.status == 0 && left.output == "", "\(left)")
  }

  @Test func namesOfOtherHostsContainersAreInHostsFiles() throws {
    let host = try makeHost()
    try host.netctl("connect n c")

    let lines = try host.run("grep -w far /etc/netns/c/hosts")

    #expect(lines == "10.0.0.9\tfar away cccccccccccc far.n away.n cccccccccccc.n\n")
  }

  // MARK: The way out

  private static let interfaces =
    "ip -n c -4 -o address show | awk '$2 != \"lo\" {print $2}' | sort; ip -n c route show default | "
    + "cut -d ' ' -f 4-5"

  @Test func containerHasAWayOutByABridgeOfItsHost() throws {
    let host = try OverlayHost()
    try host.netctl("create -d overlay n")
    try host.netctl("create -d overlay --subnet 10.0.1.0/24 m")

    let result = try host.netctl("connect --publish 8080:80 n c")
    let inside = try host.run(Self.interfaces)
    let ports = try host.netctl("port c").output
    let link = try host.run("ip -br link show docker_gwbridge | cut -d ' ' -f 1")
    // It stays for another network, and goes with the last.
    try host.netctl("connect m c")
    try host.netctl("disconnect n c")
    let between = try host.run("ip -n c route show default")
    try host.netctl("disconnect m c")
    let after = try host.run("ip -n c -br link | grep -v ^lo; ls /var/lib/netctl/unfinished")
    let verified = try host.netctl("verify")

    #expect(result.status == 0 && result.errors == "", "\(result)")
    #expect(inside == "eth0\neth1\ndev eth1\n", "\(inside)")
    #expect(ports == "80/tcp -> 0.0.0.0:8080\n" || ports.hasPrefix("80/tcp -> 0.0.0.0:8080"))
    #expect(link == "docker_gwbridge\n")
    #expect(between.contains("dev eth1"))
    #expect(after == "")
    #expect(verified.status == 0, "\(verified)")
    #expect(try host.netctl("ls --format '{{.Name}}'").output.contains("docker_gwbridge"))
  }

  @Test func containerWithAWayOutGetsNoOther() throws {
    let host = try OverlayHost()
    try host.netctl("create -d overlay n")
    try host.netctl("create local")
    try host.netctl("connect local c")

    let result = try host.netctl("connect n c")

    #expect(result.status == 0 && result.errors == "", "\(result)")
    #expect(try host.run(Self.interfaces) == "eth0\neth1\ndev eth0\n")
    #expect(try !host.netctl("ls --format '{{.Name}}'").output.contains("docker_gwbridge"))
  }

  @Test func internalNetworkHasNoWayOut() throws {
    let host = try makeHost()
    try host.netctl("connect n c")

    #expect(try host.run(Self.interfaces) == "eth0\n")
  }

  @Test func bridgeOfAnEngineIsLeftAlone() throws {
    let host = try OverlayHost()
    try host.netctl("create -d overlay n")
    try host.run("ip link add docker_gwbridge type bridge; ip link set docker_gwbridge up")

    let result = try host.netctl("connect n c")
    let ports = try host.run("bridge link show | grep 'master docker_gwbridge'")

    #expect(result.status == 0 && result.errors == "", "\(result)")
    #expect(try host.run(Self.interfaces) == "eth0\neth1\ndev eth1\n")
    #expect(ports == "")
  }

  @Test func interruptedConnectionLeavesNoWayOut() throws {
    let host = try OverlayHost()
    try host.netctl("create -d overlay n")

    let status = try host.kill("connect n c", at: "barrier")
    let again = try host.netctl("connect n d")

    #expect(status == "137")
    #expect(again.status == 0, "\(again)")
    #expect(try host.run("ip -n c -br link | grep -v ^lo; ls /var/lib/netctl/unfinished") == "")
    #expect(try host.netctl("verify").status == 0)
  }
}

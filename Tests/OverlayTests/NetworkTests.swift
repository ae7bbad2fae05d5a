import CommandLineTestSupport
import Testing

/// Networks that span hosts, on one of them, with an agent that does what it is told.
@Suite(.enabled(if: OverlayHost.problem == nil, "\(OverlayHost.problem ?? "")"))
struct NetworkTests {
  @Test func networkIsThatOfTheAgent() throws {
    let host = try OverlayHost()

    let created = try host.netctl("create -d overlay --attachable --label a=b n")
    let listed = try host.netctl("ls --format '{{.Name}} {{.Driver}} {{.Scope}}' -f driver=overlay")
    let shown = try host.netctl(
      "inspect -f '{{.Scope}} {{.Attachable}} {{.IPAM.Config}} {{json .Options}}' n")

    #expect(created.status == 0 && created.output.utf8.count == 65, "\(created)")
    #expect(listed.output == "n overlay global\n")
    #expect(
      shown.output
        == "global true [{10.0.0.0/24   map[]}] "
        + #"{"com.docker.network.driver.mtu":"1450","com.docker.network.driver.overlay."#
        + "vxlanid_list\":\"1048576\"}\n",
      "\(shown)")
    // Until a container is on it, the host has nothing of it.
    #expect(try host.remains() == "")
  }

  @Test(arguments: [
    (
      #"{"networks":{"kind":"nameTaken","message":""}}"#, "create -d overlay n",
      "Error: network with name n already exists\n"
    ),
    (
      #"{"networks":{"kind":"poolOverlaps","message":""}}"#, "create -d overlay n",
      "Error: invalid pool request: Pool overlaps with other one on this address space\n"
    ),
    (
      #"{"networks":{"kind":"storeUnreachable","message":"10.77.0.254:2379: connection refused"}}"#,
      "create -d overlay n",
      "Error: cluster store unreachable: 10.77.0.254:2379: connection refused\n"
    ),
    (
      #"{"networks":{"kind":"notRegistered","message":""}}"#, "create -d overlay n",
      "Error: this host is not registered in the cluster store (is \"netctl agent\" running?)\n"
    ),
    (
      "{}", "create -d overlay --scope local n",
      "Error: cannot downgrade network scope for overlay networks\n"
    ),
    (
      "{}", "create -d overlay --scope swarm n",
      "Error: cannot create a swarm scoped network when swarm is not active\n"
    ),
    (
      "{}", "create -d overlay --opt encrypted n",
      "Error: overlay networks of netctl are not encrypted: it refuses --opt encrypted instead of "
        + "sending in plain text\n"
    ),
    (
      "{}", "create -d overlay -o com.docker.network.driver.overlay.vxlanid_list=0 n",
      "Error: failed to parse com.docker.network.driver.overlay.vxlanid_list value: 0 (must be in "
        + "the range 1 to 16777215)\n"
    ),
  ])
  func creationIsRefused(_ faults: String, _ command: String, _ message: String) throws {
    let host = try OverlayHost()
    try host.setFaults(faults)

    let result = try host.netctl(command)

    #expect(result.status == 1)
    #expect(result.errors == message)
    #expect(try host.netctl("ls -q -f driver=overlay").output == "")
  }

  @Test func withoutAnAgentCommandsSayThatItIsMissing() throws {
    let host = try OverlayHost(hasAgent: false)

    let result = try host.netctl("create -d overlay n")
    let listed = try host.netctl("ls -q")

    #expect(result.status == 1)
    #expect(
      result.errors
        == "Error: this host is not registered in the cluster store (is \"netctl agent\" running?)\n"
    )
    #expect(listed.status == 0)
    #expect(
      listed.errors.hasPrefix("WARNING: cluster store unreachable, showing state of"), "\(listed)")
  }

  @Test func listingWithoutTheStoreSaysSinceWhen() throws {
    let host = try OverlayHost()
    try host.netctl("create -d overlay n")
    host.stopAgent()

    let listed = try host.netctl("ls --format '{{.Name}}' -f driver=overlay")
    let shown = try host.netctl("inspect -f '{{.Name}}' n")

    for result in [listed, shown] {
      #expect(result.status == 0 && result.output == "n\n")
      #expect(
        result.errors.hasPrefix(
          "WARNING: cluster store unreachable, showing state of 1970-01-01T00:00:01Z"), "\(result)")
    }
  }

  @Test func networkWithEndpointsElsewhereStays() throws {
    let host = try OverlayHost()
    try host.netctl("create -d overlay n")
    try host.addRemoteEndpoint()

    let refused = try host.netctl("rm n")
    let pruned = try host.netctl("prune -f")

    #expect(refused.status == 1)
    #expect(
      refused.errors
        == "Error: error while removing network: network n has active endpoints\nexit status 1\n")
    #expect(pruned.status == 0 && pruned.output == "", "\(pruned)")
    #expect(try host.netctl("ls -q -f driver=overlay").output != "")
  }

  @Test func removedNetworkIsGone() throws {
    let host = try OverlayHost()
    try host.netctl("create -d overlay n")

    let result = try host.netctl("rm n")

    #expect(result.status == 0 && result.output == "n\n" && result.errors == "", "\(result)")
    #expect(try host.netctl("ls -q -f driver=overlay").output == "")
    #expect(try host.store() == "")
  }

  @Test func removalInAnOutageNeedsForceAndIsFinishedLater() throws {
    let host = try OverlayHost()
    try host.netctl("create -d overlay n")
    try host.setFaults(
      #"{"remove":{"kind":"storeUnreachable","message":"10.0.0.1:2379: timeout"}}"#)

    let refused = try host.netctl("rm n")
    let forced = try host.netctl("rm -f n")
    let listed = try host.netctl("ls -q -f driver=overlay")

    #expect(refused.status == 1)
    #expect(
      refused.errors
        == "Error: cluster store unreachable: 10.0.0.1:2379: timeout\nexit status 1\n")
    #expect(forced.status == 0, "\(forced)")
    #expect(forced.errors.hasPrefix("Warning: network n is removed on this host;"), "\(forced)")
    #expect(listed.output == "")
    #expect(try host.store() == "n")
    #expect(try host.run("ls /var/lib/netctl/unfinished").hasPrefix("network-"))
  }

  @Test func interruptedCreationLeavesWhatTheStoreHas() throws {
    let host = try OverlayHost()

    let status = try host.kill("create -d overlay n", at: "networks")

    // The agent's watch records it, as on the other hosts.
    #expect(status == "137")
    #expect(try host.store() == "n")
    #expect(try host.netctl("verify").status == 0)
    #expect(try host.netctl("create -d overlay n").errors.contains("already exists"))
  }

  @Test func interruptedRemovalIsFinishedByTheNext() throws {
    let host = try OverlayHost()
    try host.netctl("create -d overlay n")

    let status = try host.kill("rm n", at: "remove")
    let again = try host.netctl("rm n")

    #expect(status == "137")
    #expect(again.status == 0, "\(again)")
    #expect(try host.netctl("ls -q -f driver=overlay").output == "")
    #expect(try host.remains() == "")
  }

  @Test func networkIsNotChanged() throws {
    let host = try OverlayHost()
    try host.netctl("create -d overlay n")

    for command in ["rename n m", "update --label-add a=b n"] {
      let result = try host.netctl(command)

      #expect(result.status == 1)
      #expect(result.errors == "Error: network n spans hosts; it cannot be changed\n", "\(result)")
    }
  }
}

import CommandLineTestSupport
import KernelTestSupport
import Testing

/// What cannot be repaired keeps nothing else from it, and is named once.
@Suite(.enabled(if: Interposer.problem == nil, "\(Interposer.problem ?? "")"))
struct PartialRepairTests {
  @Test func strangerWithTheNameOfAContainersLinkKeepsOnlyThatOneFromRepair() throws {
    try Host.withConnection { host in
      try host.run(
        script: """
          $inside ip link set eth0 name eth9
          $inside ip link add eth0 mtu 1280 type veth peer name other
          ip link set $veth mtu 1300; ip link set $bridge mtu 1300
          """)

      let reloaded = try host.netctl("reload")

      #expect(reloaded.status == 0 && reloaded.errors == "", "\(reloaded)")
      let verified = try host.netctl("verify")
      #expect(
        verified.output.contains("link eth0 in its container has been renamed to eth9, and"),
        "\(verified)")
      #expect(!verified.output.contains("MTU"), "\(verified)")
      let stranger = try host.output(
        "$inside ip -brief address show eth0; $inside ip link show eth0")
      #expect(!stranger.contains("172.18.0.2") && stranger.contains("mtu 1280"), "\(stranger)")
      try host.run(script: "$inside ip link delete eth0")
      #expect(try host.netctl("reload").status == 0)
      #expect(try host.netctl("verify").status == 0)
    }
  }

  @Test func strangerWithTheNameOfAHostEndKeepsOnlyThatOneFromRepair() throws {
    try Host.withConnection { host in
      try host.netctl("create m")
      try host.run(
        script: """
          ip link set $veth name other; ip link add $veth type bridge
          $inside ip link set eth0 down
          """)

      let reloaded = try host.netctl("reload")

      #expect(reloaded.status == 1)
      #expect(reloaded.errors.contains("rename link other to"), "\(reloaded)")
      #expect(try host.output("$inside ip -brief link show eth0").contains("UP"))
    }
  }

  @Test func containerThatIsGoneIsOneFinding() throws {
    try Host.withConnection { host in
      try host.run(script: "ip link delete $veth")

      let verified = try host.netctl("verify")

      let lines = verified.output.split(separator: "\n").filter { !$0.hasPrefix("note: ") }
      #expect(lines.count == 1 && lines[0].contains("is gone"), "\(verified)")
      #expect(try host.netctl("reload").status == 0)
      #expect(try host.netctl("verify").status == 0)
    }
  }

  @Test func invalidOptionKeepsNoOtherNetworkFromRepair() throws {
    try Host.withConnection { host in
      for command in ["create --subnet 10.7.0.0/24 good", "connect good {d}"] {
        #expect(try host.netctl(command).status == 0)
      }
      let good = try host.output("ip -brief -4 address | grep 10.7.0.1/ | cut -d' ' -f1")
        .prefix { $0 != "\n" }
      try host.run(script: "sed -i 's/\"1400\"/\"x\"/' $state/networks/$id.json")
      try host.run(script: "ip link set \(good) down")
      let option = "failed to parse com.docker.network.driver.mtu value: x"

      let verified = try host.netctl("verify")
      let reloaded = try host.netctl("reload")

      #expect(verified.status == 1 && verified.output.contains(option), "\(verified)")
      #expect(verified.output.contains("link \(good) is down"), "\(verified)")
      #expect(reloaded.status == 1 && reloaded.errors.contains(option), "\(reloaded)")
      #expect(try host.output("ip -brief link show \(good)").contains("UP"))
      try host.run(script: "nft flush ruleset")
      #expect(try host.netctl("create --subnet 10.6.0.0/24 late").status == 0)
      let rules = try host.output("nft list set inet netctl bridges; echo $bridge")
      #expect(rules.contains("\"\(good)\""), "\(rules)")
      // Nobody knows whether it is internal: it is isolated.
      let closed = try host.output("nft list set inet netctl internal; echo $bridge")
      #expect(closed.contains(try host.output("echo -n $bridge")), "\(closed)")
    }
  }

  @Test func portThatIsNotLockedIsNamedAndMended() throws {
    try Host.with { host in
      let option = "-o io.netctl.bridge.port_security=strict"
      for command in ["create \(option) n", "connect n {c}"] {
        #expect(try host.netctl(command).status == 0)
      }
      let isLocked = {
        try host.output("bridge -details link show dev $veth").contains("locked on")
      }
      #expect(try isLocked())
      try host.run(script: "bridge link set dev $veth locked off")

      let verified = try host.netctl("verify")
      let reloaded = try host.netctl("reload")

      #expect(verified.output.contains("is not locked"), "\(verified)")
      #expect(reloaded.status == 0, "\(reloaded)")
      #expect(try isLocked())
      #expect(try host.netctl("verify").status == 0)
    }
  }

  @Test func furtherNameOfALinkIsTaken() throws {
    try Host.with { host in
      for command in ["create n", "create m"] { try host.netctl(command) }
      try host.run(script: "$inside ip link property add dev lo altname eth0")

      let chosen = try host.netctl(
        "connect --driver-opt com.docker.network.endpoint.ifname=eth0 n {c}")
      let connected = try host.netctl("connect n {c}")

      #expect(chosen.status == 1, "\(chosen)")
      #expect(connected.status == 0, "\(connected)")
      #expect(try host.output("$inside ip -brief link").contains("eth1@"))
    }
  }

  @Test func renamedLoopbackComesUp() throws {
    try Host.with { host in
      try host.netctl("create n")
      try host.run(script: "$inside ip link set lo down; $inside ip link set lo name loop")

      let connected = try host.netctl("connect n {c}")

      #expect(connected.status == 0, "\(connected)")
      #expect(try host.output("$inside ip link show loop").contains("LOOPBACK,UP"))
    }
  }
}

import CommandLineTestSupport
import EtcdTestSupport
import Glibc
import KernelTestSupport
import Testing

/// Networks that span three hosts, with etcd, agents and real packets.
@Suite(.enabled(if: Cluster.problem == nil, "\(Cluster.problem ?? "")"), .serialized)
struct ClusterTests {
  @Test func containersOfAllHostsReachEachOther() throws {
    try Cluster.run { cluster in
      let created = try cluster.netctl(1, "create -d overlay --ipv6 --subnet fd99::/64 n")
      #expect(created.status == 0, "\(created)")
      for host in 1...3 {
        #expect(
          try cluster.netctl(host, "ls --format '{{.Name}} {{.Scope}}' -f driver=overlay").output
            == "n global\n")
        let result = try cluster.netctl(host, "connect n c\(host)")
        #expect(result.status == 0 && result.errors == "", "\(result)")
      }

      for host in 1...3 {
        for other in 1...3 {
          #expect(try cluster.ping(host, from: "c\(host)", to: "10.0.0.\(other + 1)") == 1)
        }
        let address = try cluster.output(
          host % 3 + 1,
          "ip -n c\(host % 3 + 1) -6 -o address show scope global | awk '{print $4}' | cut -d/ -f1")
        #expect(try cluster.ping(host, from: "c\(host)", to: address.trimmed) == 1)
        try cluster.wait("the names on host \(host)") {
          try (1...3).allSatisfy { other in
            try cluster.output(host, "cat /etc/netns/c\(host)/hosts")
              .contains("10.0.0.\(other + 1)\tc\(other) ")
          }
        }
        let verified = try cluster.netctl(host, "verify")
        #expect(verified.status == 0 && verified.output == "", "\(verified)")
      }
      // What fits into datagrams, and not a byte more.
      let options = "-M do"
      #expect(
        try cluster.ping(1, from: "c1", to: "10.0.0.3", options: options + " -s 1422") == 1)
      #expect(
        try cluster.ping(1, from: "c1", to: "10.0.0.3", options: options + " -s 1423") == 0)
      let peers = try cluster.netctl(2, "inspect -f '{{range .Peers}}{{.IP}} {{end}}' n").output
      #expect(
        Set(peers.trimmed.split(separator: " "))
          == ["10.77.100.1", "10.77.100.2", "10.77.100.3"])
    }
  }

  @Test func racesHaveOneWinner() throws {
    try Cluster.run { cluster in
      let creations = try cluster.race([
        1: "create -d overlay n", 2: "create -d overlay n", 3: "create -d overlay n",
      ])
      try cluster.netctl(1, "ls")
      let claims = try cluster.race([
        1: "connect --ip 10.0.0.9 n c1", 2: "connect --ip 10.0.0.9 n c2",
        3: "connect --ip 10.0.0.9 n c3",
      ])
      let automatic = try cluster.race([
        1: "connect n d1", 2: "connect n d2", 3: "connect n d3",
      ])
      let addresses = try (1...3).map { host in
        try cluster.output(
          host, "ip -n d\(host) -4 -o address show dev eth0 | awk '{print $4}'"
        ).trimmed
      }

      #expect(creations.values.filter { $0.status == 0 }.count == 1)
      #expect(
        creations.values.filter { $0.status != 0 }.map(\.errors)
          == Array(repeating: "Error: network with name n already exists\n", count: 2))
      #expect(claims.values.filter { $0.status == 0 }.count == 1)
      #expect(
        claims.values.filter { $0.status != 0 }.map(\.errors)
          == Array(repeating: "Error: Address already in use\n", count: 2))
      #expect(automatic.values.allSatisfy { $0.status == 0 }, "\(automatic)")
      #expect(Set(addresses).count == 3)
      #expect(try cluster.keys("ep/").count == 4)
      for host in 1...3 { #expect(try cluster.output(host, "ls /var/lib/netctl/unfinished") == "") }
    }
  }

  @Test func addressMovesToAnotherHost() throws {
    try Cluster.run { cluster in
      try cluster.netctl(1, "create -d overlay n")
      try cluster.netctl(1, "connect n c1")
      try cluster.netctl(2, "connect --ip 10.0.0.9 n c2")
      let before = try cluster.ping(1, from: "c1", to: "10.0.0.9")
      // The host dies, and somebody says so; then it comes back and does not know.
      try cluster.cut(2)
      let forced = try cluster.netctl(3, "disconnect -f n c2")
      let connected = try cluster.netctl(3, "connect --ip 10.0.0.9 n c3")
      let after = try cluster.ping(1, from: "c1", to: "10.0.0.9")
      _ = try KernelTestSupport.run("ip", "link", "set", "v2", "up")
      let counter =
        "nsenter --net=/run/netns/c2 awk '/^Icmp: [0-9]/ {print $10}' /proc/self/net/snmp"
      let received = try cluster.output(2, counter)
      let again = try cluster.ping(1, from: "c1", to: "10.0.0.9", count: 20)

      #expect(before == 1)
      #expect(forced.status == 0, "\(forced)")
      #expect(connected.status == 0, "\(connected)")
      #expect(after == 1)
      #expect(again == 20)
      #expect(try cluster.output(2, counter) == received)
      #expect(
        try cluster.output(1, "bridge fdb show | grep '02:42:0a:00:00:09.*dst'")
          .contains("dst 10.77.100.3"))
    }
  }

  @Test func outageStopsNoPacketAndIsNamed() throws {
    try Cluster.run { cluster in
      try cluster.netctl(1, "create -d overlay n")
      for host in 1...3 { try cluster.netctl(host, "connect n c\(host)") }
      cluster.etcd.kill()

      let refused = try cluster.on(
        1, "time -p netctl network create -d overlay m; echo $?")
      let connected = try cluster.netctl(1, "connect n d1")
      let listed = try cluster.netctl(1, "ls --format '{{.Name}}' -f driver=overlay")
      let pings = try cluster.ping(1, from: "c1", to: "10.0.0.3", count: 20)
      let disconnected = try cluster.netctl(3, "disconnect n c3")
      // Without the agent, too, and with the devices gone.
      cluster.killAgent(of: 1)
      try cluster.on(
        1,
        "for link in $(ip -br link show type vxlan | cut -d ' ' -f 1); do ip link del $link; done")
      let reloaded = try cluster.netctl(1, "reload")
      let pingsAfter = try cluster.ping(1, from: "c1", to: "10.0.0.3", count: 20)
      try cluster.etcd.start()
      try cluster.etcd.waitUntilReady()
      try cluster.startAgent(on: 1)
      try cluster.waitForAgent(on: 1)
      try cluster.wait("the removal in the store") { try cluster.keys("ep/").count == 2 }

      #expect(refused.output == "1\n", "\(refused)")
      #expect(refused.errors.contains("10.77.255.254:2379"), "\(refused)")
      #expect(connected.status == 1 && connected.errors.contains("10.77.255.254:2379"))
      #expect(listed.output == "n\n")
      #expect(
        listed.errors.hasPrefix("WARNING: cluster store unreachable, showing state of"), "\(listed)"
      )
      #expect(pings == 20)
      #expect(disconnected.status == 0, "\(disconnected)")
      #expect(reloaded.status == 0 && reloaded.errors == "", "\(reloaded)")
      #expect(pingsAfter == 20)
      try cluster.wait("the record of the removal") {
        try cluster.output(3, "ls /var/lib/netctl/unfinished") == ""
      }
      #expect(try cluster.ping(2, from: "c2", to: "10.0.0.2", count: 5) == 5)
    }
  }

  @Test func killedAgentTakesUpWhereItWas() throws {
    try Cluster.run { cluster in
      try cluster.netctl(1, "create -d overlay n")
      for host in 1...2 { try cluster.netctl(host, "connect n c\(host)") }
      cluster.killAgent(of: 1)
      try cluster.netctl(2, "disconnect n c2")
      try cluster.netctl(3, "connect n c3")
      try cluster.startAgent(on: 1)
      try cluster.waitForAgent(on: 1)
      try cluster.wait("the new endpoint") {
        try cluster.ping(1, from: "c1", to: "10.0.0.3") == 1
      }

      let entries = try cluster.output(1, "bridge fdb show | grep 'dst 10.77'")
      #expect(entries.split(separator: "\n").count == 1 && entries.contains("dst 10.77.100.3"))
      #expect(try cluster.netctl(1, "verify").output == "")
    }
  }

  @Test func networkIsGoneFromEveryHost() throws {
    try Cluster.run { cluster in
      try cluster.netctl(1, "create -d overlay --internal n")
      try cluster.netctl(2, "connect n c2")
      let refused = try cluster.netctl(3, "rm n")
      try cluster.netctl(2, "disconnect n c2")

      let removed = try cluster.netctl(3, "rm n")

      #expect(refused.status == 1 && refused.errors.contains("has active endpoints"), "\(refused)")
      #expect(removed.status == 0, "\(removed)")
      for host in 1...3 {
        #expect(try cluster.netctl(host, "ls -q -f driver=overlay").output == "")
        #expect(
          try cluster.output(host, "ip -br link | grep -v '^lo \\|^eth0@'; nft list tables") == "")
      }
      #expect(try cluster.keys("networks/") == [])
      #expect(try cluster.keys("ipam/") == [])
    }
  }

  @Test func strangersSendNothingIntoNetworks() throws {
    try Cluster.run(hosts: 2) { cluster in
      try cluster.netctl(1, "create -d overlay n")
      for host in 1...2 { try cluster.netctl(host, "connect n c\(host)") }
      _ = try cluster.ping(2, from: "c2", to: "10.0.0.2")
      let counter =
        "ip -n c1 -s -j link show dev eth0 | python3 -c 'import json, sys; "
        + "print(json.load(sys.stdin)[0][\"stats64\"][\"rx\"][\"packets\"])'"
      let before = try cluster.output(1, counter)

      // Frames to the container, in datagrams of a host that is not registered.
      let forger = #"""
        import socket, struct
        mac = bytes.fromhex("02420a000002"); other = bytes.fromhex("02420a000063")
        frame = mac + other + b"\x08\x00" + bytes(46)
        vni = struct.pack(">II", 0x08000000, 1048576 << 8)
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for _ in range(20): s.sendto(vni + frame, ("10.77.100.1", 4789))
        """#
      let sent = try KernelTestSupport.run("python3", "-c", forger)
      // They have passed by when this one has.
      let ping = try cluster.ping(2, from: "c2", to: "10.0.0.2")
      let after = try cluster.output(1, counter)

      #expect(sent.status == 0, "\(sent)")
      #expect(ping == 1)
      #expect((Int(after.trimmed) ?? 0) - (Int(before.trimmed) ?? 0) < 10, "\(before) \(after)")
    }
  }
}

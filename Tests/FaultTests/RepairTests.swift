import CommandLineTestSupport
import Glibc
import KernelTestSupport
import LinuxSystem
import Testing

/// What somebody else did to the kernel or the files is found, named and mended.
@Suite(.enabled(if: Interposer.problem == nil, "\(Interposer.problem ?? "")"))
struct RepairTests {
  /// A script for the host, in which `$bridge` and `$veth` are those of network n and container c.
  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: String
    /// What `verify` says of it.
    let finding: String

    init(_ description: String, _ script: String, _ finding: String) {
      testDescription = description
      self.script = script
      self.finding = finding
    }
  }

  static let all = [
    Damage("bridge deleted", "ip link delete $bridge", "is missing"),
    Damage("bridge renamed", "ip link set $bridge name other", "has been renamed to other"),
    Damage("bridge down", "ip link set $bridge down", "is down"),
    Damage("bridge's MTU", "ip link set $bridge mtu 1300", "has MTU 1300 instead of 1400"),
    Damage(
      "bridge's MAC address", "ip link set $bridge address 02:00:00:00:00:01",
      "has hardware address 02:00:00:00:00:01 instead of 02:42:ac:12:00:01"),
    Damage("address removed", "ip address flush dev $bridge", "lacks its address"),
    Damage("port taken out", "ip link set $veth nomaster", "is not a port of bridge"),
    Damage(
      "port that learns", "bridge link set dev $veth learning on",
      "is not restricted to 02:42:ac:12:00:02"),
    Damage(
      "port's address removed", "bridge fdb delete 02:42:ac:12:00:02 dev $veth master",
      "is not restricted to 02:42:ac:12:00:02"),
    Damage(
      "redirects", "sysctl -qw net.ipv4.conf.$bridge.accept_redirects=1",
      "accept_redirects is 1 instead of 0"),
    Damage("host end renamed", "ip link set $veth name other", "has been renamed to other"),
    Damage("host end down", "ip link set $veth down", "is down"),
    Damage("host end's MTU", "ip link set $veth mtu 1300", "has MTU 1300 instead of 1400"),
    Damage(
      "container's end's MTU", "$inside ip link set eth0 mtu 1500",
      "link eth0 in its container has MTU 1500 instead of 1400"),
    Damage(
      "container's MAC address", "$inside ip link set eth0 address 02:00:00:00:00:01",
      "link eth0 in its container has hardware address 02:00:00:00:00:01 instead of 02:42:ac:12:00:02"
    ),
    Damage(
      "container's end renamed", "$inside ip link set eth0 name eth9", "has been renamed to eth9"),
    Damage("container's end down", "$inside ip link set eth0 down", "is down"),
    Damage(
      "container's address removed", "$inside ip address flush dev eth0", "lacks its address"),
    Damage("default route removed", "$inside ip route del default", "has no default route"),
    Damage("forwarding off", "sysctl -qw net.ipv4.ip_forward=0", "does not forward IPv4"),
    Damage(
      "bridge does not forward", "sysctl -qw net.ipv4.conf.$bridge.forwarding=0",
      "net/ipv4/conf/"),
    Damage(
      "loopback route removed", "ip -6 route del local ::1 dev $bridge table local",
      "cannot reach ports published behind"),
    Damage(
      "IPv6 off in the container", "$inside sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1",
      "lacks its address"),
    Damage("ruleset flushed", "nft flush ruleset", "are missing or modified"),
    Damage("rules flushed", "nft flush table inet netctl", "are missing or modified"),
    Damage(
      "set flushed", "nft flush set inet netctl bridges", "lack an element: bridges"),
    Damage(
      "chain flushed", "nft flush chain inet netctl input",
      "tables are missing or modified"),
    Damage(
      "rule deleted",
      "nft delete rule inet netctl postrouting handle "
        + "$(nft -a list chain inet netctl postrouting | sed -n 's/.*masquerade # handle //p')",
      "tables are missing or modified"),
    Damage(
      "rule replaced",
      "nft replace rule inet netctl postrouting handle "
        + "$(nft -a list chain inet netctl postrouting | sed -n 's/.*masquerade # handle //p') accept",
      "tables are missing or modified"),
    Damage(
      "policy changed", "nft add chain inet netctl forward '{ policy drop; }'",
      "tables are missing or modified"),
    Damage(
      "table switched off", "nft add table inet netctl '{ flags dormant; }'",
      "tables are missing or modified"),
    Damage("bridge's table deleted", "nft delete table bridge netctl", "are missing or modified"),
    Damage("ARP table deleted", "nft delete table arp netctl", "are missing or modified"),
    Damage(
      "ports' chain flushed", "nft flush chain bridge netctl packets4", "are missing or modified"),
    Damage("ports flushed", "nft flush set bridge netctl ports", "lack an element: ports veth"),
    Damage("owners flushed", "nft flush set bridge netctl own4", "lack an element: own veth"),
    Damage(
      "neighbours flushed", "nft flush set arp netctl neighbors4",
      "lack an element: neighbors br-"),
    Damage(
      "port added", "nft add element bridge netctl ports '{ gone0 }'",
      "have an element that no network needs: ports gone0"),
    Damage(
      "element deleted", "nft delete element inet netctl allow '{ '$bridge' . '$bridge' }'",
      "lack an element: allow"),
    Damage(
      "element added", "nft add element inet netctl bridges '{ gone0 }'",
      "have an element that no network needs: bridges"),
    Damage(
      "strange element",
      "nft add element inet netctl ingress '{ ipv4 . \"x/y\" : drop }'", "that netctl did not add"),
    Damage(
      "map flushed", "nft flush map inet netctl dnat4any", "lack an element: dnat 0.0.0.0 8080/tcp"
    ),
  ]

  @Test(arguments: all)
  func damageIsNamedAndMended(_ damage: Damage) throws {
    try Host.withConnection { host in try checkMending(of: damage, on: host) }
  }

  private func checkMending(of damage: Damage, on host: Host) throws {
    let before = try host.picture()
    let quiet = try host.netctl("verify")
    try host.run(script: damage.script)

    let verified = try host.netctl("verify")
    let reloaded = try host.netctl("reload")
    let after = try host.picture()
    let again = try host.netctl("verify")

    #expect(quiet.status == 0, "\(quiet)")
    #expect(verified.status == 1)
    #expect(verified.output.contains(damage.finding), "\(verified)")
    #expect(reloaded.status == 0, "\(reloaded)")
    #expect(after.difference(from: before) == [])
    #expect(again.status == 0, "\(again)")
  }

  /// The same of an interface on a link of the host.
  static let onParent = [
    Damage("interface deleted", "$inside ip link delete eth0", "eth0 in its container is gone"),
    Damage("interface renamed", "$inside ip link set eth0 name eth9", "has been renamed to eth9"),
    Damage("interface down", "$inside ip link set eth0 down", "is down"),
    Damage(
      "interface's MTU", "$inside ip link set eth0 mtu 1300",
      "link eth0 in its container has MTU 1300 instead of 1400"),
    Damage(
      "interface's MAC address", "$inside ip link set eth0 address 02:00:00:00:00:01",
      "has hardware address 02:00:00:00:00:01 instead of 02:42:c0:00:02:02"),
    Damage("address removed", "$inside ip address flush dev eth0", "lacks its address"),
    Damage("default route removed", "$inside ip route del default", "has no default route"),
    Damage(
      "parent deleted and made again",
      "ip link delete eth7; ip link add eth7 type veth peer name peer7; ip link set eth7 up; "
        + "ip link set peer7 up",
      "eth0 in its container is gone"),
  ]

  @Test(arguments: onParent)
  func damageOfAnInterfaceOnAParentIsNamedAndMended(_ damage: Damage) throws {
    try Host.withParent { host in try checkMending(of: damage, on: host) }
  }

  @Test func lostParentIsNamed() throws {
    try Host.withParent { host in
      let files = host.files()
      try host.run(script: "ip link delete eth7")

      let verified = try host.netctl("verify")
      let reloaded = try host.netctl("reload")
      let connected = try host.netctl("connect n {d}")

      #expect(verified.status == 1 && verified.output.contains("has no link eth7"), "\(verified)")
      for result in [reloaded, connected] {
        #expect(result.status == 1, "\(result)")
        #expect(result.errors.contains("was not found on the host: eth7"), "\(result)")
      }
      #expect(host.files() == files)
      #expect(try host.netctl("disconnect n {c}").status == 0)
      #expect(try host.netctl("rm n").status == 0)
    }
  }

  @Test(arguments: all)
  func damagedNetworkCanBeLeftAndRemoved(_ damage: Damage) throws {
    try Host.with { host in
      try host.netctl("create m")
      let before = try host.picture()
      try host.netctl("create n")
      try host.netctl("connect -p 8080:80 n {c}")
      try host.run(script: damage.script)

      for command in ["unpublish {c} 80", "disconnect n {c}", "rm n"] {
        let result = try host.netctl(command)
        // A host end that is not found under its name counts as gone.
        let isGone =
          result.errors.contains("is not connected") || result.errors.contains("published")
        #expect(result.status == 0 || isGone, "\(command): \(result)")
      }
      try host.netctl("reload")

      let after = try host.picture()
      #expect(after.difference(from: before) == [])
    }
  }

  /// Two that have exchanged their names cannot be given them back one after the other.
  @Test(arguments: [
    "$inside sh -c 'ip link set eth0 name x; ip link set eth1 name eth0; ip link set x name eth1'",
    """
    $inside sh -c 'ip link set eth0 name x; ip link set eth1 name eth0; ip link set eth2 name eth1;
      ip link set x name eth2'
    """,
    "$inside sh -c 'ip link set eth1 name x; ip link set eth0 name eth1'",
    """
    other=$(ls -d /sys/class/net/veth* | grep -v $veth | head -n 1 | xargs basename)
    ip link set $veth name x; ip link set $other name $veth; ip link set x name $other
    """,
    """
    other=$(ls -d /sys/class/net/br-* | grep -v $bridge | head -n 1 | xargs basename)
    ip link set $bridge name x; ip link set $other name $bridge; ip link set x name $other
    """,
  ])
  func exchangedNamesAreGivenBack(_ script: String) throws {
    try Host.withConnection { host in
      for command in ["create m", "connect m {c}", "create --internal o", "connect o {c}"] {
        try host.netctl(command)
      }
      let before = try host.picture()
      try host.run(script: script)

      let verified = try host.netctl("verify")
      let reloaded = try host.netctl("reload n")
      let after = try host.picture()
      let rest = try host.netctl("reload")
      let again = try host.netctl("verify")

      #expect(verified.output.contains("has been renamed to"), "\(verified)")
      #expect(reloaded.status == 0 && rest.status == 0, "\(reloaded) \(rest)")
      #expect(after.difference(from: before) == [])
      #expect(again.status == 0, "\(again)")
    }
  }

  @Test(.enabled(if: showsBridgedFrames, "needs the kernel's module br_netfilter"))
  func portThatSendsNothingBackIsNamedWhereTheFirewallSeesBridgedFrames() throws {
    try Host.withConnection { host in
      let mode = { try host.output("bridge -d link show dev $veth | grep -o 'hairpin o[nf]*'") }
      let call = "sysctl -qw net.bridge.bridge-nf-call-iptables="
      try host.run(script: "\(call)0; sysctl -qw net.bridge.bridge-nf-call-ip6tables=0")
      try host.run(script: "bridge link set dev $veth hairpin off")
      let unseen = try host.netctl("verify")
      try host.run(script: "\(call)1")

      let verified = try host.netctl("verify")
      let reloaded = try host.netctl("reload n")
      let again = try host.netctl("verify")

      #expect(unseen.status == 0 && unseen.output == "", "\(unseen)")
      #expect(verified.status == 1 && verified.output.contains("hairpin mode"), "\(verified)")
      #expect(reloaded.status == 0 && again.status == 0, "\(reloaded) \(again)")
      #expect(try mode() == "hairpin on\n")
    }
  }

  @Test(.enabled(if: showsBridgedFrames, "needs the kernel's module br_netfilter"))
  func answersThatTheFirewallTakesForStrangeAreToldOf() throws {
    try Host.withConnection { host in
      try host.run(script: "sysctl -qw net.bridge.bridge-nf-call-ip6tables=1")

      let verified = try host.netctl("verify")

      #expect(verified.status == 0 && verified.output.contains("ping of ff02::1"), "\(verified)")
    }
  }

  /// What the administrator may change as he likes.
  static let liberties = [
    "ip link set $bridge type bridge stp_state 1 ageing_time 100 mcast_snooping 0",
    "ip link set $bridge txqueuelen 100; ip link set $veth txqueuelen 100",
    "ip link set $veth address 02:00:00:00:00:07",
    "ip address add 192.0.2.1/24 dev $bridge; $inside ip address add 192.0.2.2/24 dev eth0",
    "$inside ip route add 192.0.2.0/24 via 172.18.0.1",
    "$inside ip route replace default via 172.18.0.9",
    "$inside sysctl -qw net.ipv4.conf.eth0.rp_filter=1",
    "nft add rule inet netctl admin tcp dport '{ 22, 25 }' counter drop",
    "nft add chain inet netctl mine; nft add rule inet netctl admin jump mine",
    "nft add table inet other",
  ]

  @Test(arguments: liberties)
  func whatTheAdministratorMayChangeIsLeftAlone(_ change: String) throws {
    try Host.withConnection { host in
      let links = {
        try host.output(
          "for at in '' \"$inside\"; do $at ip -d link; $at ip -brief address; $at ip route; done | "
            + "sed 's/[a-z_]*timer *[0-9.]*//g'")
      }
      try host.run(script: change)
      let before = try links()

      let verified = try host.netctl("verify")
      let reloaded = try host.netctl("reload")

      #expect(verified.status == 0, "\(verified)")
      #expect(reloaded.status == 0, "\(reloaded)")
      #expect(try links() == before)
    }
  }

  @Test func mtuOfANetworkWithoutOneIsLeftAlone() throws {
    try Host.with { host in
      for command in ["create n", "connect n {c}"] { try host.netctl(command) }
      try host.run(script: "ip link set $bridge mtu 1400; $inside ip link set eth0 mtu 1300")

      let verified = try host.netctl("verify")

      #expect(verified.status == 0, "\(verified)")
    }
  }

  @Test func nobodyIsToldLiesInAnotherNamespace() throws {
    try Host.withConnection { host in
      for command in ["verify", "verify n", "inspect n", "port", "graph", "disconnect n {c}"] {
        let process = try host.start(["nsenter", "--net=\(host.containers[1].path)"], command)
        process.finishInput()
        let result = process.end()

        #expect(result.status == 1, "\(command): \(result)")
        #expect(result.errors.contains("belong to another network namespace"), "\(result)")
      }
      #expect(try host.netctl("verify").status == 0)
    }
  }

  @Test func firewallIsMendedOnAReadOnlyDisk() throws {
    try Host.withConnection { host in
      let before = try host.picture()
      try host.run(script: "nft flush ruleset")
      let process = try host.start(
        [
          "unshare", "-m", "sh", "-c",
          "mount --bind $0 $0 && mount -o remount,bind,ro $0 && exec \"$@\"", host.statePath,
        ], "reload")
      process.finishInput()
      let result = process.end()

      #expect(result.status == 0, "\(result)")
      #expect(try host.picture().difference(from: before) == [])
    }
  }

  @Test func linksAreNotTouchedThatAreRight() throws {
    try Host.withConnection { host in
      let indexes = { try host.output("ip -brief link | sort; cat /sys/class/net/*/ifindex") }
      let before = try indexes()
      try host.run(script: "nft flush ruleset")

      try host.netctl("reload")

      #expect(try indexes() == before)
    }
  }

  @Test func connectionOfADeletedLinkIsForgotten() throws {
    try Host.withConnection { host in
      try host.run(script: "ip link delete $veth")

      let verified = try host.netctl("verify")
      let reloaded = try host.netctl("reload")
      let again = try host.netctl("verify")
      let removed = try host.netctl("rm n")

      #expect(verified.output.contains("is gone"), "\(verified)")
      #expect(reloaded.status == 0 && again.status == 0, "\(reloaded) \(again)")
      #expect(removed.status == 0, "\(removed)")
    }
  }

  @Test func linkOfSomebodyElseWithTheNameOfABridgeIsLeftAlone() throws {
    try Host.withConnection { host in
      try host.run(script: "ip link delete $bridge; ip link add $bridge type veth peer name other")

      let verified = try host.netctl("verify")
      let reloaded = try host.netctl("reload")
      let removals = [try host.netctl("disconnect n {c}"), try host.netctl("rm n")]

      #expect(verified.output.contains("is not a bridge"), "\(verified)")
      #expect(reloaded.status == 1)
      #expect(reloaded.errors.contains("is not a bridge"), "\(reloaded)")
      for removal in removals { #expect(removal.status == 0, "\(removal)") }
      #expect(try host.output("ip -brief link show other").contains("other"))
    }
  }

  @Test func linkOfSomebodyElseWithTheNameOfAnEndpointIsLeftAlone() throws {
    try Host.withConnection { host in
      let link = try host.output("echo -n $veth")
      try host.run(script: "ip link delete \(link); ip link add \(link) type bridge")
      let index = { try host.output("cat /sys/class/net/\(link)/ifindex") }
      let before = try index()

      let verified = try host.netctl("verify")
      let others = [
        try host.netctl("reload"), try host.netctl("connect n {c}"),
        try host.netctl("disconnect n {c}"), try host.netctl("rm n"),
      ]

      #expect(verified.output.contains("is gone"), "\(verified)")
      for other in others { #expect(other.status == 0, "\(other)") }
      #expect(try index() == before)
    }
  }

  /// What a disk or a hand does to a file of the state directory, as a script with the file in
  /// `$file`.
  static let fileDamages = [
    "truncate -s 20 $file", "truncate -s 0 $file", "rm $file; mkdir $file",
    "rm $file; ln -s nowhere $file",
  ]

  @Test(arguments: fileDamages)
  func recordsOfOneContainerDoNotKeepOthersFromWorking(_ damage: String) throws {
    try Host.withConnection { host in
      try host.netctl("create good")
      let path = try host.output("echo -n $state/containers/*/ports.json")
      let file = String(path.dropFirst(host.statePath.count + 1))
      try host.run(script: "file=\(path); cp $file $file.whole; \(damage)")

      let verified = try host.netctl("verify")
      let others = [
        try host.netctl("connect good {d}"), try host.netctl("inspect good"),
        try host.netctl("disconnect good {d}"), try host.netctl("rm good"),
      ]
      try host.run(script: "rm -r \(path); mv \(path).whole \(path)")
      let mended = try host.netctl("verify")

      #expect(verified.status == 1)
      #expect((verified.output + verified.errors).contains(file), "\(verified)")
      for other in others { #expect(other.status == 0, "\(other)") }
      #expect(mended.status == 0, "\(mended)")
    }
  }

  @Test(
    arguments: ["containers/*/ports.json", "networks/$id.json", "endpoints/$id/*.json"], fileDamages
  )
  func whatADamagedFileSaysStaysInTheKernel(_ pattern: String, _ damage: String) throws {
    try Host.withConnection { host in
      try host.netctl("create good")
      let path = try host.output("echo -n $state/\(pattern)")
      // The kernel notices a while after its creation that a bridge without ports has no carrier.
      let kernel = {
        try host.output(
          """
          nft list ruleset
          ip -brief link | sed 's/ UNKNOWN / DOWN /; s/NO-CARRIER,//; s/  */ /g'
          ip route | sed 's/ linkdown//'
          """)
      }
      let before = try kernel()
      try host.run(script: "file=\(path); \(damage)")

      let verified = try host.netctl("verify")
      let reloaded = try host.netctl("reload")
      let named = try host.netctl("reload good")

      #expect(verified.status == 1 && verified.output.contains(path), "\(verified)")
      #expect(!verified.output.contains("no network needs"), "\(verified)")
      #expect(reloaded.status == 1 && reloaded.errors.contains(path), "\(reloaded)")
      #expect(named.status == 0 && named.errors == "", "\(named)")
      #expect(try kernel() == before)
    }
  }

  @Test(arguments: ["endpoints", "leases"], fileDamages)
  func damagedFileDoesNotKeepOtherNetworksFromBeingMended(
    _ folder: String, _ damage: String
  ) throws {
    try Host.withConnection { host in
      for command in ["create good", "connect good {d}"] { try host.netctl(command) }
      let path = try host.output("find $state/\(folder) -path \"*$id*\" -name '*.json'")
        .trimmingNewline()
      let file = String(path.dropFirst(host.statePath.count + 1))
      let bridges = { try host.output("ip -brief link show type bridge | cut -d' ' -f1 | sort") }
      let before = try bridges()
      try host.run(
        script: """
          file=\(path); cp $file $file.whole; \(damage)
          $inside ip link delete eth0; nft flush ruleset
          for bridge in $(ip -brief link show type bridge | cut -d' ' -f1); do
            ip link delete $bridge
          done
          """)

      let reloaded = try host.netctl("reload")
      let restored = try bridges()
      let others = [try host.netctl("reload good"), try host.netctl("disconnect good {d}")]
      try host.run(script: "rm -r \(path); mv \(path).whole \(path)")
      try host.netctl("reload")
      let mended = try host.netctl("verify")

      #expect(reloaded.status == 1 && reloaded.errors.contains(file), "\(reloaded)")
      #expect(restored == before)
      for other in others { #expect(other.status == 0, "\(other)") }
      #expect(mended.status == 0, "\(mended)")
    }
  }

  @Test(arguments: fileDamages)
  func damagedRecordOfTheHostIsNamedAndMadeAnewOnceRemoved(_ damage: String) throws {
    try Host.withConnection { host in
      try host.run(script: "file=$state/host.json; \(damage)")

      let listed = try host.netctl("ls -q")
      let verified = try host.netctl("verify")
      let refused = try host.netctl("create m")
      try host.run(script: "rm -r $state/host.json")
      let created = try host.netctl("create m")
      let mended = try host.netctl("verify")

      #expect(listed.status == 1 && listed.output.split(separator: "\n").count == 4)
      #expect(listed.errors.contains("\(host.statePath)/host.json"), "\(listed)")
      #expect(verified.status == 1)
      #expect(verified.output.contains("\(host.statePath)/host.json"), "\(verified)")
      #expect(refused.status == 1 && refused.errors.contains("host.json"), "\(refused)")
      #expect(created.status == 0, "\(created)")
      #expect(mended.status == 0, "\(mended)")
    }
  }

  @Test func copyOfANetworkIsNamedAndNotTakenForOne() throws {
    try Host.withConnection { host in
      let copy = "networks/\(String(repeating: "e", count: 64)).json"
      try host.run(script: "cp $state/networks/$id.json $state/\(copy)")

      let (listed, verified) = (try host.netctl("ls"), try host.netctl("verify"))
      let disconnected = try host.netctl("disconnect n {c}")
      let removed = try host.netctl("rm n")
      try host.run(script: "rm $state/\(copy)")

      #expect(listed.errors.contains(copy), "\(listed)")
      #expect(verified.output.contains(copy), "\(verified)")
      #expect(disconnected.status == 0 && removed.status == 0, "\(disconnected) \(removed)")
      #expect(try host.netctl("verify").status == 0)
    }
  }

  /// What a file that is made from documents says when it comes from a backup, or they do.
  static let stalenesses = [
    Damage(
      "leases of another time",
      "echo '{\"schema\":2,\"subnets\":[{\"subnet\":\"172.18.0.0/16\","
        + "\"taken\":\"0-1,65535\"},{\"subnet\":\"'$subnet6'\",\"taken\":\"0-2\"}]}' >$state/leases/$id.json",
      "address 172.18.0.2 is in use but not leased"),
    Damage(
      "address of nobody", "sed -i s/0-2,65535/0-3,65535/ $state/leases/$id.json",
      "1 address is leased but not in use"),
    Damage(
      "leases of other subnets", "sed -i s/172.18.0.0/172.19.0.0/ $state/leases/$id.json",
      "its leases are for different subnets"),
    Damage(
      "membership gone", "rm $state/containers/*/$id.*", "is connected but missing from the index"),
    Damage(
      "membership of nothing",
      "cd $state/containers/*; touch $id.$(echo $id | tr 0-9a-f a-f0-9)",
      "refers to a connection that does not exist"),
    Damage(
      "marker gone", "rm $state/ports/tcp-8080-0.0.0.0-80-*",
      "port 8080/tcp of 0.0.0.0 is not reserved"
    ),
    Damage(
      "marker of nothing",
      "cd $state/ports; touch tcp-9090-0.0.0.0-90-$(ls | sed -n '1s/.*-//p')",
      "port 9090/tcp of 0.0.0.0 is reserved for"),
  ]

  @Test(arguments: stalenesses)
  func whatIsStaleIsNamedAndMended(_ staleness: Damage) throws {
    try Host.withConnection { host in
      let before = try host.picture()
      try host.run(script: staleness.script)

      let verified = try host.netctl("verify")
      let reloaded = try host.netctl("reload")
      let after = try host.picture()
      let again = try host.netctl("verify")

      #expect(verified.status == 1)
      #expect(verified.output.contains(staleness.finding), "\(verified)")
      #expect(reloaded.status == 0, "\(reloaded)")
      #expect(after.difference(from: before) == [])
      #expect(again.status == 0, "\(again)")
    }
  }

  @Test func editedNetworkIsCarriedOutByReload() throws {
    try Host.with { host in
      try host.netctl("create --subnet 10.9.0.0/24 n")
      try host.run(script: "sed -i 's/10[.]9[.]/10.7./g; s/\"n\"/\"x\"/' $state/networks/$id.json")

      let verified = try host.netctl("verify")
      let reloaded = try host.netctl("reload")
      let again = try host.netctl("verify")
      let collided = try host.netctl("create --subnet 10.7.0.0/24 other")
      let connected = try host.netctl("connect x {c}")

      #expect(
        verified.output.contains("network x: its leases are for different subnets"), "\(verified)")
      #expect(reloaded.status == 0 && again.status == 0, "\(reloaded) \(again)")
      #expect(collided.errors.contains("Pool overlaps"), "\(collided)")
      #expect(connected.status == 0, "\(connected)")
      let address = try host.inside(host.containers[0]) {
        try ChildProcess.run(["ip", "-brief", "-4", "address", "show", "eth0"]).output
      }
      #expect(address.contains("10.7.0.2/24"))
    }
  }

  @Test func editedNetworkDoesNotGetAddressesOfAnother() throws {
    try Host.with { host in
      try host.netctl("create --subnet 10.7.0.0/16 other")
      try host.netctl("create --subnet 10.9.0.0/24 n")
      try host.run(script: "sed -i 's/10[.]9[.]/10.7./g' $(grep -l 10.9 $state/networks/*)")

      let reloaded = try host.netctl("reload")

      #expect(reloaded.status == 1 && reloaded.errors.contains("Pool overlaps"), "\(reloaded)")
      let addresses = try host.output("ip -brief -4 address show type bridge")
      #expect(addresses.contains("10.9.0.1/24") && !addresses.contains("10.7.0.1/24"))
    }
  }

  @Test func copyWithAnIdentityOfItsOwnIsNamedAndNotMade() throws {
    try Host.withConnection { host in
      let before = try host.picture()
      let copy = String(repeating: "0", count: 64)
      try host.run(
        script: "sed s/$id/\(copy)/ $state/networks/$id.json >$state/networks/\(copy).json")

      let verified = try host.netctl("verify")
      let reloaded = try host.netctl("reload")
      let bridges = try host.output("ip -brief link show type bridge")
      try host.run(script: "rm $state/networks/\(copy).json")
      let mended = try host.netctl("reload")

      #expect(verified.output.contains(") have the same name; remove one of them"), "\(verified)")
      #expect(verified.output.contains("have overlapping subnets, 172.18.0.0/16"), "\(verified)")
      #expect(
        verified.output.contains(
          "bridge br-000000000000 is missing; its containers have no network; netctl network reload "
            + "fixes it once no other network has its addresses"), "\(verified)")
      #expect(reloaded.status == 1 && reloaded.errors.contains("Pool overlaps"), "\(reloaded)")
      #expect(!bridges.contains("br-0000"))
      #expect(mended.status == 0, "\(mended)")
      #expect(try host.picture().difference(from: before) == [])
      #expect(try host.netctl("verify").status == 0)
    }
  }

  @Test(arguments: ["leases", "endpoints", "containers", "ports", "unfinished"])
  func missingFolderIsMadeAnew(_ folder: String) throws {
    try Host.with { host in
      try host.netctl("create n")
      try host.run(script: "rm -r $state/\(folder)")

      let results = [
        try host.netctl("verify"), try host.netctl("connect -p 8080:80 n {c}"),
        try host.netctl("disconnect n {c}"), try host.netctl("rm n"), try host.netctl("create n"),
      ]

      for result in results { #expect(result.status == 0, "\(result)") }
    }
  }

  @Test(arguments: ["", "{", "garbage", "[]", #"{"schema":3}"#])
  func damagedFilesAreNamedAndOthersGoOn(_ contents: String) throws {
    try Host.withConnection { host in
      try host.netctl("create good")
      for folder in ["networks", "leases", "endpoints"] {
        let files = try host.output("find $state/\(folder) -path \"*$id*\" -name '*.json'")
        let path = try #require(files.split(separator: "\n").first.map(String.init))
        let file = String(path.dropFirst(host.statePath.count + 1))
        let whole = readFile(path)
        writeFile(path, contents.utf8)

        let listed = try host.netctl("ls")
        let verified = try host.netctl("verify")
        let others = [
          try host.netctl("connect good {d}"), try host.netctl("inspect good"),
          try host.netctl("disconnect good {d}"),
        ]

        #expect(verified.status == 1)
        #expect(verified.output.contains(file), "\(file): \(verified)")
        if folder == "networks" { #expect(listed.errors.contains(file), "\(listed)") }
        #expect(listed.output.contains("good"))
        for other in others { #expect(other.status == 0, "\(file): \(other)") }
        #expect(readFile(path) == Array(contents.utf8))
        writeFile(path, whole)
      }
      #expect(try host.netctl("verify").status == 0)
    }
  }

  @Test func verboseInspectionShowsWhatIsAttached() throws {
    try Host.withConnection { host in
      let format =
        "{{range.Containers}}{{.HostLink}},{{.Namespace}},{{.Phase}},{{.Ports}}{{end}}{{.Differences}}"
      let inspect = { try host.netctl("inspect -v -f \(format) n").output }
      let link = try host.output("echo -n $veth")
      let place = host.containers[0].path

      let whole = try inspect()
      try host.run(script: "ip link set $bridge down")
      let down = try inspect()
      try host.run(script: "ip link set $bridge up; ip link delete $veth")
      let vanished = try inspect()

      #expect(whole == "\(link),\(place),attached,[80/tcp -> 0.0.0.0:8080 80/tcp -> [::]:8080][]\n")
      #expect(down.hasPrefix(whole.dropLast(3)) && down.hasSuffix("is down]\n"), "\(down)")
      #expect(vanished.hasPrefix("\(link),\(place),vanished,[]"), "\(vanished)")
    }
  }

  @Test func removedLeasesAreMadeAnew() throws {
    try Host.withConnection { host in
      let file = try host.output("ls $state/leases/*$id*").trimmingNewline()
      try host.run(script: "rm \(file)")

      try host.netctl("connect n {d}")

      let addresses = try host.containers.map { container in
        try host.inside(container) { try host.output("ip -brief -4 address show eth0") }
      }
      #expect(addresses[0].contains("172.18.0.2/16"))
      #expect(addresses[1].contains("172.18.0.3/16"))
    }
  }
}

private let showsBridgedFrames = access("/proc/sys/net/bridge", F_OK) == 0

extension Host {
  /// A host with a network n, on which container c publishes a port.
  static func withConnection(_ body: (Host) throws -> Void) throws {
    try with { host in
      let mtu = "-o com.docker.network.driver.mtu=1400"
      for command in ["create --ipv6 \(mtu) n", "connect -p 8080:80 n {c}"] {
        let result = try host.netctl(command)
        #expect(result.status == 0, "\(result)")
      }
      try body(host)
    }
  }

  /// The same for a network on the link eth7 of the host.
  fileprivate static func withParent(_ body: (Host) throws -> Void) throws {
    try with { host in
      try host.run(
        script: "ip link add eth7 type veth peer name peer7; ip link set eth7 up; "
          + "ip link set peer7 up")
      let options =
        "-d macvlan -o parent=eth7 -o com.docker.network.driver.mtu=1400 --subnet 192.0.2.0/24 "
        + "--gateway 192.0.2.1 --ipv6"
      for command in ["create \(options) n", "connect n {c}"] {
        let result = try host.netctl(command)
        #expect(result.status == 0, "\(result)")
      }
      try body(host)
    }
  }

  func output(_ script: String) throws -> String {
    let id = try netctl("ls --no-trunc -q --filter name=^n$").output.trimmingNewline()
    let variables = [
      "state=\(statePath)", "id=\(id)", "bridge=br-\(id.prefix(12))",
      "subnet6=$(grep -o 'fd[0-9a-f:]*/64' $state/networks/$id.json)",
      "inside='nsenter --net=\(containers[0].path)'",
      "veth=$(ip -brief link show type veth | head -n 1 | cut -d@ -f1)",
    ]
    return try ChildProcess.run(["sh", "-c", (variables + [script]).joined(separator: "\n")]).output
  }

  func run(script: String) throws {
    _ = try output(script)
  }
}

extension String {
  fileprivate func trimmingNewline() -> String {
    hasSuffix("\n") ? String(dropLast()) : self
  }
}

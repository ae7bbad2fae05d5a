import CommandLineTestSupport
import Testing

/// Keys of `daemon.json`, each by what it does: addresses, routes and packets of containers, and
/// the kernel's own listings.
@Suite(.enabled(if: ConfiguredHost.problem == nil, "\(ConfiguredHost.problem ?? "")"))
struct DaemonConfigurationTests {
  @Test func defaultNetworkFollows() throws {
    let output = try ConfiguredHost.output(
      containers: ["web"],
      """
      netctl network inspect -f '{{(index .IPAM.Config 0).Subnet}}' bridge
      conf '{"bip": "10.200.0.5/24", "fixed-cidr": "10.200.0.128/25",
        "default-gateway": "10.200.0.254", "mtu": 1400, "icc": false}'
      netctl network inspect -f '{{json .IPAM.Config}}' bridge
      netctl network connect bridge web
      ip -n web -br addr show dev eth0 | cut -d @ -f 1,2 --output-delimiter ' ' | awk '{ print $NF }'
      ip -n web route show default | tr -s ' '
      mtu docker0
      bridge -d link show master docker0 | grep -c 'isolated on'
      """)

    // Docker 28 shows the same configuration.
    #expect(
      output == """
        172.17.0.0/16
        [{"Subnet":"10.200.0.0/24","IPRange":"10.200.0.128/25","Gateway":"10.200.0.5",\
        "AuxiliaryAddresses":{"DefaultGatewayIPv4":"10.200.0.254"}}]
        10.200.0.128/24
        default via 10.200.0.254 dev eth0\u{20}
        1400
        1

        """)
  }

  @Test func changeIsRefusedWhileContainersAreConnected() throws {
    let output = try ConfiguredHost.output(
      containers: ["web", "db"],
      """
      netctl network connect bridge web
      conf '{"bip": "10.201.0.1/24"}'
      netctl network connect bridge db; echo $?
      netctl network reload; echo $?
      netctl network verify | grep -v ^note; echo $?
      netctl network create --subnet 10.9.0.0/24 blue | wc -c
      netctl network disconnect bridge web
      netctl network connect bridge db; echo $?
      ip -n db -br addr show dev eth0 | awk '{ print $3 }'
      netctl network verify | grep -v ^note
      """)

    let reason =
      "cannot change network bridge to match the configuration: it has active endpoints "
      + "(name:\"web\" id:\"ID\")"
    #expect(
      output.replacing(#/id:"[0-9a-f]{12}"/#, with: "id:\"ID\"") == """
        Error: \(reason)
        1
        Error: network bridge: \(reason)
        1
        \(reason)
        0
        Warning: \(reason)
        65
        Warning: \(reason)
        0
        10.201.0.2/24

        """)
  }

  @Test func defaultNetworkComesAndGoes() throws {
    let output = try ConfiguredHost.output(
      """
      netctl network ls --format '{{.Name}}' | tr '\\n' ' '
      conf '{"bridge": "none"}'
      netctl network ls --format '{{.Name}}' | tr '\\n' ' '
      netctl network inspect bridge
      netctl network create blue >/dev/null
      netctl network inspect -f '{{(index .IPAM.Config 0).Subnet}}' blue
      rm /etc/netctl/daemon.json
      netctl network ls --format '{{.Name}}' | tr '\\n' ' '
      netctl network verify | grep -v ^note
      """)

    #expect(
      output == """
        bridge host none host none []
        Error: network bridge not found
        172.17.0.0/16
        blue bridge host none\u{20}
        """)
  }

  @Test func bridgeOfAnAdministratorIsUsedAndKept() throws {
    let output = try ConfiguredHost.output(
      containers: ["web"],
      """
      conf '{"bridge": "lan0"}'
      netctl network connect bridge web
      ip link add lan0 type bridge && ip addr add 10.99.0.1/24 dev lan0 && ip link set lan0 up
      netctl network connect bridge web; echo $?
      ip netns exec web ping -q -c 1 10.99.0.1 | grep -c ' 0% packet loss'
      netctl network verify | grep -v ^note
      netctl network disconnect bridge web
      ip -br addr show dev lan0 | awk '{ print $3 }'
      """)

    #expect(
      output == """
        Error: /etc/netctl/daemon.json:1: bridge: bridge device with non default name lan0 must be \
        created manually
        0
        1
        10.99.0.1/24

        """)
  }

  @Test func defaultNetworkHasIPv6() throws {
    let output = try ConfiguredHost.output(
      containers: ["web"],
      """
      conf '{"ipv6": true, "bip6": "fd00:1::5/64", "fixed-cidr-v6": "fd00:1::100/120",
        "default-gateway-v6": "fd00:1::fe"}'
      netctl network inspect -f '{{range .IPAM.Config}}{{.Subnet}} {{end}}' bridge
      netctl network connect bridge web
      ip -n web -6 addr show dev eth0 scope global | awk '/inet6/ { print $2 }'
      ip -n web -6 route show default | awk '{ print $3 }'
      """)

    // A chosen subnet is shown before an automatic one, as by Docker 28.
    #expect(output == "fd00:1::/64 172.17.0.0/16 \nfd00:1::100/64\nfd00:1::fe\n")
  }

  @Test func newNetworksGetPoolsAndOptions() throws {
    let output = try ConfiguredHost.output(
      """
      ip link add up0 mtu 1420 type veth peer up1 && ip link set up1 up && ip link set up0 up
      ip addr add 192.0.2.1/24 dev up0 && ip route add default via 192.0.2.2
      conf '{"default-address-pools": [{"base": "10.77.3.0/16", "size": 24},
          {"base": "fd00:77::/48", "size": 64}],
        "default-network-opts": {"bridge": {"com.docker.network.driver.mtu": "auto",
          "com.docker.network.bridge.name": "lan7"}}}'
      netctl network create --ipv6 blue >/dev/null
      netctl network inspect -f '{{range .IPAM.Config}}{{.Subnet}} {{end}}{{json .Options}}' blue
      mtu lan7
      netctl network create -o com.docker.network.bridge.name=lan8 \\
        -o com.docker.network.driver.mtu=1300 red >/dev/null
      mtu lan8
      """)

    #expect(
      output == """
        10.77.1.0/24 fd00:77::/64 {"com.docker.network.bridge.name":"lan7",\
        "com.docker.network.driver.mtu":"1420"}
        1420
        1300

        """)
  }

  /// A line of the error, in the file, gives more.
  @Test func usedUpPoolsSayWhatGivesMore() throws {
    let output = try ConfiguredHost.output(
      """
      ip link add r0 type veth peer r1 && ip link set r0 up && ip addr add 10.0.0.1/12 dev r0
      for number in $(seq 30); do netctl network create n$number >/dev/null || echo $number; done
      netctl network create more
      echo "{$(netctl network create more 2>&1 | sed -n 's/.*gives more: //p')}" \\
        >/etc/netctl/daemon.json
      netctl network create more >/dev/null
      netctl network inspect -f '{{(index .IPAM.Config 0).Subnet}}' more
      """)

    #expect(
      output == """
        Error: all predefined address pools have been fully subnetted
        This in /etc/netctl/daemon.json gives more: \
        "default-address-pools": [{"base": "10.16.0.0/16", "size": 24}]
        10.16.1.0/24

        """)
  }

  @Test func membersOfTheGroupRead() throws {
    if let problem = TestEnvironment.problem(needing: "setpriv") { try Test.cancel("\(problem)") }
    let output = try ConfiguredHost.output(
      containers: ["web"],
      """
      as() { group=$1; shift; setpriv --reuid=4242 --regid=$group --clear-groups env HOME=/ \\
        $(command -v netctl) network "$@"; }
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null
      netctl network connect blue web
      as 4300 ls -f name=blue --format={{.Driver}} 2>&1 | cut -c 1-24
      conf '{"group": "4300"}'
      netctl network create --subnet 10.8.0.0/24 red >/dev/null
      as 4300 ls -f driver=bridge --format={{.Name}}
      as 4300 inspect -f '{{range .Containers}}{{.Name}} {{.IPv4Address}}{{end}}' blue
      as 4301 ls -f name=blue --format={{.Driver}} 2>&1 | cut -c 1-24
      as 4300 rm red 2>&1 | cut -c 1-24
      find /var/lib/netctl \\( -perm /007 -o -perm /020 -o ! -group 4300 \\) | wc -l
      conf '{}'
      as 4300 ls -q 2>&1 | head -c 1 | wc -c
      netctl network ls -q | wc -l
      find /var/lib/netctl -perm /077 | wc -l
      """)

    let refused = "Error: permission denied"
    #expect(
      output == """
        \(refused)
        blue
        bridge
        red
        web 10.9.0.2/24
        \(refused)
        \(refused)
        exit status 1
        0
        1
        5
        0

        """)
  }

  @Test func containersResolveTheHost() throws {
    let output = try ConfiguredHost.output(
      containers: ["web"],
      """
      netctl network create --subnet 10.9.0.0/24 blue >/dev/null
      conf '{"host-gateway-ips": ["10.9.0.1", "fd00::1"]}'
      netctl network connect blue web
      ip netns exec web getent ahostsv4 host.docker.internal | awk '{ print $1; exit }'
      ip netns exec web grep host.containers.internal /etc/hosts | awk '{ print $1 }'
      conf '{}'
      netctl network reload
      ip netns exec web getent ahosts host.docker.internal; echo $?
      """)

    #expect(output == "10.9.0.1\n10.9.0.1\nfd00::1\n2\n")
  }

  @Test func mistakesThatTheHostShowsAreNamedWithTheirPlace() throws {
    let output = try ConfiguredHost.output(
      containers: ["web"],
      """
      try() { conf "$1"; netctl network verify | grep -v ^note; }
      try '{"bridge": "lo"}'
      try '{
        "bridge": "nosuch"}'
      try '{"mtu": 1500,
        "default-gateway": "10.200.0.5"}'
      netctl network connect bridge web
      ip link add user0 type bridge
      ip address add 10.66.0.1/24 dev user0
      ip address add 10.66.1.1/24 dev user0
      ip link set user0 up
      try '{"bridge": "user0", "fixed-cidr": "10.66.1.128/25"}'
      netctl network connect bridge web
      ip -n web -br addr show dev eth0 | awk '{ print $3 }'
      """)

    let gateway =
      "/etc/netctl/daemon.json:2: default-gateway: auxiliary address: "
      + "(DefaultGatewayIPv4:10.200.0.5) must belong to the master pool: 172.17.0.0/16"
    #expect(
      output == """
        /etc/netctl/daemon.json:1: bridge: existing interface lo is not a bridge
        /etc/netctl/daemon.json:2: bridge: bridge device with non default name nosuch must be \
        created manually
        \(gateway)
        Error: \(gateway)
        10.66.1.128/24

        """)
  }

  @Test func mistakesAreRefused() throws {
    let output = try ConfiguredHost.output(
      """
      netctl network create blue >/dev/null
      conf '{
        "icc": 1,
        "mtuu": 1400}'
      netctl network rm blue; echo $?
      netctl network verify | grep -v ^note
      netctl system config | wc -l
      NETCTL_CONFIG=/etc/netctl/none netctl network ls; echo $?
      NETCTL_CONFIG=/dev/null netctl network ls -q >/dev/null; echo $?
      rm /etc/netctl/daemon.json
      netctl network ls --format {{.Name}} -f driver=bridge
      netctl system config --format '{{.Key}} {{.Value}} {{.Source}}' | grep -e ^bip -e ^mtu
      """)

    #expect(
      output == """
        Error: /etc/netctl/daemon.json:2: icc: 1 is not true or false
        /etc/netctl/daemon.json:3: unknown key "mtuu"; did you mean "mtu"?
        exit status 1
        1
        /etc/netctl/daemon.json:2: icc: 1 is not true or false
        /etc/netctl/daemon.json:3: unknown key "mtuu"; did you mean "mtu"?
        Error: /etc/netctl/daemon.json:2: icc: 1 is not true or false
        /etc/netctl/daemon.json:3: unknown key "mtuu"; did you mean "mtu"?
        0
        Error: cannot read /etc/netctl/none: No such file or directory
        1
        Error: cannot read /dev/null: No such device or address
        1
        blue
        bridge
        bip 172.17.0.1/16 automatic
        bip6  default
        mtu 1500 default

        """)
  }
}

/// What starts on a host of its own, with functions for scripts.
enum ConfiguredHost {
  static let problem =
    PrivateHost.problem ?? TestEnvironment.problem(needing: "bridge", "getent", "nft")

  /// What a script prints, on a host with these containers. `conf` writes the configuration, and
  /// `mtu` prints that of a link.
  static func output(containers: [String] = [], _ script: String) throws -> String {
    let functions = """
      conf() { printf '%s' "$1" >/etc/netctl/daemon.json; }
      mtu() { ip -o link show dev $1 | grep -o 'mtu [0-9]*' | cut -d ' ' -f 2; }

      """
    return try PrivateHost.open(containers: containers).run(script: functions + script).output
  }
}

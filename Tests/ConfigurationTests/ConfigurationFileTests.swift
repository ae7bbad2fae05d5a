import Configuration
import KernelModel
import OrderedJSON
import Testing

/// What a configuration file says, and what is wrong in it.
struct ConfigurationFileTests {
  private static let path = "/etc/netctl/daemon.json"

  /// The problems of a file with these contents, as they are shown.
  private func problems(_ text: String) -> [String] {
    let file = ConfigurationFile(path: Self.path, contents: Array(text.utf8))
    return file.problems.map { String($0.text(in: file.path).dropFirst(Self.path.utf8.count)) }
  }

  private func configuration(_ text: String) throws -> Configuration {
    let file = ConfigurationFile(path: Self.path, contents: Array(text.utf8))
    #expect(file.problems.isEmpty)
    return file.configuration
  }

  @Test(arguments: ["", " \n", "{}", "\u{feff}{}", "{\"bip\": \"\", \"mtu\": null}"])
  func nothingIsSet(_ text: String) throws {
    #expect(try configuration(text) == Configuration())
  }

  /// What Docker's own file may hold besides, whatever its value.
  @Test func dockersOtherKeysAreIgnored() throws {
    let text = """
      {
        "log-driver": "json-file", "log-opts": {"max-size": "10m"}, "live-restore": true,
        "registry-mirrors": [], "features": {"buildkit": true}, "userland-proxy": false,
        "containerd-plugins-namespace": "x", "insecure-registry": [], "label": ["a=b"],
        "runtimes": {"x": {"path": "/x"}}, "hosts": ["unix:///run/docker.sock"], "debug": 7
      }
      """
    #expect(try configuration(text) == Configuration())
  }

  private static let mistakes: [(text: String, problem: String)] = [
    ("[]", ":1: [] is not an object"),
    ("{\n  \"mtu\": 1400,\n}", ":3: not JSON at byte 17"),
    ("{\n  \"mtu\": 1,\n  \"mtu\": 2\n}", ":3: the key \"mtu\" is there twice"),
    ("{\n\n  \"bipp\": \"\"\n}", ":3: unknown key \"bipp\"; did you mean \"bip\" or \"bip6\"?"),
    ("{\"wholly-unknown\": 1}", ":1: unknown key \"wholly-unknown\""),
    (
      "{\"containerd-plugin-namespace\": \"x\"}",
      ":1: unknown key \"containerd-plugin-namespace\"; did you mean "
        + "\"containerd-plugins-namespace\"?"
    ),
    // Docker ignores it, too, but it looks as if it did something.
    ("{\"dns-opt\": []}", ":1: unknown key \"dns-opt\"; did you mean \"dns-opts\"?"),
    ("{\"icc\": \"yes\"}", ":1: icc: \"yes\" is not true or false"),
    ("{\"bip\": \"10.200.0.0/24\"}", Self.interface("\"10.200.0.0/24\"")),
    ("{\"bip\": \"fd00::1/64\"}", Self.interface("\"fd00::1/64\"")),
    ("{\"bip\": 5}", Self.interface("5")),
    ("{\"bip\": \"224.0.0.1/8\"}", Self.interface("\"224.0.0.1/8\"")),
    ("{\"bip\": \"127.0.0.1/8\"}", Self.interface("\"127.0.0.1/8\"")),
    ("{\"bip\": \"10.200.0.1/32\"}", Self.interface("\"10.200.0.1/32\"")),
    (
      "{\"fixed-cidr\": \"127.0.0.0/24\"}",
      ":1: fixed-cidr: \"127.0.0.0/24\" is not an IPv4 block, such as 10.200.0.0/24"
    ),
    (
      "{\"bip\": \"10.200.0.1/24\",\n\"default-gateway\": \"10.200.0.0\"}",
      ":2: default-gateway: 10.200.0.0 is not the address of a host in 10.200.0.0/24"
    ),
    (
      "{\"default-address-pools\": [{\"base\": \"fd00::/8\", \"size\": 64}]}",
      ":1: default-address-pools: it has no IPv4 block, which network bridge needs"
    ),
    (
      "{\"default-address-pools\": [{\"base\": \"10.0.0.0/16\", \"size\": 32}]}",
      ":1: default-address-pools[0].size: 32 is not the prefix length of subnets, each with a "
        + "gateway and a container"
    ),
    (
      "{\"default-address-pools\": [{\"base\": \"224.0.0.0/8\", \"size\": 24}]}",
      ":1: default-address-pools[0].base: \"224.0.0.0/8\" is not a block of addresses, such as "
        + "10.0.0.0/8"
    ),
    ("{\"dns\": true}", ":1: dns: true is not false or an array of IP addresses"),
    (
      "{\"bip\": \"10.1.0.1/24\", \"fixed-cidr\": \"10.2.0.0/25\"}",
      ":1: fixed-cidr: 10.2.0.0/25 is not in the subnet of bip"
    ),
    (
      "{\"fixed-cidr\": \"10.2.0.0/25\", \"default-gateway\": \"10.3.0.1\"}",
      ":1: default-gateway: 10.3.0.1 is not in the subnet of fixed-cidr"
    ),
    (
      "{\"fixed-cidr-v6\": \"fe80::/80\"}",
      ":1: fixed-cidr-v6: 'fe80::/80' clashes with the Link-Local prefix 'fe80::/64'"
    ),
    (
      "{\"bridge\": \"br0\", \"bip\": \"10.1.0.1/24\"}",
      ":1: bip: it cannot be set together with bridge"
    ),
    (
      "{\"icc\": false, \"iptables\": false}",
      ":1: icc: it cannot be set together with iptables"
    ),
    ("{\"mtu\": 67}", ":1: mtu: 67 is not a number of bytes from 68 to 65535, or \"auto\""),
    ("{\"bridge\": \"a/b\"}", ":1: bridge: \"a/b\" is not the name of a bridge, or \"none\""),
    (
      "{\"bridge-accept-fwmark\": \"x\"}",
      ":1: bridge-accept-fwmark: \"x\" is not a mark or a mark and a mask, such as 0x1/0x1"
    ),
    ("{\"group\": \"no-such-group\"}", ":1: group: \"no-such-group\" is not a group of this host"),
    ("{\n\"dns\": [\n\"x\"]}", ":3: dns[0]: \"x\" is not an IP address"),
    ("{\"dns\": 1}", ":1: dns: 1 is not false or an array of IP addresses"),
    ("{\"dns-search\": [\"a b\"]}", ":1: dns-search[0]: \"a b\" is not a word"),
    (
      "{\"default-address-pools\": [\n{\"base\": \"10.10.0.0/24\",\n\"size\": 16}]}",
      ":3: default-address-pools[0].size: 10.10.0.0/24 has a smaller prefix (/24) than the "
        + "target size of that pool (/16)"
    ),
    (
      "{\"default-address-pools\": [{\"base\": \"10.0.0.0/8\"}]}",
      ":1: default-address-pools[0]: {\"base\":\"10.0.0.0/8\"} is not a pool, such as "
        + "{\"base\": \"10.0.0.0/8\", \"size\": 24}"
    ),
    (
      "{\"default-address-pools\": [{\"base\": \"10.0.0.0/8\", \"size\": 24, \"siez\": 1}]}",
      ":1: unknown key \"default-address-pools[0].siez\"; did you mean \"size\"?"
    ),
    (
      "{\"default-network-opts\": {\"bridge\": {\"com.docker.network.driver.mtu\": \"big\"}}}",
      ":1: default-network-opts.bridge.com.docker.network.driver.mtu: \"big\" is not a value that "
        + "this option can have"
    ),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamed(_ text: String, _ problem: String) {
    #expect(problems(text) == [problem])
  }

  @Test(arguments: [
    "\"bridge\": \"none\"", "\"bridge\": \"br0\"", "\"bip\": \"10.1.0.1/24\"",
  ])
  func poolsOfOneFamilyAreEnough(_ member: String) throws {
    let pools = "\"default-address-pools\": [{\"base\": \"fd00::/8\", \"size\": 64}]"

    #expect(try configuration("{\(member), \(pools)}").localPools.isEmpty)
  }

  private static func interface(_ value: String) -> String {
    ":1: bip: \(value) is not the address of a bridge with the length of its subnet, such as "
      + "10.200.0.1/24"
  }

  /// Each in one run, so that a file is put right at once.
  @Test func allMistakesAreNamed() {
    #expect(problems("{\"icc\": 1,\n\"ip-masq\": 2,\n\"bippp\": 3}").count == 3)
  }

  @Test func numbersOfMarksAreGos() throws {
    for (text, value, mask) in [
      ("1", 1, UInt32.max), ("0x10/0xf0", 0x10, 0xf0), ("0b11", 3, .max), ("017/0xff", 15, 0xff),
    ] {
      let mark = try configuration("{\"bridge-accept-fwmark\": \"\(text)\"}").firewall.acceptedMark
      #expect(mark?.value == UInt32(value))
      #expect(mark?.mask == mask)
    }
  }

  /// Docker's defaults are the sum of all entries of an empty file.
  @Test func entriesTellWhereValuesComeFrom() {
    let text = "{\n\"mtu\": 1400,\n\"dns\": [\"192.0.2.1\"]\n}"
    let entries = ConfigurationFile(path: Self.path, contents: Array(text.utf8)).entries

    #expect(entries.first { $0.key == "mtu" }?.origin == .line(2))
    #expect(entries.first { $0.key == "dns" }?.value.text() == "[\"192.0.2.1\"]")
    #expect(entries.first { $0.key == "icc" }?.origin == .default)
    #expect(entries.first { $0.key == "icc" }?.value == true)
  }
}

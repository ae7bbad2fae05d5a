import Addressing
import Drivers
import KernelModel
import Testing

struct EndpointOptionsTests {
  private static let name = "com.docker.network.endpoint.ifname"
  private static let sysctls = "com.docker.network.endpoint.sysctls"

  @Test(arguments: [
    [:], ["foo": "bar"], [name: ""],
    ["com.docker.network.endpoint.macaddress": "nonsense"],
  ])
  func nothingIsAskedFor(_ given: [String: String]) throws {
    let options = try EndpointOptions(given)

    #expect(options.interfaceName == nil)
    #expect(options.sysctls(interface: "eth0").isEmpty)
  }

  @Test func nameIsRead() throws {
    #expect(try EndpointOptions([Self.name: "lan0"]).interfaceName?.description == "lan0")
  }

  @Test func sysctlsAreForTheEndpointsInterface() throws {
    let options = try EndpointOptions([
      Self.sysctls: "net.ipv4.conf.IFNAME.log_martians=1,net.ipv6.neigh.ifname.gc_stale_time=a=b"
        + ",net.mpls.conf.IFNAME.input="
    ])

    #expect(
      options.sysctls(interface: "eth0.10") == [
        Sysctl(SysctlKey(path: "net/ipv4/conf/eth0.10/log_martians"), "1"),
        Sysctl(SysctlKey(path: "net/ipv6/neigh/eth0.10/gc_stale_time"), "a=b"),
        Sysctl(SysctlKey(path: "net/mpls/conf/eth0.10/input"), ""),
      ])
  }

  @Test(arguments: [
    "", "x", "net.ipv4.conf.IFNAME.log_martians", "net.ipv4.conf.eth0.log_martians=1",
    "net.ipv4.ip_forward=1", "net.core.conf.IFNAME.x=1", "kernel.ipv4.conf.IFNAME.x=1",
    "net.ipv4..IFNAME.x=1", "net.ipv4.conf.IFNAME.=1", "net.ipv4.conf.IFNAME.a/b=1",
    "net.ipv4.conf.IFNAME.a.b=1", "=1", " net.ipv4.conf.IFNAME.x=1",
  ])
  func otherSysctlsAreRefused(_ entry: String) {
    #expect(throws: OptionError.sysctl(entry)) {
      try EndpointOptions([Self.sysctls: "net.ipv4.conf.IFNAME.log_martians=1," + entry])
    }
  }

  @Test(
    arguments: [
      ("a/b", .invalidCharacter), ("sixteen-bytes-16", .tooLong), (".", .reserved),
    ] as [(String, InterfaceNameError)])
  func badNameIsRefused(_ text: String, reason: InterfaceNameError) {
    #expect(throws: OptionError.interfaceName(key: Self.name, value: text, reason)) {
      try EndpointOptions([Self.name: text])
    }
  }
}

import Addressing
import KernelModel
import KernelTestSupport
import LinuxKernel
import LinuxSystem
import Testing

/// Announcements of endpoints on other hosts, as the kernel of a container takes them.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct AnnouncementTests {
  private static let network = """
    ip link add br0 address 02:00:00:00:00:01 type bridge && ip link set br0 up
    ip link add veth0 type veth peer name eth0 && ip link set veth0 master br0 up
    echo 0 >/proc/sys/net/ipv6/conf/eth0/accept_dad
    ip link set eth0 up
    ip address add 10.9.0.2/24 dev eth0 && ip address add fd09::2/64 dev eth0
    """

  @Test(arguments: ["10.9.0.9", "fd09::9"])
  func containerThatAsksLearnsTheAddress(_ address: String) throws {
    try withNamespace { _ in
      let prepared = try run("sh", "-c", Self.network)
      let asked = try run("ip", "neigh", "add", address, "dev", "eth0", "nud", "incomplete")
      let station = RemoteStation(
        mac: MACAddress("02:42:0a:09:00:09")!, addresses: [IPAddress(address)!],
        host: IPAddress("10.77.0.2"))

      try LinuxKernel().perform(.announceStation(station, bridge: "br0"))

      let neighbor = try run("ip", "neigh", "show", address).output
      #expect(prepared.status == 0 && asked.status == 0, "\(prepared) \(asked)")
      #expect(neighbor.contains("dev eth0 lladdr 02:42:0a:09:00:09"), "\(neighbor)")
    }
  }
}

import Glibc
import KernelTestSupport
import LinuxSystem

extension Lab {
  /// A neighbour of the host that sends everything to it.
  func makeOutside() throws -> Namespace {
    let outside = try makeNamespace()
    try join(
      outside, "up1", ["192.0.2.1/24", "2001:db8::1/64"],
      ["192.0.2.9/24", "2001:db8::9/64"])
    try outside.run("ip", "route", "add", "default", "via", "192.0.2.1")
    try outside.run("ip", "route", "add", "default", "via", "2001:db8::1")
    return outside
  }

  /// Joins a namespace to the host by a pair of links.
  func join(
    _ outside: Namespace, _ name: String, _ near: [String], _ far: [String]
  ) throws {
    let descriptor = "/proc/\(getpid())/fd/\(outside.handle.descriptor.rawValue)"
    try host.run("ip", "link", "add", name, "type", "veth", "peer", "name", "eth0")
    try host.run("ip", "link", "set", "eth0", "netns", descriptor)
    // What is forwarded waits for neighbours, who are asked from the link-local address only.
    for (namespace, link) in [(host, name), (outside, "eth0")] {
      try namespace.run("sh", "-c", "echo 0 >/proc/sys/net/ipv6/conf/\(link)/accept_dad")
    }
    try add(near, to: name, in: host)
    try host.run("ip", "link", "set", name, "up")
    try add(far, to: "eth0", in: outside)
    try outside.run("ip", "link", "set", "eth0", "up")
    try host.awaitCarrier(name)
    try outside.awaitCarrier("eth0")
  }

  // Addresses are used at once, without a search for others that have them.
  private func add(_ addresses: [String], to link: String, in namespace: Namespace) throws {
    for address in addresses {
      if address.contains(":") {
        try namespace.run("ip", "addr", "add", address, "dev", link, "nodad")
      } else {
        try namespace.run("ip", "addr", "add", address, "dev", link)
      }
    }
  }
}

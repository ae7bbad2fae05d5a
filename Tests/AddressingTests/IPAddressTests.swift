import Addressing
import Testing

struct IPAddressTests {
  @Test func numberBeyond32BitsIsNoIPv4Address() {
    #expect(IPAddress(family: .ipv4, value: 1 << 32) == nil)
    #expect(IPAddress(family: .ipv4, value: 0xffff_ffff)?.description == "255.255.255.255")
    #expect(IPAddress(family: .ipv6, value: .max)?.family == .ipv6)
  }

  @Test(arguments: [0, 1, 3, 5, 15, 17, 1000])
  func otherByteCountsAreRefused(_ count: Int) {
    #expect(IPAddress(bytes: [UInt8](repeating: 1, count: count)) == nil)
  }

  @Test func bytesAreInNetworkOrder() throws {
    #expect(IPAddress(bytes: [172, 17, 0, 2])?.description == "172.17.0.2")
    #expect(IPAddress(ipv4: 0xac11_0002).bytes == [172, 17, 0, 2])
    #expect(
      try #require(IPAddress("fe80::1")).bytes == [0xfe, 0x80] + Array(repeating: 0, count: 13) + [
        1
      ])
  }

  @Test func ipv4SortsBeforeIPv6() {
    let sorted = ["::1", "10.0.0.2", "255.255.255.255", "::", "10.0.0.10"].compactMap {
      IPAddress($0)
    }.sorted()

    #expect(sorted.map(\.description) == ["10.0.0.2", "10.0.0.10", "255.255.255.255", "::", "::1"])
  }

  @Test func mappedAddressDiffersFromIPv4() {
    #expect(IPAddress("::ffff:1.2.3.4") != IPAddress("1.2.3.4"))
  }

  /// The rows hold the answers of Go's `netip.Addr`.
  @Test(
    arguments: [
      ("0.0.0.0", [.unspecified]), ("::", [.unspecified]), ("::ffff:0.0.0.0", []),
      ("127.0.0.1", [.loopback]), ("127.255.255.255", [.loopback]), ("128.0.0.1", []),
      ("126.255.255.255", []), ("::1", [.loopback]), ("::2", []), ("::ffff:127.0.0.1", [.loopback]),
      ("0.0.0.1", []), ("::ffff:0.0.0.1", []),
      ("224.0.0.0", [.multicast]), ("239.255.255.255", [.multicast]), ("240.0.0.0", []),
      ("223.255.255.255", []), ("ff00::", [.multicast]), ("ff02::1", [.multicast]), ("fe00::", []),
      ("::ffff:224.0.0.1", [.multicast]),
      ("169.254.0.0", [.linkLocal]), ("169.254.255.255", [.linkLocal]), ("169.255.0.0", []),
      ("fe80::", [.linkLocal]), ("febf::1", [.linkLocal]), ("fec0::", []), ("fe7f::1", []),
      ("::ffff:169.254.1.1", [.linkLocal]), ("10.0.0.1", []), ("2001:db8::1", []),
    ] as [(String, Set<Scope>)])
  func belongsToSpecialBlocks(_ text: String, _ expected: Set<Scope>) throws {
    let address = try #require(IPAddress(text))

    let scopes = Scope.allCases.filter { scope in
      switch scope {
      case .unspecified: address.isUnspecified
      case .loopback: address.isLoopback
      case .multicast: address.isMulticast
      case .linkLocal: address.isLinkLocalUnicast
      }
    }

    #expect(Set(scopes) == expected)
  }

  enum Scope: CaseIterable {
    case unspecified, loopback, multicast, linkLocal
  }
}

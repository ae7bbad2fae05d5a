import Addressing
import Testing

@testable import Naming

struct ResolverConfigurationTests {
  @Test func linesAreReadAsResolversReadThem() {
    let configuration = ResolverConfiguration(
      """
      # nameserver 10.0.0.1
      ; nameserver 10.0.0.2
      nameserver 192.0.2.53
      nameserver\tfe80::1%eth0
      nameserver nonsense
      search a.example
      domain b.example
      search c.example d.example
      options ndots:2 rotate
      options edns0
      sortlist 10.0.0.0

      """)

    #expect(
      configuration
        == ResolverConfiguration(
          servers: [IPAddress("192.0.2.53")!, IPAddress("fe80::1")!],
          search: ["c.example", "d.example"], options: ["ndots:2", "rotate", "edns0"]))
  }
}

import Netlink
import Testing

@testable import RouteNetlink

/// Describes messages that the kernel sent, whole and broken.
struct RouteSchemasTests {
  private let describer = MessageDescriber(RouteSchemas.all)

  @Test func linkIsDescribed() throws {
    let line = try #require(describer.lines(.received, bytes(of: .link)[...]).first)

    #expect(line.hasPrefix("< RTM_NEWLINK seq "))
    #expect(line.contains(#"name "v0""#))
    #expect(line.contains(#"alias "netctl e1""#))
    #expect(line.contains(#"kind "veth""#))
    #expect(line.contains("master 2"))
    #expect(!line.contains("\n"))
  }

  @Test func addressesAreDescribed() {
    let lines = describer.lines(.received, bytes(of: .addresses)[...])

    #expect(lines.first?.contains("local 172.20.0.1") == true)
    #expect(lines.contains { $0.contains("address fd00::1") && $0.contains("length 64") })
  }

  @Test func routesAreDescribed() {
    let lines = describer.lines(.received, bytes(of: .routes)[...])

    #expect(lines.first?.contains("to 172.20.0.0, link 2") == true)
  }

  @Test func requestForAVethPairIsDescribed() {
    var writer = MessageWriter()
    writer.message(RouteMessage.newLink, flags: [.create, .exclusive], sequence: 7) {
      $0.append(LinkHeader())
      $0.attribute(LinkAttribute.name, string: "veth0")
      $0.nest(LinkAttribute.info) {
        $0.attribute(LinkAttribute.infoKind, string: "veth")
        $0.nest(LinkAttribute.infoData) {
          $0.nest(LinkAttribute.vethPeer) {
            $0.append(LinkHeader())
            $0.attribute(LinkAttribute.name, string: "eth0")
          }
        }
      }
    }

    #expect(
      describer.lines(.sent, writer.bytes[...]) == [
        #"> RTM_NEWLINK seq 7 len 96 [exclusive create]: name "veth0", info {kind "veth", "#
          + #"data {peer {name "eth0"}}}"#
      ])
  }

  @Test(arguments: Fixture.allCases) func brokenMessagesAreDescribedSomehow(_ kind: Fixture) {
    let whole = bytes(of: kind).prefix(2048)
    for length in 0..<whole.count {
      #expect(describer.lines(.received, whole.prefix(length)).count <= length)
    }
    for offset in whole.indices {
      for damage: UInt8 in [0x00, 0x0a, 0xff] {
        var bytes = whole
        bytes[offset] = damage
        for line in describer.lines(.sent, bytes) {
          #expect(!line.utf8.contains(UInt8(ascii: "\n")))
        }
      }
    }
  }
}

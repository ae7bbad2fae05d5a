import Addressing
import Glibc
import Netlink
import Testing

@testable import RouteNetlink

/// Reads messages that the kernel sent, whole and broken.
struct KernelMessageTests {
  @Test func bridgePortIsRead() throws {
    let link = try #require(fixture(.link).compactMap(Link.init).first)

    #expect(link.name == "v0")
    #expect(link.kind == "veth")
    #expect(link.alias == "netctl e1")
    #expect(link.mtu == 1500)
    #expect(link.address != nil)
    #expect(link.masterIndex == 2)
    #expect(link.peerIndex == 3)
    #expect(link.operationalState == .down)
    #expect(!link.isUp)
    #expect(link.port?.state == .disabled)
    #expect(link.port?.isLearning == true)
    #expect(link.port?.isIsolated == false)
  }

  @Test func addressesAreRead() {
    let addresses = fixture(.addresses).compactMap(InterfaceAddress.init)

    #expect(addresses.map(\.prefix.description) == ["172.20.0.1/16", "fd00::1/64"])
    #expect(addresses.map(\.broadcast?.description) == ["172.20.255.255", nil])
    #expect(addresses.map { $0.flags.contains(.noDuplicateDetection) } == [false, true])
    #expect(addresses.map(\.linkIndex) == [2, 2])
  }

  @Test func routesAreRead() {
    let routes = fixture(.routes).compactMap(Route.init)

    #expect(routes.first?.destination.description == "172.20.0.0/16")
    #expect(routes.first?.isOnLink == true)
    #expect(routes.contains { $0.destination.description == "fd00::/64" && $0.isOnLink })
    #expect(routes.allSatisfy { $0.linkIndex == 2 && !$0.isDefault })
  }

  @Test(arguments: Fixture.allCases) func truncatedMessagesDoNotTrap(_ kind: Fixture) {
    for message in fixture(kind) {
      for length in 0..<message.payload.count {
        read(message.with(payload: message.payload.prefix(length)))
      }
    }
  }

  @Test(arguments: Fixture.allCases) func damagedMessagesDoNotTrap(_ kind: Fixture) {
    for message in fixture(kind) {
      for offset in message.payload.indices {
        for damage: UInt8 in [0x00, 0xff] {
          var payload = message.payload
          payload[offset] = damage
          read(message.with(payload: payload))
        }
      }
    }
  }

  private func read(_ message: NetlinkMessage) {
    _ = Link(message)
    _ = InterfaceAddress(message)
    _ = Route(message)
  }
}

/// What the kernel sent to these commands, with a bridge `br0` and its port `v0` set up before.
enum Fixture: String, CaseIterable {
  /// `ip link show dev v0`
  case link
  /// `ip addr show dev br0`
  case addresses
  /// `ip route show` and `ip -6 route show`
  case routes
}

func fixture(_ fixture: Fixture) -> [NetlinkMessage] {
  Array(MessageSequence(bytes(of: fixture)[...]))
}

func bytes(of fixture: Fixture) -> [UInt8] {
  let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
  let path = (folder + ["Fixtures", "\(fixture.rawValue).bin"]).joined(separator: "/")
  guard let file = fopen(path, "r") else { return [] }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 64 * 1024)
  let count = fread(&bytes, 1, bytes.count, file)
  return Array(bytes.prefix(count))
}

extension NetlinkMessage {
  fileprivate func with(payload: ArraySlice<UInt8>) -> NetlinkMessage {
    var writer = MessageWriter()
    writer.message(type, flags: flags, sequence: sequence) { $0.append(bytes: Array(payload)) }
    return Array(MessageSequence(writer.bytes[...]))[0]
  }
}

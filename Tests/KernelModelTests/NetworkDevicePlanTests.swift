import Addressing
import KernelModel
import Testing

struct NetworkDevicePlanTests {
  private let name = InterfaceName("br0")
  private let addresses = ["10.0.0.1/24", "fd00::1/64"].map { try! IPPrefix(parsing: $0) }
  private let sysctl = Sysctl(SysctlKey(path: "net/ipv6/conf/br0/accept_ra"), "0")

  @Test func planFromNothingMakesItWhole() throws {
    let bridge = bridge(mtu: 1400)

    #expect(
      try bridge.steps(from: nil, addresses: []) == [
        .createDevice(bridge),
        .writeSysctls([sysctl], .host),
        .addAddress(addresses[0], name, .host), .addAddress(addresses[1], name, .host),
        .setMTU(1400, name, .host), .bringUp(name, .host),
      ])
  }

  @Test func withoutMTUTheKernelsStays() throws {
    let steps = try bridge().steps(from: nil, addresses: [])

    #expect(steps.count == 5)
    #expect(!steps.contains(.setMTU(1500, name, .host)))
  }

  @Test func bridgeThatIsRightNeedsNothing() throws {
    let present = try addresses + [IPPrefix(parsing: "fe80::1/64")]

    #expect(try bridge().steps(from: link(), addresses: present).isEmpty)
  }

  @Test func whatIsMissingIsAdded() throws {
    #expect(
      try bridge().steps(from: link(isUp: false), addresses: [addresses[1]]) == [
        .addAddress(addresses[0], name, .host), .bringUp(name, .host),
      ])
  }

  @Test func foreignBridgeServesWhereItMay() throws {
    let foreign = link(owner: nil)

    #expect(try bridge(adoptsExisting: true).steps(from: foreign, addresses: addresses).isEmpty)
    #expect(throws: DeviceConflict.notManaged(name)) {
      try bridge().steps(from: foreign, addresses: addresses)
    }
  }

  @Test(arguments: [true, false])
  func whatIsTakenIsRefused(adoptsExisting: Bool) {
    let bridge = bridge(adoptsExisting: adoptsExisting)

    #expect(throws: DeviceConflict.belongsToNetwork(name, id: "2")) {
      try bridge.steps(from: link(owner: .network("2")), addresses: [])
    }
    #expect(throws: DeviceConflict.otherKind(name, wanted: .bridge)) {
      try bridge.steps(from: link(owner: .endpoint("1")), addresses: [])
    }
    #expect(throws: DeviceConflict.otherKind(name, wanted: .bridge)) {
      try bridge.steps(from: link(kind: .veth), addresses: [])
    }
    #expect(throws: DeviceConflict.otherKind(name, wanted: .bridge)) {
      try bridge.steps(from: link(kind: nil, owner: nil), addresses: [])
    }
  }

  @Test func bridgeWhoseMakingWasInterruptedIsMadeAnew() throws {
    let bridge = bridge()

    let steps = try bridge.steps(from: link(owner: nil, isIncomplete: true), addresses: addresses)

    #expect(steps == [.deleteLink(name, .host)] + (try bridge.steps(from: nil, addresses: [])))
  }

  @Test func onlyItsOwnBridgeIsDeleted() {
    let bridge = bridge()

    #expect(bridge.removalSteps(from: nil).isEmpty)
    #expect(bridge.removalSteps(from: link()) == [.deleteLink(name, .host)])
    #expect(
      bridge.removalSteps(from: link(owner: nil, isIncomplete: true)) == [.deleteLink(name, .host)])
    #expect(bridge.removalSteps(from: link(owner: nil)).isEmpty)
    #expect(bridge.removalSteps(from: link(owner: .network("2"))).isEmpty)
    #expect(bridge.removalSteps(from: link(kind: LinkKind(rawValue: "dummy"))).isEmpty)
  }

  @Test func foreignBridgeLosesTheNetworksAddressesOnly() {
    #expect(
      bridge(adoptsExisting: true).removalSteps(from: link(owner: nil))
        == addresses.map { .removeAddress($0, name, .host) })
  }

  @Test func foreignBridgeKeepsTheAddressesItHadBefore() {
    #expect(
      bridge(adoptsExisting: true, preexistingAddresses: [addresses[0]]).removalSteps(
        from: link(owner: nil)) == [.removeAddress(addresses[1], name, .host)])
  }

  private func bridge(
    adoptsExisting: Bool = false, mtu: UInt32? = nil, preexistingAddresses: [IPPrefix] = []
  ) -> NetworkDevice {
    NetworkDevice(
      name: name, kind: .bridge, owner: .network("1"), adoptsExisting: adoptsExisting, mtu: mtu,
      mac: MACAddress("02:42:0a:00:00:01"), addresses: addresses,
      preexistingAddresses: preexistingAddresses,
      sysctls: [sysctl])
  }

  private func link(
    kind: LinkKind? = .bridge, owner: LinkOwner? = .network("1"), isIncomplete: Bool = false,
    isUp: Bool = true
  ) -> ObservedLink {
    ObservedLink(
      index: 7, name: "br0", kind: kind, owner: owner, isIncomplete: isIncomplete, isUp: isUp)
  }
}

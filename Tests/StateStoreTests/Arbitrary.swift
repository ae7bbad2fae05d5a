import AddressPools
import Addressing
import KernelTestSupport
import NetworkModel

@testable import StateStore

/// Draws documents, with everything in them that a user can put there.
struct Arbitrary {
  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  static let names = [
    "n", "a/b", "..", "../../etc/passwd", ".", "line\nbreak", "tab\tquote\"\\", "-x", " padded ",
    "\u{0}\u{1}\u{7f}", "日本語 🐳", "e\u{301}", "\u{e9}", String(repeating: "x", count: 300),
    "<&>\u{2028}",
  ]

  mutating func network(name: String? = nil) -> Network {
    let isConfigurationOnly = chance()
    return Network(
      id: id(), name: name ?? text(), created: Timestamp(nanoseconds: number()),
      scope: chance() ? "global" : text(),
      driver: chance() ? .bridge : DriverName(rawValue: text()),
      families: Set(AddressFamily.allCases.filter { _ in chance() }),
      ipam: IPAMConfiguration(
        driver: text(), options: chance() ? nil : map(),
        subnets: chance() ? nil : list { $0.subnet() }, needsHardwareAddress: chance()),
      isInternal: chance(), isAttachable: chance(), isConfigurationOnly: isConfigurationOnly,
      configurationSource: chance() ? nil : text(), options: map(), labels: map(),
      preexistingAddresses: list { $0.prefix(length: 0...32) },
      plugin: chance()
        ? nil : PluginNetwork([.planned, .asked, .made].randomElement(using: &generator)!))
  }

  mutating func endpoint(of network: NetworkID? = nil) -> Endpoint {
    Endpoint(
      id: id(), network: network ?? id(), container: container(),
      interface: chance() ? nil : interface(),
      route: RouteCandidate(
        networkName: text(), priority: number(),
        routes: OfferedRoutes(
          gateways: list { $0.address() },
          onLink: Set(AddressFamily.allCases.filter { _ in chance() }))),
      connected: chance() ? nil : Timestamp(nanoseconds: number()),
      settings: EndpointSettings(
        aliases: list { $0.text() }, links: list { $0.text() }, driverOptions: map(),
        chosenAddresses: list { $0.address() }),
      plugin: chance() ? nil : plugin())
  }

  private mutating func plugin() -> PluginEndpoint {
    var plugin = PluginEndpoint(
      [.leasing, .asked, .made, .joined, .programmed, .attached]
        .randomElement(using: &generator)!,
      begun: Timestamp(nanoseconds: number()))
    plugin.leases = list { PluginEndpoint.Lease(pool: $0.text(), address: $0.address()) }
    plugin.sourceName = chance() ? nil : interfaceName()
    plugin.routes = list {
      StaticRoute($0.prefix(length: 0...32), via: $0.chance() ? nil : $0.address())
    }
    plugin.sandboxKey = chance() ? nil : text()
    plugin.ports = list { $0.portRequest() }
    return plugin
  }

  private mutating func portRequest() -> PortRequest {
    let first = UInt16(below(60_000))
    return PortRequest(
      host: chance() ? nil : address(),
      hostPorts: chance() ? nil : first...(first + UInt16(below(9))),
      transport: Transport.allCases.randomElement(using: &generator)!,
      containerPort: UInt16(below(60_000)))
  }

  mutating func leases() -> NetworkLeases {
    NetworkLeases(
      subnets: list { generator in
        let subnet = generator.prefix(length: 20...28).masked
        let range = generator.chance() ? nil : IPPrefix(address: subnet.address, length: 29)
        var leases = try! SubnetLeases(subnet: subnet, range: range)
        for _ in 0..<Int.random(in: 0...20, using: &generator.generator) {
          if generator.chance() { _ = try? leases.leaseLowest() }
          let offset = UInt128(Int.random(in: 0...15, using: &generator.generator))
          if let address = IPAddress(
            family: leases.subnet.family, value: leases.subnet.first.value + offset)
          {
            try? leases.lease(address)
          }
        }
        return leases
      })
  }

  mutating func host() -> HostRecord {
    HostRecord(
      localIPv6Block: prefix(length: 48...48, family: .ipv6), boot: text(),
      namespace: UInt64.random(in: 0...UInt64.max, using: &generator),
      forwarding: Set(AddressFamily.allCases.filter { _ in chance() }), isRestored: chance())
  }

  mutating func id<Object>() -> ObjectID<Object> { ObjectID(using: &generator) }

  mutating func chance() -> Bool { Bool.random(using: &generator) }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

  private mutating func number<Number: FixedWidthInteger>() -> Number {
    chance() ? Number(truncatingIfNeeded: generator.next()) : chance() ? .max : .min
  }

  mutating func text() -> String { Self.names.randomElement(using: &generator)! }

  private mutating func list<Element>(_ draw: (inout Arbitrary) -> Element) -> [Element] {
    (0..<below(4)).map { _ in draw(&self) }
  }

  private mutating func map() -> [String: String] {
    Dictionary(list { ($0.text(), $0.text()) }, uniquingKeysWith: { $1 })
  }

  private mutating func subnet() -> SubnetConfiguration {
    let family = AddressFamily.allCases.randomElement(using: &generator)!
    return SubnetConfiguration(
      subnet: prefix(length: 0...family.bitWidth, family: family).masked,
      range: chance() ? nil : prefix(length: 0...family.bitWidth, family: family),
      gateway: chance() ? nil : address(),
      auxiliaryAddresses: map().mapValues { _ in address() }, pool: chance() ? nil : text())
  }

  private mutating func container() -> Container {
    Container(
      id: id(), name: text(), runtime: ContainerRuntime(rawValue: text()), path: text(),
      boot: text(),
      namespace: NetworkNamespaceID(device: number(), inode: number(), cookie: number()),
      process: chance() ? nil : FirstProcess(id: number(), start: number()),
      isRestartable: chance(),
      nameMounts: NameMounts(
        hosts: chance() ? nil : text(), resolver: chance() ? nil : text()))
  }

  private mutating func interface() -> EndpointInterface {
    EndpointInterface(
      hostName: chance() ? nil : interfaceName(), name: interfaceName(),
      mac: chance() ? nil : MACAddress(bytes: (0..<6).map { _ in number() as UInt8 })!,
      addresses: list { $0.prefix(length: 0...32) },
      linkLocalAddresses: list { $0.address() })
  }

  private mutating func interfaceName() -> InterfaceName {
    ["eth0", "br-0123456789ab", "naïve", "-x", "\u{1b}[2J", "…"].randomElement(using: &generator)!
  }

  private mutating func address(family: AddressFamily? = nil) -> IPAddress {
    let family = family ?? AddressFamily.allCases.randomElement(using: &generator)!
    let value = UInt128(generator.next()) << 64 | UInt128(generator.next())
    return IPAddress(family: family, value: value >> UInt128(128 - family.bitWidth))!
  }

  private mutating func prefix(
    length: ClosedRange<Int>, family: AddressFamily? = nil
  ) -> IPPrefix {
    let length = Int.random(in: length, using: &generator)
    return IPPrefix(address: address(family: family), length: length)!
  }
}

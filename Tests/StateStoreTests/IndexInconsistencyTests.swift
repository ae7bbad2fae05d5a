import AddressPools
import Addressing
import KernelTestSupport
import LinuxSystem
import NetworkModel
import Testing

@testable import StateStore

/// Files that are made from documents are compared with them, and made anew.
struct StaleRecordTests {
  /// What happens to one of the files, and what is found.
  struct Staleness: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable (Objects) throws -> Void
    let expected: @Sendable (Objects) -> [IndexInconsistency]
  }

  /// A network with an endpoint, whose container has published a port.
  struct Objects {
    let folder: StateFolder
    let network: Network
    let endpoint: Endpoint
    let reservation: PortReservation

    func leases(_ taken: String, of subnet: String = "10.9.0.0/24") {
      writeFile(
        folder.file("leases/\(network.id).json"),
        #"{"schema":2,"subnets":[{"subnet":"\#(subnet)","taken":"\#(taken)"}]}"#.utf8)
    }
  }

  static let all = [
    Staleness(testDescription: "address of the endpoint free") {
      $0.leases("0-1,255")
    } expected: {
      [.freeAddress(IPAddress("10.9.0.2")!, $0.network.id)]
    },
    Staleness(testDescription: "gateway free") {
      $0.leases("0,2,255")
    } expected: {
      [.freeAddress(IPAddress("10.9.0.1")!, $0.network.id)]
    },
    Staleness(testDescription: "addresses of nobody taken") {
      $0.leases("0-2,9-12,255")
    } expected: {
      [.lostAddresses(4, $0.network.id)]
    },
    Staleness(testDescription: "leases of another subnet") { objects in
      objects.leases("0-2,255", of: "10.8.0.0/24")
    } expected: {
      [.otherSubnets($0.network.id)]
    },
    Staleness(testDescription: "membership gone") { objects in
      try objects.folder.root.remove(
        Layout.entry(objects.endpoint, of: objects.endpoint.container.id))
    } expected: {
      [.missingContainerEntry($0.endpoint)]
    },
    Staleness(testDescription: "membership of nothing") { objects in
      writeFile(objects.folder.file(membershipOfNothing(objects)), [])
    } expected: {
      [.unexpectedContainerEntry(file: membershipOfNothing($0), $0.network.id)]
    },
    Staleness(testDescription: "marker gone") { objects in
      try objects.folder.root.remove(Layout.reservation(objects.reservation.file))
    } expected: {
      [.missingReservation($0.reservation)]
    },
    Staleness(testDescription: "marker of a port that is not published") { objects in
      writeFile(objects.folder.file("ports/\(otherMarker(objects).file.name)"), [])
    } expected: {
      [.unexpectedReservation(otherMarker($0))]
    },
  ]

  @Test(arguments: all)
  func stalenessIsFoundAndMended(_ staleness: Staleness) throws {
    try Self.withObjects { (objects) throws in
      let folder = objects.folder
      let before = FolderSnapshot(of: folder.path)
      try staleness.make(objects)

      let found = try Self.indexInconsistencies(objects)
      try folder.change { (state) throws(StateError) in
        try state.repair(found, of: [objects.network])
      }

      #expect(found == staleness.expected(objects))
      #expect(FolderSnapshot(of: folder.path).without("catalog") == before.without("catalog"))
    }
  }

  @Test func whatIsRightIsNotFound() throws {
    try Self.withObjects { (objects) throws in
      #expect(try Self.indexInconsistencies(objects) == [])
    }
  }

  /// Before, in the middle of and after a change that was interrupted.
  @Test func whatIsUnfinishedIsNotFound() throws {
    try Self.withObjects { (objects) throws in
      let (folder, reservation) = (objects.folder, objects.reservation)
      let change = PortChange([reservation.port], of: objects.endpoint.container)
      try folder.change { (state) throws(StateError) in
        try state.stage(change)
        try state.save(ContainerPorts(container: objects.endpoint.container, ports: []))
        try state.stageRemoval(objects.endpoint)
      }
      #expect(try Self.indexInconsistencies(objects) == [])

      objects.leases("0-1,255")
      try folder.root.remove(Layout.entry(objects.endpoint, of: objects.endpoint.container.id))
      try folder.root.remove(Layout.reservation(reservation.file))
      #expect(try Self.indexInconsistencies(objects) == [])
    }
  }

  /// What depends on a document that cannot be read may be right.
  @Test func whatADamagedDocumentMayWantIsNotFound() throws {
    try Self.withObjects { (objects) throws in
      let (folder, endpoint) = (objects.folder, objects.endpoint)
      for file in [
        Layout.endpoint(endpoint.id, of: endpoint.network), Layout.ports(of: endpoint.container.id),
      ] {
        writeFile(folder.file(file), "{".utf8)
      }

      #expect(try Self.indexInconsistencies(objects) == [])
    }
  }

  /// Beside reading them: what was left there must not keep anybody waiting.
  @Test func manySurplusMarkersAreFoundInAFewTimesTheTimeOfReadingThem() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 92)
      for port in 1...20_000 {
        let container: ContainerID = arbitrary.id()
        writeFile(folder.file("ports/tcp-\(port)-0.0.0.0-80-\(container)"), [])
      }
      let clock = ContinuousClock()
      let reading = try clock.measure { _ = Set(try folder.portReservations().reservations) }

      var found: [IndexInconsistency] = []
      let searching = try clock.measure {
        found = try folder.indexInconsistencies(of: [], isOfAll: true)
      }

      #expect(found.count == 20_000)
      #expect(searching < reading * 8)
    }
  }

  private static func indexInconsistencies(_ objects: Objects) throws -> [IndexInconsistency] {
    try objects.folder.indexInconsistencies(of: [objects.network], isOfAll: true)
  }

  private static func membershipOfNothing(_ objects: Objects) -> String {
    "containers/\(objects.endpoint.container.id)/\(objects.network.id)."
      + String(repeating: "a", count: 64)
  }

  private static func otherMarker(_ objects: Objects) -> PortReservation {
    PortReservation(
      PublishedPort(
        host: IPAddress("0.0.0.0")!, hostPort: 9090, transport: .tcp, containerPort: 90),
      of: objects.reservation.container)
  }

  private static func withObjects(_ body: (Objects) throws -> Void) throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 2)
      let container = arbitrary.endpoint(of: arbitrary.id()).container
      let subnet = try IPPrefix(parsing: "10.9.0.0/24")
      let network = Network(
        id: arbitrary.id(), name: "n", created: Timestamp(nanoseconds: 1), driver: .bridge,
        ipam: IPAMConfiguration(
          subnets: [SubnetConfiguration(subnet: subnet, gateway: IPAddress("10.9.0.1"))]))
      let endpoint = Endpoint(
        id: arbitrary.id(), network: network.id, container: container,
        interface: EndpointInterface(
          hostName: "veth", name: "eth0", mac: MACAddress("02:42:0a:09:00:02")!,
          addresses: [try IPPrefix(parsing: "10.9.0.2/24")], linkLocalAddresses: []),
        route: RouteCandidate(networkName: "n"),
        settings: EndpointSettings(aliases: [], links: [], driverOptions: [:]))
      let port = PublishedPort(
        host: IPAddress("0.0.0.0")!, hostPort: 8080, transport: .tcp, containerPort: 80)
      let ports = ContainerPorts(container: container, ports: [port])
      try folder.add(network)
      try folder.add(endpoint)
      try folder.change { (state) throws(StateError) in
        try state.stage(PortChange([port], of: container))
        try state.save(ports)
        try state.settle(PortChange([port], of: container), having: [port])
      }
      let objects = Objects(
        folder: folder, network: network, endpoint: endpoint,
        reservation: PortReservation(port, of: container.id))
      objects.leases("0-2,255")
      try body(objects)
    }
  }
}

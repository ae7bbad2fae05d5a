import Addressing
import KernelTestSupport
import LinuxSystem
import NetworkModel
import Testing

@testable import StateStore

struct PortsTests {
  private let ports = [
    PublishedPort(
      host: IPAddress("0.0.0.0")!, hostPort: 8080, transport: .tcp, containerPort: 80),
    PublishedPort(host: IPAddress("fe80::1")!, hostPort: 53, transport: .udp, containerPort: 53),
    PublishedPort(host: IPAddress("::")!, hostPort: nil, transport: .sctp, containerPort: 65535),
  ]

  @Test func everythingIsReadBack() throws {
    try withContainer { folder, container in
      let all = ContainerPorts(container: container, ports: ports)
      let change = PortChange(
        all.ports, of: all.container, with: EndpointID(String(repeating: "a", count: 64)))

      try folder.change { (state) throws(StateError) in try state.stage(change) }
      #expect(try unfinished(folder) == [change])
      #expect(try folder.ports(of: container.id) == nil)
      #expect(
        Set(try folder.portReservations().reservations)
          == Set(ports.map { PortReservation($0, of: container.id) }))

      try folder.change { (state) throws(StateError) in
        try state.save(all)
        try state.settle(change, having: ports)
      }
      #expect(try unfinished(folder).isEmpty)
      #expect(try folder.ports(of: container.id) == all)
      #expect(Array(try folder.portReservations().reservations).count == 3)
    }
  }

  @Test func withdrawnPortsLeaveNothing() throws {
    try withContainer { folder, container in
      let before = FolderSnapshot(of: folder.path)
      let change = PortChange(ports, of: container)

      try folder.change { (state) throws(StateError) in
        try state.stage(change)
        try state.save(ContainerPorts(container: container, ports: ports))
        try state.settle(change, having: ports)
        try state.stage(change)
        try state.save(ContainerPorts(container: container, ports: []))
        try state.settle(change, having: [])
      }

      #expect(FolderSnapshot(of: folder.path).without("catalog") == before.without("catalog"))
    }
  }

  @Test func portsThatFollowEachOtherAreOneRecord() throws {
    try withContainer { folder, container in
      let hosts = [IPAddress("0.0.0.0")!, IPAddress("::")!]
      let range = (0..<1000 as Range<UInt16>).flatMap { number in
        hosts.map {
          PublishedPort(
            host: $0, hostPort: 30000 + number, transport: .tcp, containerPort: 80 + number)
        }
      }
      let all = ContainerPorts(container: container, ports: range + ports)

      try folder.change { (state) throws(StateError) in
        try state.stage(PortChange(all.ports, of: container))
        try state.save(all)
      }

      let document = try folder.root.contents(of: "containers/\(container.id)/ports.json")
      #expect(document.count < 1000)
      #expect(String(decoding: document, as: UTF8.self).hasPrefix(#"{"schema":3,"#))
      #expect(try folder.root.directory("ports").names().count == 5)
      #expect(try unfinished(folder).map { Set($0.ports) } == [Set(all.ports)])
      #expect(try folder.ports(of: container.id).map { Set($0.ports) } == Set(all.ports))
      let reservations = try folder.portReservations()
      #expect(
        Set(reservations.reservations)
          == Set(all.ports.map { PortReservation($0, of: container.id) }))
      #expect(reservations.reservations(.tcp, 30999).count == 2)
      #expect(reservations.reservations(.tcp, 31000).isEmpty)
      #expect(reservations.reservations(.udp, 30999).isEmpty)
    }
  }

  @Test func restOfARangeStaysReserved() throws {
    try withContainer { folder, container in
      let range = (0..<100 as Range<UInt16>).map {
        PublishedPort(
          host: IPAddress("0.0.0.0")!, hostPort: 8000 + $0, transport: .tcp,
          containerPort: 8000 + $0)
      }
      var other = Arbitrary(seed: 7)
      let sibling = other.endpoint(of: other.id()).container
      let kept = Array(range[..<40] + range[60...])
      try folder.change { (state) throws(StateError) in
        try state.stage(PortChange(range, of: container))
        try state.settle(PortChange(range, of: container), having: range)
        try state.stage(PortChange(ports, of: sibling))
        try state.settle(PortChange(ports, of: sibling), having: ports)

        let change = PortChange(Array(range[40..<60]), of: container)
        try state.stageRemoval(change)
        try state.settle(change, having: kept)
      }

      let names = try folder.root.directory("ports").names()
        .filter { $0.hasSuffix("-\(container.id)") }
      #expect(
        names
          == ["8000-0.0.0.0-8000+40", "8060-0.0.0.0-8060+40"].map {
            "tcp-\($0)-\(container.id)"
          })
      #expect(
        Set(try folder.portReservations().reservations)
          == Set(kept.map { PortReservation($0, of: container.id) })
          .union(ports.map { PortReservation($0, of: sibling.id) }))
    }
  }

  @Test func containersFolderStaysWithItsPorts() throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 5)
      let endpoint = arbitrary.endpoint(of: arbitrary.id())
      let all = ContainerPorts(container: endpoint.container, ports: ports)
      try folder.add(endpoint)
      try folder.change { (state) throws(StateError) in try state.save(all) }

      #expect(try folder.endpoints(of: endpoint.container.id) == [endpoint])
      try folder.drop(endpoint)

      #expect(try folder.endpoints(of: endpoint.container.id).isEmpty)
      #expect(try folder.ports(of: endpoint.container.id) == all)
    }
  }

  @Test func folderOfAnEarlierVersionIsGood() throws {
    try withContainer { folder, container in
      removeFolder(folder.file("ports"))
      #expect(try folder.containersWithPorts().isEmpty)
      let change = PortChange(ports, of: container)

      try folder.change { (state) throws(StateError) in try state.stage(change) }

      #expect(Array(try folder.portReservations().reservations).count == 3)
    }
  }

  @Test(arguments: [
    #"{"schema":1}"#, #"{"schema":1,"container":{},"ports":[]}"#, "", "[]",
    #"{"schema":1,"container":CONTAINER,"ports":[{"host":"x","protocol":"tcp","containerPort":80}]}"#,
    #"{"schema":1,"container":CONTAINER,"ports":[{"host":"::","protocol":"icmp","containerPort":80}]}"#,
    #"{"schema":1,"container":CONTAINER,"ports":[{"host":"::","protocol":"tcp","containerPort":65536}]}"#,
    #"{"schema":2,"container":CONTAINER,"ports":[]}"#, #"{"schema":3}"#,
  ])
  func damagedDocumentIsNamed(_ text: String) throws {
    try withContainer { folder, container in
      let whole = #"{"name":"c","path":"/c","boot":"b","device":1,"inode":2,"cookie":3}"#
      let name = "containers/\(container.id)/ports.json"
      try folder.change { (state) throws(StateError) in
        try state.save(ContainerPorts(container: container, ports: ports))
      }
      try folder.root.write(
        Array(text.replacing("CONTAINER", with: whole).utf8), to: name, durable: false)

      let error = #expect(throws: StateError.self) { try folder.ports(of: container.id) }
      switch error {
      case .notJSON(name, _), .malformed(name, _), .newerSchema(name): break
      default: Issue.record("\(String(describing: error))")
      }
    }
  }

  @Test(arguments: [
    "", "tcp-80-0.0.0.0-80", "icmp-80-0.0.0.0-80-ID", "tcp-x-0.0.0.0-80-ID",
    "tcp-80-x-80-ID", "tcp-80-0.0.0.0-65536-ID", "tcp-80-0.0.0.0-80-1", "tcp-80-0.0.0.0-80+-ID",
    "tcp-80-0.0.0.0-80+0-ID", "tcp-80-0.0.0.0-65535+2-ID", "tcp-65535-0.0.0.0-80+2-ID",
    "tcp-80-0.0.0.0-80+9223372036854775807-ID", "tcp-80-0.0.0.0-80+2+2-ID",
  ])
  func otherFilesAreNoPorts(_ name: String) throws {
    let id = String(repeating: "a", count: 64)
    #expect(ReservedPorts(name: name.replacing("ID", with: id)) == nil)
  }

  private func withContainer(_ body: (StateFolder, Container) throws -> Void) throws {
    try withStateFolder { folder in
      var arbitrary = Arbitrary(seed: 6)
      try body(folder, arbitrary.endpoint(of: arbitrary.id()).container)
    }
  }

  private func unfinished(_ folder: StateFolder) throws -> [PortChange] {
    try folder.change { (state) throws(StateError) in try state.discardingUnwrittenChanges() }.ports
  }
}

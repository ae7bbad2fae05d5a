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
    "tcp-80-x-80-ID", "tcp-80-0.0.0.0-65536-ID", "tcp-80-0.0.0.0-80-1",
  ])
  func otherFilesAreNoPorts(_ name: String) throws {
    let id = String(repeating: "a", count: 64)
    #expect(PortReservation(name: name.replacing("ID", with: id)) == nil)
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

import Addressing
import KernelModel
import NetworkModel
import StateStore

/// Turns requests into ports, each with a port of the host that nobody has.
struct PortAllocation {
  /// The ports found so far.
  private(set) var ports: [PublishedPort] = []
  /// The same by their number on the host.
  private var portsByNumber: [UInt16: [PublishedPort]] = [:]
  private let container: Container
  private let carriers: PortCarriers
  private let automaticPorts: [ClosedRange<UInt16>]
  private let taken: TakenPorts
  /// Ports that the container has, and that no network of its carried up to now.
  private let idle: Set<PublishedPort>
  private var released: Set<ContainerID> = []

  /// What stands in the way of a port of the host.
  enum Obstruction {
    case container(PortMarker, host: IPAddress)
    case host(PortObstacle, host: IPAddress)
  }

  init(
    for container: Container, carriers: PortCarriers, taken: TakenPorts,
    idle: Set<PublishedPort>, automaticPorts: [ClosedRange<UInt16>]
  ) {
    self.idle = idle
    self.container = container
    self.carriers = carriers
    self.automaticPorts = automaticPorts
    self.taken = taken
  }

  /// Finds ports for a request: the same for both families. `obstacle` looks at the host, `holder`
  /// for the process that is one; `release` frees what a container has that is gone, and says whether
  /// it did; `name` is that of one.
  mutating func allocate<Failure: Error>(
    _ request: PortRequest,
    obstacle: (IPAddress, UInt16) throws(Failure) -> PortObstacle?,
    holder: (IPAddress, UInt16) -> HostProcess?,
    release: (ContainerID) throws(Failure) -> Bool,
    name: (ContainerID) throws(Failure) -> String,
    orThrow failure: (PortError) -> Failure
  ) throws(Failure) {
    let hosts = carriers.hosts(for: request)
    guard !hosts.isEmpty else {
      throw failure(.noCarrier(request, container: container.name))
    }
    let bound = hosts.filter { !carriers.isRouted($0.family) }
    guard !bound.isEmpty else {
      return add(request, hosts, hostPort: nil)
    }
    if let port = idlePort(for: request, on: bound) {
      add(request, bound, hostPort: port)
      return add(request, hosts.filter { !bound.contains($0) }, hostPort: nil)
    }
    let ranges = request.hostPorts.map { [$0] } ?? automaticPorts
    let isFixed = ranges.count == 1 && ranges[0].count == 1
    // What containers have that are gone is looked for only when nothing else is left.
    for isThorough in isFixed ? [true] : [false, true] {
      for port in ranges.joined() {
        let obstruction = try obstruction(
          request, bound, port, obstacle: obstacle,
          release: { (id) throws(Failure) in isThorough ? try release(id) : false })
        guard let obstruction else {
          add(request, bound, hostPort: port)
          return add(request, hosts.filter { !bound.contains($0) }, hostPort: nil)
        }
        if isFixed {
          throw failure(try error(obstruction, request, port, holder: holder, name: name))
        }
      }
    }
    throw failure(.noneFree(request))
  }

  /// The lowest number of the host that the container has already for all that a request asks.
  private func idlePort(for request: PortRequest, on hosts: [IPAddress]) -> UInt16? {
    idle.filter(request.matches).compactMap(\.hostPort).sorted().first { port in
      hosts.allSatisfy { idle.contains(published(request, $0, port)) }
    }
  }

  private mutating func obstruction<Failure: Error>(
    _ request: PortRequest, _ hosts: [IPAddress], _ port: UInt16,
    obstacle: (IPAddress, UInt16) throws(Failure) -> PortObstacle?,
    release: (ContainerID) throws(Failure) -> Bool
  ) throws(Failure) -> Obstruction? {
    for host in hosts {
      let wanted = published(request, host, port)
      while let marker = conflict(with: wanted) {
        guard try release(marker.container) else { return .container(marker, host: host) }
        released.insert(marker.container)
      }
      if let obstacle = try obstacle(host, port) { return .host(obstacle, host: host) }
    }
    return nil
  }

  private func error<Failure: Error>(
    _ obstruction: Obstruction, _ request: PortRequest, _ port: UInt16,
    holder: (IPAddress, UInt16) -> HostProcess?,
    name: (ContainerID) throws(Failure) -> String
  ) throws(Failure) -> PortError {
    switch obstruction {
    case .container(let marker, let host):
      .taken(host: host, port: port, by: try name(marker.container))
    case .host(let obstacle, let host):
      .obstructed(
        host: host, port: port, request, obstacle,
        by: obstacle == .inUse ? holder(host, port) : nil)
    }
  }

  private func conflict(with port: PublishedPort) -> PortMarker? {
    guard let hostPort = port.hostPort else { return nil }
    if let own = portsByNumber[hostPort]?.first(where: { $0.conflicts(with: port) }) {
      return PortMarker(own, of: container.id)
    }
    return taken.markers(port.transport, hostPort).first { marker in
      !released.contains(marker.container) && marker.port.conflicts(with: port)
        && !(marker.container == container.id && idle.contains(port))
    }
  }

  private mutating func add(_ request: PortRequest, _ hosts: [IPAddress], hostPort: UInt16?) {
    let new = hosts.map { published(request, $0, hostPort) }
    ports += new
    if let hostPort { portsByNumber[hostPort, default: []] += new }
  }

  private func published(
    _ request: PortRequest, _ host: IPAddress, _ hostPort: UInt16?
  ) -> PublishedPort {
    PublishedPort(
      host: host, hostPort: hostPort, transport: request.transport,
      containerPort: request.containerPort)
  }
}

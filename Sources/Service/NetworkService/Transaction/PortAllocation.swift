import Addressing
import KernelModel
import NetworkModel
import StateStore

/// Turns requests into published ports, each with an available host port.
struct PortAllocation {
  /// The ports allocated so far.
  private(set) var ports: [PublishedPort] = []
  /// The same, by host port.
  private var portsByNumber: [UInt16: [PublishedPort]] = [:]
  private let container: Container
  private let publishingEndpoints: PublishingEndpoints
  private let automaticPorts: [ClosedRange<UInt16>]
  private let taken: PortReservations
  /// Ports of the container that none of its networks has published so far.
  private let idle: Set<PublishedPort>
  private var released: Set<ContainerID> = []

  /// Why a host port is not available.
  enum PortConflict {
    case container(PortReservation, host: IPAddress)
    case host(PortUnavailability, host: IPAddress)
  }

  init(
    for container: Container, publishingEndpoints: PublishingEndpoints, taken: PortReservations,
    idle: Set<PublishedPort>, automaticPorts: [ClosedRange<UInt16>]
  ) {
    self.idle = idle
    self.container = container
    self.publishingEndpoints = publishingEndpoints
    self.automaticPorts = automaticPorts
    self.taken = taken
  }

  /// Allocates ports for a request, the same one for both families. `bindFailure` probes the host,
  /// `portOwner` finds the process; `release` frees the ports of a container that is gone, and
  /// returns whether it did; `name` is a container's name.
  mutating func allocate<Failure: Error>(
    _ request: PortRequest,
    bindFailure: (IPAddress, UInt16) throws(Failure) -> PortUnavailability?,
    portOwner: (IPAddress, UInt16) -> HostProcess?,
    release: (ContainerID) throws(Failure) -> Bool,
    name: (ContainerID) throws(Failure) -> String,
    orThrow failure: (PortError) -> Failure
  ) throws(Failure) {
    let hosts = publishingEndpoints.hosts(for: request)
    guard !hosts.isEmpty else {
      throw failure(.noPublishingEndpoint(request, container: container.name))
    }
    let bound = hosts.filter { !publishingEndpoints.isRouted($0.family) }
    guard !bound.isEmpty else {
      return add(request, hosts, hostPort: nil)
    }
    if let port = idlePort(for: request, on: bound) {
      add(request, bound, hostPort: port)
      return add(request, hosts.filter { !bound.contains($0) }, hostPort: nil)
    }
    let ranges = request.hostPorts.map { [$0] } ?? automaticPorts
    let isFixed = ranges.count == 1 && ranges[0].count == 1
    // Ports of containers that are gone are only reclaimed when no other is left.
    for isThorough in isFixed ? [true] : [false, true] {
      for port in ranges.joined() {
        let conflict = try conflict(
          request, bound, port, bindFailure: bindFailure,
          release: { (id) throws(Failure) in isThorough ? try release(id) : false })
        guard let conflict else {
          add(request, bound, hostPort: port)
          return add(request, hosts.filter { !bound.contains($0) }, hostPort: nil)
        }
        if isFixed {
          throw failure(try error(conflict, request, port, portOwner: portOwner, name: name))
        }
      }
    }
    throw failure(.noneFree(request))
  }

  /// The lowest host port that the container already has for everything the request asks for.
  private func idlePort(for request: PortRequest, on hosts: [IPAddress]) -> UInt16? {
    idle.filter(request.matches).compactMap(\.hostPort).sorted().first { port in
      hosts.allSatisfy { idle.contains(published(request, $0, port)) }
    }
  }

  private mutating func conflict<Failure: Error>(
    _ request: PortRequest, _ hosts: [IPAddress], _ port: UInt16,
    bindFailure: (IPAddress, UInt16) throws(Failure) -> PortUnavailability?,
    release: (ContainerID) throws(Failure) -> Bool
  ) throws(Failure) -> PortConflict? {
    for host in hosts {
      let wanted = published(request, host, port)
      while let reservation = conflict(with: wanted) {
        guard try release(reservation.container) else { return .container(reservation, host: host) }
        released.insert(reservation.container)
      }
      if let bindFailure = try bindFailure(host, port) { return .host(bindFailure, host: host) }
    }
    return nil
  }

  private func error<Failure: Error>(
    _ conflict: PortConflict, _ request: PortRequest, _ port: UInt16,
    portOwner: (IPAddress, UInt16) -> HostProcess?,
    name: (ContainerID) throws(Failure) -> String
  ) throws(Failure) -> PortError {
    switch conflict {
    case .container(let reservation, let host):
      .taken(host: host, port: port, by: try name(reservation.container))
    case .host(let bindFailure, let host):
      .obstructed(
        host: host, port: port, request, bindFailure,
        by: bindFailure == .inUse ? portOwner(host, port) : nil)
    }
  }

  private func conflict(with port: PublishedPort) -> PortReservation? {
    guard let hostPort = port.hostPort else { return nil }
    if let own = portsByNumber[hostPort]?.first(where: { $0.conflicts(with: port) }) {
      return PortReservation(own, of: container.id)
    }
    return taken.reservations(port.transport, hostPort).first { reservation in
      !released.contains(reservation.container) && reservation.port.conflicts(with: port)
        && !(reservation.container == container.id && idle.contains(port))
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

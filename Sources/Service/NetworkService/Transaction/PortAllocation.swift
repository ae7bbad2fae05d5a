import Addressing
import KernelModel
import NetworkModel
import StateStore

/// Turns requests into published ports: which host addresses and ports a request may have, and
/// which of them other containers hold. Only the host itself knows whether it has bound one.
struct PortAllocation {
  /// A request, and the host addresses that need one host port for it, the same for both families.
  struct Demand {
    let request: PortRequest
    /// The addresses that need the host port.
    let bound: [IPAddress]
    /// The addresses whose family reaches the container directly, without a host port.
    let routed: [IPAddress]
    /// The host ports that may be taken, in order of preference.
    let candidates: [ClosedRange<UInt16>]

    /// Whether only one host port will do.
    var isFixed: Bool { candidates.count == 1 && candidates[0].count == 1 }

    func published(_ host: IPAddress, _ hostPort: UInt16?) -> PublishedPort {
      PublishedPort(
        host: host, hostPort: hostPort, transport: request.transport,
        containerPort: request.containerPort)
    }
  }

  /// The ports allocated so far.
  private(set) var ports: [PublishedPort] = []
  /// The same, by host port.
  private var portsByNumber: [UInt16: [PublishedPort]] = [:]
  private let container: Container
  private let publishingEndpoints: PublishingEndpoints
  private let automaticPorts: [ClosedRange<UInt16>]
  private let taken: PortReservations
  /// Ports of the container that none of its networks has published so far.
  private let unrouted: Set<PublishedPort>
  private var released: Set<ContainerID> = []

  init(
    for container: Container, publishingEndpoints: PublishingEndpoints, taken: PortReservations,
    unrouted: Set<PublishedPort>, automaticPorts: [ClosedRange<UInt16>]
  ) {
    self.unrouted = unrouted
    self.container = container
    self.publishingEndpoints = publishingEndpoints
    self.automaticPorts = automaticPorts
    self.taken = taken
  }

  /// What a request asks for.
  func demand(of request: PortRequest) throws(PortError) -> Demand {
    let hosts = publishingEndpoints.hosts(for: request)
    guard !hosts.isEmpty else {
      if let driver = publishingEndpoints.unpublishingDriver {
        throw .unpublishingDriver(request, driver, container: container.name)
      }
      throw publishingEndpoints.lacksFirewall
        ? .noFirewall(request) : .noPublishingEndpoint(request, container: container.name)
    }
    return Demand(
      request: request, bound: hosts.filter { !publishingEndpoints.isRouted($0.family) },
      routed: hosts.filter { publishingEndpoints.isRouted($0.family) },
      candidates: request.hostPorts.map { [$0] } ?? automaticPorts)
  }

  /// The lowest host port that the container already has for everything that is demanded.
  func unroutedPort(for demand: Demand) -> UInt16? {
    unrouted.filter(demand.request.matches).compactMap(\.hostPort).sorted().first { port in
      demand.bound.allSatisfy { unrouted.contains(demand.published($0, port)) }
    }
  }

  /// The port, allocated here or on record, that stands in the way of one.
  func conflict(with port: PublishedPort) -> PortReservation? {
    guard let hostPort = port.hostPort else { return nil }
    if let own = portsByNumber[hostPort]?.first(where: { $0.conflicts(with: port) }) {
      return PortReservation(own, of: container.id)
    }
    return taken.reservations(port.transport, hostPort).first { reservation in
      !released.contains(reservation.container) && reservation.port.conflicts(with: port)
        && !(reservation.container == container.id && unrouted.contains(port))
    }
  }

  /// Forgets the ports of a container that is gone.
  mutating func release(_ container: ContainerID) {
    released.insert(container)
  }

  /// Allocates a host port to what is demanded.
  mutating func add(_ hostPort: UInt16?, for demand: Demand) {
    let new = demand.bound.map { demand.published($0, hostPort) }
    ports += new + demand.routed.map { demand.published($0, nil) }
    if let hostPort { portsByNumber[hostPort, default: []] += new }
  }
}

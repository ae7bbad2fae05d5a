import Addressing
package import Drivers
package import NetworkModel
import Presentation

/// Networks, their containers and egresses, as drawn.
package struct NetworkGraph: Sendable {
  /// The networks, ordered by name.
  let networks: [GraphNetwork]
  /// Their containers, ordered by name.
  let containers: [GraphContainer]

  /// Takes every network with its endpoints, since a container's drawing depends on all its
  /// networks, and the selection to draw. With nil, networks that can have kernel objects or have
  /// containers are drawn. `host` decides how packets leave them.
  package init(
    _ statuses: [NetworkStatus], ports: [EndpointID: [PublishedPort]] = [:],
    showing chosen: Set<NetworkID>? = nil, on host: HostSettings = HostSettings()
  ) {
    let sorted = statuses.sorted { left, right in
      let (one, other) = (left.network, right.network)
      if one.name == other.name { return one.id < other.id }
      return NaturalOrder.precedes(one.name, other.name)
    }
    let shown = sorted.filter { status in
      chosen?.contains(status.network.id)
        ?? (!status.endpoints.isEmpty || GraphNetwork.hasDevice(status.network))
    }
    let containers = Self.containers(of: sorted, on: Set(shown.map(\.network.id)))
    let positions = Dictionary(
      uniqueKeysWithValues: containers.enumerated().map { ($1.id, $0) })
    self.containers = containers
    networks = shown.map { GraphNetwork($0, ports, containers, positions, on: host) }
  }

  private static func containers(
    of statuses: [NetworkStatus], on shown: Set<NetworkID>
  ) -> [GraphContainer] {
    let names = Dictionary(
      statuses.map { ($0.network.id, $0.network.name) }, uniquingKeysWith: { first, _ in first })
    let endpoints = Dictionary(grouping: statuses.flatMap(\.endpoints), by: \.container.id)
      .filter { $0.value.contains { shown.contains($0.network) } }
    let namesakes = Dictionary(grouping: endpoints.values, by: { $0[0].container.name })
    let sorted = endpoints.values.sorted { left, right in
      let (one, other) = (left[0].container, right[0].container)
      if one.name == other.name { return one.id < other.id }
      return NaturalOrder.precedes(one.name, other.name)
    }
    var shared = 0
    return sorted.map { endpoints in
      let isShared = endpoints.count > 1
      if isShared { shared += 1 }
      return GraphContainer(
        endpoints, networkNames: endpoints.map { names[$0.network] ?? $0.network.short },
        isNameUnique: namesakes[endpoints[0].container.name]?.count == 1,
        mark: isShared ? shared - 1 : nil)
    }
  }
}

/// A container on at least one network of a graph.
struct GraphContainer: Sendable {
  /// Its identity.
  let id: ContainerID
  let name: String
  /// The identity prefix that follows the name if another container has the same name.
  private let distinction: String
  /// All its networks, including those not drawn, ordered by name.
  let memberships: [(network: NetworkID, name: String)]
  /// Distinguishes containers on several networks by colour; nil for one on a single network.
  let mark: Int?
  /// The endpoint that owns its default route, by family.
  let routes: [AddressFamily: EndpointID]

  init(_ endpoints: [Endpoint], networkNames: [String], isNameUnique: Bool, mark: Int?) {
    let container = endpoints[0].container
    id = container.id
    name = container.name
    distinction = isNameUnique ? "" : " (\(container.id.short))"
    memberships = zip(endpoints, networkNames).map { ($0.network, $1) }
    self.mark = mark
    var routes: [AddressFamily: EndpointID] = [:]
    for family in AddressFamily.allCases {
      routes[family] = endpoints.defaultRouteOwner(family)?.id
    }
    self.routes = routes
  }

  /// Its full label.
  var label: String { name + distinction }

  /// Its label within a number of cells.
  func label(within cells: Int, mark: String = "…") -> String {
    let room = cells - TerminalWidth.of(distinction)
    return TerminalText.escaped(name).shortened(to: room, mark: mark) + distinction
  }
}

/// The connection of a container to a network of a graph.
struct GraphAttachment: Sendable {
  /// The container's index in the graph.
  let container: Int
  /// Its interface; nil on a network without links.
  let interface: EndpointInterface?
  /// The families whose default route the endpoint owns.
  let routes: [AddressFamily]
  /// The ports published through it.
  let ports: [String]
  /// The other networks of the container.
  let otherNetworks: [String]
  /// Whether another network owns the default route of the other family.
  private let sharesRoutes: Bool

  init(
    _ endpoint: Endpoint, _ ports: [PublishedPort], at position: Int, in container: GraphContainer
  ) {
    self.container = position
    interface = endpoint.interface
    let routes = AddressFamily.allCases.filter { container.routes[$0] == endpoint.id }
    self.routes = routes
    sharesRoutes = container.routes.count > routes.count
    self.ports = PortText.mappings(ports.map { $0.reached(by: endpoint.interface) })
    otherNetworks = container.memberships.filter { $0.network != endpoint.network }.map(\.name)
  }

  /// Its addresses, link-local ones last.
  var addresses: [String] {
    guard let interface else { return [] }
    return interface.addresses.map(\.description) + interface.linkLocalAddresses.map(\.description)
  }

  /// A description of the default route; nil when another network owns it.
  var routeText: String? {
    guard !routes.isEmpty else { return nil }
    return sharesRoutes
      ? "default route of " + routes.map(\.name).joined(separator: ", ") : "default route"
  }
}

extension PublishedPort {
  /// The port where it is reached: one without a host port is reached at the container's address.
  fileprivate func reached(by interface: EndpointInterface?) -> PublishedPort {
    guard hostPort == nil,
      let address = interface?.addresses.first(where: { $0.address.family == host.family })
    else { return self }
    return PublishedPort(
      host: address.address, hostPort: containerPort, transport: transport,
      containerPort: containerPort)
  }
}

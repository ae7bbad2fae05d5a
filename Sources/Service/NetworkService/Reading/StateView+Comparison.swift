import Addressing
import Configuration
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// The desired state from the records beside what was observed in the kernel.
struct HostComparison {
  let desired: DesiredHost
  let observed: ObservedHost
  /// The compared networks, each with its desired state.
  let networks: [(network: Network, desired: DesiredNetworkState)]
  /// The names of containers, by the owner of their links.
  let containerNames: [LinkOwner: String]
  /// Recorded endpoints whose links no longer exist in the kernel, although none waits for its
  /// container.
  let vanished: [Endpoint]
  /// The firewall elements of containers that are gone. They go with the endpoints.
  let elementsOfVanished: Set<FirewallElement>
  /// Networks whose endpoints cannot be read; they were compared without them.
  let unreadable: [(network: Network, error: StateError)]
  /// Networks whose driver netctl does not have; they were not compared.
  let unknown: [Network]
  /// Networks with an invalid option; they were not compared.
  let unusable: [(network: Network, error: OptionError)]
  /// Damage in the documents of networks, the host and published ports.
  let damaged: [StateError]

  /// The differences that concern one network.
  func differences(of network: DesiredNetworkState) -> [Difference] {
    observed.differences(to: network).map(\.difference)
  }

  /// The same, each with the name of the container that it concerns.
  func attributedDifferences(
    of network: DesiredNetworkState
  ) -> [(difference: Difference, container: String?)] {
    observed.differences(to: network).map { difference, endpoint in
      (difference, endpoint.flatMap { containerNames[$0.owner] })
    }
  }

  /// The same of what all networks share.
  var attributedSharedDifferences: [(difference: Difference, container: String?)] {
    sharedDifferences.map { difference in
      switch difference {
      case .hairpinOff(let name): (difference, container { $0.link.hostName == name })
      case .elementMissing(.published(_, _, _, let address, _)),
        .elementMissing(.openPort(let address, _, _)):
        (difference, container(at: address))
      default: (difference, nil)
      }
    }
  }

  /// The name of the container that has an address.
  func container(at address: IPAddress) -> String? {
    container { $0.addresses.contains { $0.address == address } }
  }

  private func container(where isMeant: (DesiredEndpoint) -> Bool) -> String? {
    networks.lazy.flatMap(\.desired.endpoints).map(\.endpoint).first(where: isMeant)
      .flatMap { containerNames[$0.owner] }
  }

  /// The differences in what all networks share, but for the elements of containers that are gone.
  var sharedDifferences: [Difference] {
    observed.differences(to: desired).filter { difference in
      if case .elementUnexpected(let element) = difference {
        !elementsOfVanished.contains(element)
      } else {
        true
      }
    }
  }

  /// The networks whose device is incomplete, and stays so while others have their addresses.
  func networksToSkip(
    among networks: [Network], _ drivers: DriverRegistry
  ) -> Set<NetworkID> {
    let incomplete = self.networks.filter { compared in
      differences(of: compared.desired).contains(where: \.indicatesIncompleteDevice)
    }
    return NetworkConflict.networksToSkip(
      among: networks, drivers, withoutBridge: Set(incomplete.map(\.network.id)))
  }
}

extension Difference {
  /// Whether the device is missing, or lacks one of its addresses.
  fileprivate var indicatesIncompleteDevice: Bool {
    switch self {
    case .deviceMissing, .addressMissing(_, _, .host): true
    default: false
    }
  }
}

/// What is on record of the compared networks.
private struct ComparedRecords {
  var networks: [(network: Network, desired: DesiredNetworkState)] = []
  var containerNames: [LinkOwner: String] = [:]
  var live: [Endpoint] = []
  var vanished: [Endpoint] = []
  var unreadable: [(network: Network, error: StateError)] = []
  var unusable: [(network: Network, error: OptionError)] = []
  var unknown: [Network] = []
  /// The containers that were entered.
  var containers: [ContainerID: ObservedContainer] = [:]

  /// Whether nothing was left out.
  var isComplete: Bool { unreadable.isEmpty && unusable.isEmpty && unknown.isEmpty }
}

extension StateView {
  /// Observes all networks and the whole kernel, each in one pass.
  func compare(_ listing: NetworkListing) throws(ServiceError) -> HostComparison {
    let interfaces = try kernel.interfaces(in: .host)
    var records = ComparedRecords()
    for network in listing.networks { try add(network, to: &records, interfaces) }
    // Whether a container has endpoints that were not read is unknown after damage.
    let hasReadAll = listing.damaged.isEmpty && records.isComplete
    let ports = try portsOnRecord(
      live: hasReadAll ? Dictionary(grouping: records.live, by: \.container.id) : nil)
    // Damage to the host record is already reported by the listing.
    let host = try? self.host()
    let desired = DesiredHost(
      networks: records.networks.map(\.desired), ports: ports.desired,
      noTransit: configuration.closedFamilies(
        among: host?.boot == boot ? host?.forwarding ?? [] : []),
      tunnelGuard: records.networks.contains { $0.desired.network.tunnel != nil }
        ? Set(tunnelGuard) : [],
      isComplete: hasReadAll && ports.damaged.isEmpty)
    return HostComparison(
      desired: desired,
      observed: try observation(of: desired, interfaces, Array(records.containers.values)),
      networks: records.networks, containerNames: records.containerNames,
      vanished: records.vanished, elementsOfVanished: try elements(of: records.vanished),
      unreadable: records.unreadable, unknown: records.unknown, unusable: records.unusable,
      damaged: listing.damaged.map { $0.inside(path) } + ports.damaged)
  }

  private func add(
    _ network: Network, to records: inout ComparedRecords, _ interfaces: ObservedInterfaces
  ) throws(ServiceError) {
    let known: (any NetworkDriver)?
    do throws(OptionError) {
      known = try drivers.driver(of: network)
    } catch {
      return records.unusable.append((network, error))
    }
    guard let driver = known else { return records.unknown.append(network) }
    // Nothing in the kernel tells of a network without links.
    guard driver.interfaces != nil else { return }
    var recorded: [Endpoint] = []
    do throws(ServiceError) {
      recorded = try endpoints(of: network.id)
    } catch {
      guard case .state(let error) = error else { throw error }
      records.unreadable.append((network, error))
    }
    let (live, gone) = try divide(recorded, by: interfaces)
    records.vanished += gone
    records.live += live
    if driver.isCreatedOnDemand && live.isEmpty { return }
    var state = DesiredNetworkState(network: driver.desiredNetwork)
    do throws(ServiceError) {
      state = DesiredNetworkState(network: try completing(driver.desiredNetwork, of: network))
    } catch {
      guard case .state(let error) = error else { throw error }
      records.unreadable.append((network, error))
    }
    for endpoint in live {
      do throws(ServiceError) {
        let attachment = try attachment(of: endpoint, driver, &records.containers)
        if let attachment { state.endpoints.append(attachment) }
      } catch {
        guard case .state(let error) = error else { throw error }
        records.unreadable.append((network, error))
      }
      records.containerNames[endpoint.owner] = endpoint.container.name
    }
    records.networks.append((network, state))
  }

  private func elements(of vanished: [Endpoint]) throws(ServiceError) -> Set<FirewallElement> {
    var elements: Set<FirewallElement> = []
    for (container, endpoints) in Dictionary(grouping: vanished, by: \.container.id) {
      // What cannot be read is reported elsewhere.
      let ports = (try? ports(of: container))?.ports ?? []
      elements.formUnion(try desiredPorts(ports, on: endpoints).firewall)
    }
    return elements
  }

  private func divide(
    _ endpoints: [Endpoint], by interfaces: ObservedInterfaces
  ) throws(ServiceError) -> (live: [Endpoint], gone: [Endpoint]) {
    var (live, gone): ([Endpoint], [Endpoint]) = ([], [])
    for endpoint in endpoints where !endpoint.container.isStopped {
      if try isAlive(endpoint, by: interfaces) {
        live.append(endpoint)
      } else {
        gone.append(endpoint)
      }
    }
    return (live, gone)
  }

  // Most are found among the host's links, without asking for each.
  private func isAlive(
    _ endpoint: Endpoint, by interfaces: ObservedInterfaces
  ) throws(ServiceError) -> Bool {
    if endpoint.interface?.hostName == nil { return try kernel.isAlive(endpoint) }
    guard endpoint.container.boot == boot,
      interfaces.link(of: endpoint.owner)?.connects(endpoint) == true
    else { return false }
    return kernel.isAtItsPath(endpoint.container) ? true : try kernel.isAlive(endpoint)
  }

  private func attachment(
    of endpoint: Endpoint, _ driver: any NetworkDriver,
    _ containers: inout [ContainerID: ObservedContainer]
  ) throws(ServiceError) -> DesiredAttachment? {
    let desired = try driver.desired(endpoint)
    guard let desired else { return nil }
    let id = endpoint.container.id
    var accessError: KernelError?
    if containers[id] == nil {
      do throws(ServiceError) {
        containers[id] = try inside(endpoint.container)
      } catch {
        // With a host end, the host tells most of the endpoint.
        guard case .kernel(let refusal) = error, case .openNamespace = refusal.operation else {
          throw error
        }
        if desired.link.hostName == nil { accessError = refusal }
      }
    }
    // While one of the container's records cannot be read, the owner of its default routes is
    // unknown. Those go with an interface that is lost, and are made again with it.
    let all =
      desired.link.hostName == nil ? try endpoints(of: id) : (try? endpoints(of: id)) ?? []
    let routes = AddressFamily.allCases.compactMap { family in
      all.defaultRouteOwner(family)?.id == endpoint.id ? endpoint.defaultRoute(family) : nil
    }
    return DesiredAttachment(
      endpoint: desired, container: containers[id]?.handle, accessError: accessError, routes: routes
    )
  }

  // Observed immediately, since the kernel does not keep every container's namespace open.
  private func inside(_ container: Container) throws(ServiceError) -> ObservedContainer? {
    guard let handle = try kernel.enter(container) else { return nil }
    return ObservedContainer(
      handle: handle, interfaces: try kernel.interfaces(in: .container(handle)),
      routing: try kernel.routing(in: .container(handle)))
  }

  private func observation(
    of desired: DesiredHost, _ interfaces: ObservedInterfaces,
    _ containers: [ObservedContainer]
  ) throws(ServiceError) -> ObservedHost {
    var sysctls: [SysctlKey: String] = [:]
    let devices = desired.networks.compactMap(\.network.device)
    let loopback = desired.ports.loopback.map(\.bridge)
    let isLoopback6 = desired.ports.loopback.contains { $0.family == .ipv6 }
    let keys =
      AddressFamily.allCases.flatMap { [SysctlKey.forwarding($0), .bridgedFrames($0)] }
      + devices.flatMap { $0.sysctls.map(\.key) }
      + loopback.map { .interface(.ipv4, $0, .routeLocalnet) }
    for key in keys { sysctls[key] = try kernel.sysctl(key, in: .host) }
    var tunnels: [UInt32: ObservedTunnel] = [:]
    for tunnel in desired.networks.compactMap(\.network.tunnel) {
      guard let link = interfaces.link(for: tunnel.device), link.kind == .vxlan else { continue }
      tunnels[link.index] = try kernel.tunnel(of: link)
    }
    return ObservedHost(
      interfaces: interfaces, firewall: try kernel.firewall(), sysctls: sysctls,
      loopbackLinks: isLoopback6 ? try kernel.loopbackLinks() : [],
      portAddresses: try kernel.portAddresses(), tunnels: tunnels, containers: containers)
  }
}

import Addressing
import Containers
package import KernelModel
package import NetworkModel
public import PacketTrace

/// A trace, and what is on record of its parts.
public struct PacketTraceResult: Sendable {
  package let observation: TraceObservation
  package let conclusion: TraceConclusion
  package let container: Container
  /// The networks on record.
  package let networks: [Network]
  /// What these require of the firewall; internal networks have no way out.
  package let policies: [NetworkID: NetworkPolicy]
  /// The connections and ports of the container on record.
  package let endpoints: [Endpoint]
  package let ports: [PublishedPort]
  /// The name of the other container to which the probe went.
  package let peer: String?
}

extension NetworkService {
  /// Follows one packet between a container and others, and concludes who stopped it.
  ///
  /// The records only add names: any container will do. `report` is told of each event as it
  /// happens.
  public func trace(
    _ request: TraceRequest, container reference: String,
    report: @escaping (PacketEvent) -> Void
  ) throws(ServiceError) -> PacketTraceResult {
    try kernel.checkPrivileges()
    let (container, handle) = try self.container(reference)
    guard let handle else { throw .noSuchContainer(reference) }
    let observation: TraceObservation
    do throws(TraceError) {
      observation = try kernel.kernel.observePacket(
        request, of: handle, toward: peerCandidates(request), report: report)
    } catch {
      throw .trace(error)
    }
    let networks = try recordedNetworks() ?? []
    return PacketTraceResult(
      observation: observation, conclusion: TraceConclusion(observation), container: container,
      networks: networks, policies: policies(of: networks),
      endpoints: recordedEndpoints(of: container),
      ports: recordedPorts(of: container),
      peer: observation.peerPath.map(name(ofContainerAt:)))
  }

  /// Damaged or foreign records do not prevent a trace.
  private func recordedPorts(of container: Container) -> [PublishedPort] {
    guard hasRecords, let held = try? hostView().heldPorts(of: container) else { return [] }
    return held.ports
  }

  private func policies(of networks: [Network]) -> [NetworkID: NetworkPolicy] {
    var policies: [NetworkID: NetworkPolicy] = [:]
    guard !networks.isEmpty, let view = try? hostView() else { return policies }
    for network in networks where !network.isConfigurationOnly {
      policies[network.id] = (try? view.desiredNetwork(of: network))?.policy
    }
    return policies
  }

  private func recordedEndpoints(of container: Container) -> [Endpoint] {
    guard hasRecords else { return [] }
    return (try? hostView().endpoints(of: container.id)) ?? []
  }

  /// Who may be at the destination, if it is on this host.
  private func peerCandidates(_ request: TraceRequest) -> PeerCandidates {
    PeerCandidates(
      owner: {
        request.destination.flatMap { self.recordedContainer(with: $0)?.path }
      },
      publisher: { self.publisher(of: request)?.path },
      all: {
        NamespaceScanner.namedNamespaces().map { NamedNamespaceFinder.folder + $0 }
          + NamespaceScanner.processes().map { "/proc/\($0.identifier)/ns/net" }
      })
  }

  private func publisher(of request: TraceRequest) -> Container? {
    guard hasRecords, let held = try? hostView().allPorts() else { return nil }
    return held.first { container in
      container.reached.contains { port in
        port.hostPort == request.port && port.transport.name == request.protocol.name
          && (port.host == request.destination
            || port.host.isUnspecified && port.host.family == request.destination?.family)
      }
    }?.container
  }

  private func recordedContainer(with address: IPAddress) -> Container? {
    guard hasRecords, let view = try? hostView() else { return nil }
    let networks = (try? recordedNetworks())?.filter { network in
      network.subnets.contains { $0.subnet.contains(address) }
    }
    for network in networks ?? [] {
      let endpoint = try? view.endpoints(of: network.id).first {
        $0.interface?.addresses.contains { $0.address == address } == true
      }
      if let endpoint { return endpoint.container }
    }
    return nil
  }

  /// The name that people know the container by whose namespace file this is.
  private func name(ofContainerAt path: String) -> String {
    if hasRecords, let view = try? hostView(), let ids = try? view.containers() {
      for id in ids {
        if let found = try? view.container(id), found.path == path { return found.name }
      }
    }
    return NamedNamespaceFinder.container(atPath: path).name
  }
}

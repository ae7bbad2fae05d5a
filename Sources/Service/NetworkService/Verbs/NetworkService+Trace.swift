import KernelModel
package import NetworkModel
public import PacketTrace

/// A trace, and what is on record of its parts.
public struct PacketTraceResult: Sendable {
  package let observation: TraceObservation
  package let conclusion: TraceConclusion
  package let container: Container
  /// The networks on record.
  package let networks: [Network]
  /// The ports on record that the container holds.
  package let ports: [PublishedPort]
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
      observation = try kernel.kernel.observePacket(request, of: handle, report: report)
    } catch {
      throw .trace(error)
    }
    return PacketTraceResult(
      observation: observation, conclusion: TraceConclusion(observation), container: container,
      networks: try recordedNetworks() ?? [], ports: recordedPorts(of: container))
  }

  /// Damaged or foreign records do not keep anybody from looking at packets.
  private func recordedPorts(of container: Container) -> [PublishedPort] {
    guard hasRecords, let held = try? hostView().heldPorts(of: container) else { return [] }
    return held.ports
  }
}

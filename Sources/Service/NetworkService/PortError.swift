public import Addressing
public import KernelModel
public import NetworkModel

/// Why a port cannot be published, or unpublished.
public enum PortError: Error, Hashable, Sendable {
  /// Another container has the port of the host, or this one has it already.
  case taken(host: IPAddress, port: UInt16, by: String)
  /// Something of the host's is in the way: a process, if it can be found out which.
  case obstructed(host: IPAddress, port: UInt16, PortRequest, PortObstacle, by: HostProcess? = nil)
  /// None of the ports that would do is free.
  case noneFree(PortRequest)
  /// No network of the container can carry it.
  case noCarrier(PortRequest, container: String)
  /// It is not published.
  case notPublished(PortRequest, container: String)
}

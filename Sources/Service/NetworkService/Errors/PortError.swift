public import Addressing
public import KernelModel
public import NetworkModel

/// Why a port cannot be published or unpublished.
public enum PortError: Error, Hashable, Sendable {
  /// The host port belongs to another container, or already to this one.
  case taken(host: IPAddress, port: UInt16, by: String)
  /// The host port is not available; includes the process that has bound it, if known.
  case obstructed(
    host: IPAddress, port: UInt16, PortRequest, PortUnavailability, by: HostProcess? = nil)
  /// None of the acceptable host ports is available.
  case noneFree(PortRequest)
  /// None of the container's networks can publish it.
  case noPublishingEndpoint(PortRequest, container: String)
  /// The same, because the configuration does without a firewall.
  case noFirewall(PortRequest)
  /// The same, because the driver of its networks publishes no ports.
  case unpublishingDriver(PortRequest, DriverName, container: String)
  /// The port is not published.
  case notPublished(PortRequest, container: String)
}

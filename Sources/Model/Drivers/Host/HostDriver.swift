import KernelModel
import NetworkModel

/// The driver of the network `host`, the host's own namespace, to which nothing is connected.
struct HostDriver: NetworkDriver {
  static let name = DriverName.host
  static let summary = "The host's own namespace"
  static let isSingleInstance = true
  static let admission = Admission.none

  let desiredNetwork = DesiredNetwork()

  init(_ network: Network) {}

  func desiredEndpoint(_ endpoint: Endpoint) -> DesiredEndpoint? { nil }
}

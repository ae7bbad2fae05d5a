import KernelModel
import NetworkModel

/// The driver of networks without kernel objects: `none`, whose containers are on no other network,
/// and configuration-only networks.
struct NullDriver: NetworkDriver {
  static let name = DriverName.null
  static let summary = "No network but loopback"
  static let isSingleInstance = true
  static let admission = Admission.exclusive

  let desiredNetwork = DesiredNetwork()

  init(_ network: Network) {}

  func desiredEndpoint(_ endpoint: Endpoint) -> DesiredEndpoint? { nil }
}

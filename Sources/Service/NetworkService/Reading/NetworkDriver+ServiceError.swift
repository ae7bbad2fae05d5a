import Drivers
import KernelModel
import NetworkModel

extension Network {
  /// The driver of this network, with its options read.
  func configuredDriver() throws(ServiceError) -> any NetworkDriver {
    try checked { () throws(OptionError) in try makeDriver() }
  }
}

extension NetworkDriver {
  /// What the kernel should hold for an endpoint; nil if the driver gives it no link.
  func desired(_ endpoint: Endpoint) throws(ServiceError) -> DesiredEndpoint? {
    try checked { () throws(OptionError) in try desiredEndpoint(endpoint) }
  }
}

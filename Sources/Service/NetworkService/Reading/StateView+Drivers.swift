import Drivers
import KernelModel
import NetworkModel

/// The drivers of recorded networks.
extension StateView {
  /// The driver of a network, with its options parsed.
  func driver(of network: Network) throws(ServiceError) -> any NetworkDriver {
    guard let driver = try knownDriver(of: network) else {
      throw .unknownDriver(network.driver, network: network.name)
    }
    return driver
  }

  /// The same; nil for a driver that netctl does not have, of which only the record is known.
  func knownDriver(of network: Network) throws(ServiceError) -> (any NetworkDriver)? {
    try drivers.knownDriver(of: network)
  }

  /// The desired kernel state of a network; nothing for a driver that netctl does not have.
  func desiredNetwork(of network: Network) throws(ServiceError) -> DesiredNetwork {
    try drivers.desiredNetwork(of: network)
  }
}

extension DriverRegistry {
  /// The driver of a network, with its options parsed; nil for one that netctl does not have.
  func knownDriver(of network: Network) throws(ServiceError) -> (any NetworkDriver)? {
    do throws(OptionError) {
      return try driver(of: network)
    } catch {
      throw .option(error)
    }
  }

  /// The desired kernel state of a network; nothing for a driver that netctl does not have.
  func desiredNetwork(of network: Network) throws(ServiceError) -> DesiredNetwork {
    try knownDriver(of: network)?.desiredNetwork ?? DesiredNetwork()
  }
}

extension NetworkDriver {
  /// What the kernel should hold for an endpoint; nil if the driver gives it no link.
  func desired(_ endpoint: Endpoint) throws(ServiceError) -> DesiredEndpoint? {
    do throws(OptionError) {
      return try desiredEndpoint(endpoint)
    } catch {
      throw .option(error)
    }
  }
}

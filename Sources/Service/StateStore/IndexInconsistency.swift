public import Addressing
public import NetworkModel

/// A file derived from documents disagrees with them, for example after restoring a backup or
/// editing a document.
public enum IndexInconsistency: Hashable, Sendable {
  /// The leases of a network have other subnets than the network.
  case otherSubnets(NetworkID)
  /// An address of an endpoint or a reserved address is not leased.
  case freeAddress(IPAddress, NetworkID)
  /// This many leased addresses belong to no endpoint.
  case lostAddresses(UInt64, NetworkID)
  /// An endpoint is missing from the index of its container.
  case missingContainerEntry(Endpoint)
  /// The index of a container contains an endpoint that does not exist.
  case unexpectedContainerEntry(file: String, NetworkID)
  /// A published port is not reserved.
  case missingReservation(PortReservation)
  /// A port is reserved but not published.
  case unexpectedReservation(PortReservation)

  /// The network it concerns; nil for ports, which belong to no network.
  public var network: NetworkID? {
    switch self {
    case .otherSubnets(let id), .freeAddress(_, let id), .lostAddresses(_, let id),
      .unexpectedContainerEntry(_, let id):
      id
    case .missingContainerEntry(let endpoint): endpoint.network
    case .missingReservation, .unexpectedReservation: nil
    }
  }

  /// The same with the full path of the file it names.
  public func inside(_ folder: String) -> IndexInconsistency {
    guard case .unexpectedContainerEntry(let file, let network) = self else { return self }
    return .unexpectedContainerEntry(file: "\(folder)/\(file)", network)
  }
}

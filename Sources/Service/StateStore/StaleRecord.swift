public import Addressing
public import NetworkModel

/// A file that is made from documents and does not say what they say: restored from a backup, say, or
/// left behind when a document was edited.
public enum StaleRecord: Hashable, Sendable {
  /// The leases of a network are not of its subnets.
  case otherSubnets(NetworkID)
  /// An address that an endpoint has, or that the network's definition sets aside, counts as free.
  case freeAddress(IPAddress, NetworkID)
  /// So many addresses count as taken that nobody has.
  case lostAddresses(UInt64, NetworkID)
  /// An endpoint does not count as its container's.
  case missingMembership(Endpoint)
  /// A container counts as having an endpoint that there is not.
  case surplusMembership(file: String, NetworkID)
  /// A published port counts as free.
  case missingMarker(PortMarker)
  /// A port counts as published that is not.
  case surplusMarker(PortMarker)

  /// The network that it is about; nil for ports, which belong to no network.
  public var network: NetworkID? {
    switch self {
    case .otherSubnets(let id), .freeAddress(_, let id), .lostAddresses(_, let id),
      .surplusMembership(_, let id):
      id
    case .missingMembership(let endpoint): endpoint.network
    case .missingMarker, .surplusMarker: nil
    }
  }

  /// The same with the whole path of the file that it names.
  public func inside(_ folder: String) -> StaleRecord {
    guard case .surplusMembership(let file, let network) = self else { return self }
    return .surplusMembership(file: "\(folder)/\(file)", network)
  }
}

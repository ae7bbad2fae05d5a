/// What could not be done with one of several networks.
public struct NetworkFailure: Sendable {
  /// What was named, or the network's name.
  public let name: String
  /// Why.
  public let error: ServiceError
}

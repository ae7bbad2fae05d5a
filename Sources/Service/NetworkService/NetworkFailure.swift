/// What could not be done with one of several networks.
public struct NetworkFailure: Sendable {
  /// The network's name; nil where the error says what it is about.
  public let network: String?
  /// Why.
  public let error: ServiceError
}

/// An operation that failed for one of several networks.
public struct NetworkFailure: Sendable {
  /// The network's name; nil where the error itself names its subject.
  public let network: String?
  /// The reason.
  public let error: ServiceError
}

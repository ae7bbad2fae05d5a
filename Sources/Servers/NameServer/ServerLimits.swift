import NIOCore

/// What one container may take, so that the others do not feel it.
enum ServerLimits {
  /// Queries of one container that others are being asked at a time.
  static let forwardedPerContainer = 128
  /// The same of all containers (Docker).
  static let forwarded = 1024
  /// TCP connections of one container.
  static let connectionsPerContainer = 32
  /// How long a TCP connection may be silent.
  static let silence = TimeAmount.seconds(10)
  /// Datagrams of one container that are read before another container has its turn.
  static let datagramsPerTurn = 4
  /// Answers of one container that are kept.
  static let answersPerContainer = 1024
  /// How long another server may take (Docker).
  static let forwardingTimeout = TimeAmount.seconds(4)
  /// How many other servers are asked (Docker).
  static let servers = 3
}

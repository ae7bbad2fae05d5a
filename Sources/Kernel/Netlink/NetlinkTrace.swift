/// Which way an observed message went.
public enum NetlinkDirection: Hashable, Sendable {
  /// To the kernel.
  case sent
  /// From the kernel.
  case received
}

/// Is told the bytes of everything that a socket sends and receives, one or more messages at once.
public typealias NetlinkObserver = (NetlinkDirection, ArraySlice<UInt8>) -> Void

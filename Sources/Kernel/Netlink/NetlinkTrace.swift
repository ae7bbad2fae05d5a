/// The direction of an observed message.
package enum NetlinkDirection: Hashable, Sendable {
  /// To the kernel.
  case sent
  /// From the kernel.
  case received
}

/// Receives the bytes of everything that a socket sends and receives, one or more messages at once.
package typealias NetlinkObserver = (NetlinkDirection, ArraySlice<UInt8>) -> Void

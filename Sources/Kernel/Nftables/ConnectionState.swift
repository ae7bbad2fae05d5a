/// A connection state of conntrack.
package enum ConnectionState {
  case invalid
  case established
  case related
  case new
  case untracked

  /// The kernel's bit for the state.
  package var bit: UInt32 {
    switch self {
    case .invalid: 1 << 0
    case .established: 1 << 1
    case .related: 1 << 2
    case .new: 1 << 3
    case .untracked: 1 << 6
    }
  }
}

public import KernelModel

/// The kernel that networks live in.
public struct KernelDescription: Hashable, Sendable {
  /// Its release, as `uname -r` prints it.
  public let release: String
  /// What it has of all that networks may need.
  public let features: [KernelFeature: FeatureAvailability]

  /// Takes every member.
  public init(release: String, features: [KernelFeature: FeatureAvailability]) {
    self.release = release
    self.features = features
  }
}

extension NetworkService {
  /// Which kernel this is, and what it can do. Touches neither it nor the state.
  public func describeKernel() throws(ServiceError) -> KernelDescription {
    try observed { () throws(KernelError) in
      KernelDescription(
        release: try kernel.sysctl(["kernel", "osrelease"], in: .host) ?? "",
        features: try kernel.features())
    }
  }
}

public import KernelModel

/// The kernel that networks run on.
public struct KernelDescription: Hashable, Sendable {
  /// The release, as `uname -r` prints it.
  public let release: String
  /// Which of the features that networks may need it has.
  public let features: [KernelFeature: FeatureAvailability]

  package init(release: String, features: [KernelFeature: FeatureAvailability]) {
    self.release = release
    self.features = features
  }
}

extension NetworkService {
  /// The kernel's release and features. Changes neither the kernel nor the state.
  public func describeKernel() throws(ServiceError) -> KernelDescription {
    try observed { () throws(KernelError) in
      KernelDescription(
        release: try kernel.sysctl(["kernel", "osrelease"], in: .host) ?? "",
        features: try kernel.features())
    }
  }
}

public import KernelModel

/// The kernel that networks run on.
public struct KernelDescription: Hashable, Sendable {
  /// The release, as `uname -r` prints it.
  public let release: String
  /// Which of the features that networks may need it has.
  public let features: [KernelFeature: FeatureAvailability]

  /// Creates a request; the defaults leave the host side open.
  public init(release: String, features: [KernelFeature: FeatureAvailability]) {
    self.release = release
    self.features = features
  }
}

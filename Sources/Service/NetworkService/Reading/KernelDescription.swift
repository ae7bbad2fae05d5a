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

/// Where to look for the container of this host to which a probe goes; nothing is looked up before
/// it is needed.
public struct PeerCandidates {
  /// The namespace file of the container on record with the destination as its address.
  package let owner: () -> String?
  /// The namespace file of the container on record that publishes the destination's port.
  package let publisher: () -> String?
  /// The namespace files of all containers.
  package let all: () -> [String]

  package init(
    owner: @escaping () -> String?, publisher: @escaping () -> String?,
    all: @escaping () -> [String]
  ) {
    self.owner = owner
    self.publisher = publisher
    self.all = all
  }
}

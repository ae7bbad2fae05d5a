import LinuxSystem
import NetworkModel

/// The networks as their documents have them, with what tells whether those are still the same.
struct NetworkDocuments: Sendable {
  /// The folder of the documents; nil when there is none.
  let folder: FileStamp?
  /// The networks in no particular order.
  private(set) var networks: [Network] = []
  /// Their documents, in the same order.
  private(set) var stamps: [FileStamp] = []
  /// One error for each document that is damaged.
  var damaged: [StateError] = []

  init(in folder: FileStamp?, capacity: Int = 0) {
    self.folder = folder
    networks.reserveCapacity(capacity)
    stamps.reserveCapacity(capacity)
  }

  var listing: NetworkListing { NetworkListing(networks: networks, damaged: damaged) }

  mutating func append(_ network: Network, as stamp: FileStamp) {
    networks.append(network)
    stamps.append(stamp)
  }
}

import LinuxSystem
import NetworkModel

/// The networks as read from their documents, with the stamps to detect changes.
struct NetworkDocuments: Sendable {
  /// The stamp of the documents' directory; nil when it does not exist.
  let folder: FileStamp?
  /// The networks in no particular order.
  private(set) var networks: [Network] = []
  /// The stamps of their documents, in the same order.
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

/// The cluster that this host is in: where its store is, and what the host tells of itself there.
package struct ClusterSettings: Hashable, Sendable {
  /// Where the store listens.
  package enum Store: Hashable, Sendable {
    /// Members of etcd as `HOST:PORT`, to be tried in turn.
    case members([String])
    /// A local socket of etcd.
    case socket(String)
  }

  /// Files for TLS; all are PEM.
  package struct Certificates: Hashable, Sendable {
    /// The authorities whose servers are believed.
    package let authorities: String
    /// The certificate of this host.
    package let certificate: String
    /// Its private key.
    package let key: String
  }

  /// Where the store listens.
  package var store: Store
  /// The keys of the store begin with this path: empty, or with a slash in front.
  package var path: String
  /// Whether the store is spoken to by TLS. There is no way back to plain text.
  package var usesTLS: Bool
  /// The files for TLS; nil for the host's authorities, and no certificate of its own.
  package var certificates: Certificates?
  /// A file with `USER:PASSWORD`.
  package var credentialsFile: String?
  /// The address, or the interface with the address, at which other hosts reach this one; nil if it
  /// is not set.
  package var advertised: String?
  /// Seconds between two signs of life.
  package var heartbeat = 20
  /// Seconds without one after which the agent counts as gone.
  package var timeToLive = 60
  /// Seconds without one after which the host's endpoints are released.
  package var endpointTimeToLive = 24 * 3600
  /// The VXLAN network identifiers that new networks get.
  package var identifiers: ClosedRange<UInt32> = 0x10_0000...0xff_ffff
  /// The UDP port of VXLAN datagrams.
  package var dataPathPort: UInt16 = 4789

  package init(_ store: Store, path: String = "", usesTLS: Bool = false) {
    self.store = store
    self.path = path
    self.usesTLS = usesTLS
  }
}

/// The kind of a link, as the kernel names it (IFLA_INFO_KIND).
public struct LinkKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The kernel's name.
  public let rawValue: String

  /// Takes the kernel's name.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The kernel's name.
  public var description: String { rawValue }

  /// A bridge.
  public static let bridge = LinkKind(rawValue: "bridge")
  /// One end of a virtual Ethernet pair.
  public static let veth = LinkKind(rawValue: "veth")
  /// An interface with a hardware address of its own on another link.
  public static let macvlan = LinkKind(rawValue: "macvlan")
  /// An interface on another link that shares its hardware address.
  public static let ipvlan = LinkKind(rawValue: "ipvlan")
  /// A dummy link, which discards what it is sent.
  public static let dummy = LinkKind(rawValue: "dummy")
  /// A link that carries the frames of another with an 802.1Q tag.
  public static let vlan = LinkKind(rawValue: "vlan")
  /// A tunnel that carries frames in UDP datagrams.
  public static let vxlan = LinkKind(rawValue: "vxlan")

  /// Whether a link of this kind is an end of a pair, so that the link it names is the other end.
  package var isPair: Bool { self == .veth }
}

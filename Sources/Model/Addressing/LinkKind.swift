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
  /// A macvlan interface whose frames go to a process.
  static let macvtap = LinkKind(rawValue: "macvtap")
  /// An ipvlan interface whose frames go to a process.
  static let ipvtap = LinkKind(rawValue: "ipvtap")
  /// A dummy link, which discards what it is sent.
  public static let dummy = LinkKind(rawValue: "dummy")
  /// A link that carries the frames of another with an 802.1Q tag.
  public static let vlan = LinkKind(rawValue: "vlan")
  /// A tunnel that carries frames in UDP datagrams.
  public static let vxlan = LinkKind(rawValue: "vxlan")

  /// A link whose frames come from a process and go to it.
  package static let tun = LinkKind(rawValue: "tun")

  /// Whether a link of this kind is an end of a pair, so that the link it names is the other end.
  package var isPair: Bool { self == .veth }

  /// Whether a link of this kind hands its frames to another link, on which it is stacked, and not
  /// to the host's IP layer.
  package var isStacked: Bool {
    [.macvlan, .macvtap, .ipvlan, .ipvtap].contains(self)
  }
}

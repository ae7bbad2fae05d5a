public import Addressing

/// A link as the kernel holds it.
public struct ObservedLink: Hashable, Sendable {
  /// The kernel's number for it.
  public let index: UInt32
  /// Its name.
  public let name: String
  /// The kernel's word for its kind, such as `bridge` or `veth`; nil for hardware and loopback.
  public let kind: String?
  /// The mark that netctl left on it; nil on a link that netctl did not make.
  public let owner: LinkOwner?
  /// Whether netctl made it and was interrupted before it could leave its mark.
  public let isUnmarked: Bool
  /// The index of the bridge it is a port of.
  public let master: UInt32?
  /// Whether it is administratively up.
  public let isUp: Bool
  /// Bytes; 0 where it was not asked for.
  public let mtu: UInt32
  /// The hardware address; nil for a link that has none, or none of six bytes.
  public let mac: MACAddress?
  /// The index of a veth's other end, in the namespace where that is.
  public let peer: UInt32?
  /// Whether, as a port of a bridge, it is kept from other isolated ports.
  public let isIsolated: Bool
  /// Whether, as a port of a bridge, it sends frames back that came in there.
  public let isHairpin: Bool
  /// Whether, as a port of a bridge, it makes the bridge learn addresses.
  public let isLearning: Bool
  /// Whether the namespace of a veth's other end is gone; the kernel deletes the link soon.
  public let isOrphaned: Bool

  /// Takes every member.
  public init(
    index: UInt32, name: String, kind: String?, owner: LinkOwner?, isUnmarked: Bool = false,
    master: UInt32? = nil, isUp: Bool, mtu: UInt32 = 0, mac: MACAddress? = nil,
    peer: UInt32? = nil, isIsolated: Bool = false, isHairpin: Bool = false,
    isLearning: Bool = false, isOrphaned: Bool = false
  ) {
    self.index = index
    self.name = name
    self.kind = kind
    self.owner = owner
    self.isUnmarked = isUnmarked
    self.master = master
    self.isUp = isUp
    self.mtu = mtu
    self.mac = mac
    self.peer = peer
    self.isIsolated = isIsolated
    self.isHairpin = isHairpin
    self.isLearning = isLearning
    self.isOrphaned = isOrphaned
  }

  /// Whether it is a namespace's loopback interface.
  public var isLoopback: Bool { name == "lo" }

  /// Whether it belongs to `owner`: it bears the mark, or has the name that only `owner` gives and
  /// waits for the mark.
  public func belongs(to owner: LinkOwner) -> Bool {
    self.owner == owner || isUnmarked
  }
}

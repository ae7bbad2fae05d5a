public import Addressing

/// A link as observed.
public struct ObservedLink: Hashable, Sendable {
  /// The interface index.
  public let index: UInt32
  /// Its name.
  public let name: InterfaceName
  /// Further names, which may be longer; no other link can have one of them.
  public let alternativeNames: [String]
  /// The kind; nil for hardware and loopback.
  public let kind: LinkKind?
  /// The owner from its alias; nil on a link that netctl did not create.
  public let owner: LinkOwner?
  /// Whether netctl created it but was interrupted before setting its alias.
  public let isIncomplete: Bool
  /// The index of the bridge that it is a port of.
  public let master: UInt32?
  /// Whether it is administratively up.
  public let isUp: Bool
  /// Bytes; 0 if not queried.
  public let mtu: UInt32
  /// The hardware address; nil if it has none, or none of six bytes.
  public let mac: MACAddress?
  /// The index of a veth's peer, in the peer's namespace.
  public let peer: UInt32?
  /// The mode of a macvlan interface.
  public let macvlanMode: MacvlanMode?
  /// Whether it is an isolated bridge port.
  public let isIsolated: Bool
  /// Whether it is a bridge port that takes frames from known sources only.
  public let isLocked: Bool
  /// Whether it is a bridge port in hairpin mode.
  public let isHairpin: Bool
  /// Whether it is a bridge port with learning enabled.
  public let isLearning: Bool
  /// Whether the namespace of a veth's peer is gone; the kernel will delete the link soon.
  public let isOrphaned: Bool

  package init(
    index: UInt32, name: InterfaceName, alternativeNames: [String] = [], kind: LinkKind?,
    owner: LinkOwner?,
    isIncomplete: Bool = false,
    master: UInt32? = nil, isUp: Bool, mtu: UInt32 = 0, mac: MACAddress? = nil,
    peer: UInt32? = nil, macvlanMode: MacvlanMode? = nil, isIsolated: Bool = false,
    isLocked: Bool = false, isHairpin: Bool = false, isLearning: Bool = false,
    isOrphaned: Bool = false
  ) {
    self.index = index
    self.name = name
    self.alternativeNames = alternativeNames
    self.kind = kind
    self.owner = owner
    self.isIncomplete = isIncomplete
    self.master = master
    self.isUp = isUp
    self.mtu = mtu
    self.mac = mac
    self.peer = peer
    self.macvlanMode = macvlanMode
    self.isIsolated = isIsolated
    self.isLocked = isLocked
    self.isHairpin = isHairpin
    self.isLearning = isLearning
    self.isOrphaned = isOrphaned
  }

  /// Whether it is a namespace's loopback interface: the first link, whatever its name.
  public var isLoopback: Bool { index == 1 && kind == nil }

  /// Whether it belongs to `owner` by its alias, or may because its creation was interrupted: the
  /// caller must have found it by the owner's name.
  public func mayBelong(to owner: LinkOwner) -> Bool {
    self.owner == owner || isIncomplete
  }
}

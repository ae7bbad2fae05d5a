import CLinux
import Netlink

/// A kind of link that stands alone or on a parent link.
public enum LinkKind: Hashable, Sendable {
  /// How the links of one macvlan parent reach each other.
  public enum MacvlanMode: Hashable, Sendable {
    /// Not at all.
    case `private`
    /// Through the switch outside.
    case vepa
    /// Directly.
    case bridge
    /// There is only one, and it has the parent for itself.
    case passthru
  }

  /// At which layer a parent passes packets to its ipvlan links.
  public enum IPvlanMode: Hashable, Sendable {
    /// Frames, with broadcast.
    case l2
    /// Packets, routed by the parent's namespace.
    case l3
    /// Packets, routed and seen by the firewall of the parent's namespace.
    case l3s
  }

  /// How the links of one ipvlan parent reach each other.
  public enum IPvlanFlag: Hashable, Sendable {
    /// Directly.
    case bridge
    /// Not at all.
    case `private`
    /// Through the switch outside.
    case vepa
  }

  /// A link with a hardware address of its own on a parent.
  case macvlan(parent: UInt32, MacvlanMode)
  /// A link with IP addresses of its own on a parent.
  case ipvlan(parent: UInt32, IPvlanMode, IPvlanFlag)
  /// The part of a parent's traffic that has a tag.
  case vlan(parent: UInt32, identifier: UInt16)
  /// A link that leads nowhere.
  case dummy
}

extension LinkKind {
  /// The driver's word.
  var name: String {
    switch self {
    case .macvlan: "macvlan"
    case .ipvlan: "ipvlan"
    case .vlan: "vlan"
    case .dummy: "dummy"
    }
  }

  var parent: UInt32? {
    switch self {
    case .macvlan(let parent, _), .ipvlan(let parent, _, _), .vlan(let parent, _): parent
    case .dummy: nil
    }
  }

  func writeData(to writer: inout MessageWriter) {
    switch self {
    case .macvlan(_, let mode):
      writer.attribute(UInt16(IFLA_MACVLAN_MODE), mode.number)
    case .ipvlan(_, let mode, let flag):
      writer.attribute(UInt16(IFLA_IPVLAN_MODE), mode.number)
      writer.attribute(UInt16(IFLA_IPVLAN_FLAGS), flag.number)
    case .vlan(_, let identifier):
      writer.attribute(UInt16(IFLA_VLAN_ID), identifier)
    case .dummy:
      break
    }
  }
}

extension LinkKind.MacvlanMode {
  fileprivate var number: UInt32 {
    switch self {
    case .private: UInt32(MACVLAN_MODE_PRIVATE.rawValue)
    case .vepa: UInt32(MACVLAN_MODE_VEPA.rawValue)
    case .bridge: UInt32(MACVLAN_MODE_BRIDGE.rawValue)
    case .passthru: UInt32(MACVLAN_MODE_PASSTHRU.rawValue)
    }
  }
}

extension LinkKind.IPvlanMode {
  fileprivate var number: UInt16 {
    switch self {
    case .l2: UInt16(IPVLAN_MODE_L2.rawValue)
    case .l3: UInt16(IPVLAN_MODE_L3.rawValue)
    case .l3s: UInt16(IPVLAN_MODE_L3S.rawValue)
    }
  }
}

extension LinkKind.IPvlanFlag {
  fileprivate var number: UInt16 {
    switch self {
    case .bridge: 0
    case .private: UInt16(IPVLAN_F_PRIVATE)
    case .vepa: UInt16(IPVLAN_F_VEPA)
    }
  }
}

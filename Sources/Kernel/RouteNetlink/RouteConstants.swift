import CLinux

/// Message types, with the width they have on the wire.
enum RouteMessage {
  static let newLink = UInt16(RTM_NEWLINK)
  static let deleteLink = UInt16(RTM_DELLINK)
  static let getLink = UInt16(RTM_GETLINK)
  static let setLink = UInt16(RTM_SETLINK)
  static let newAddress = UInt16(RTM_NEWADDR)
  static let deleteAddress = UInt16(RTM_DELADDR)
  static let getAddress = UInt16(RTM_GETADDR)
  static let newRoute = UInt16(RTM_NEWROUTE)
  static let deleteRoute = UInt16(RTM_DELROUTE)
  static let getRoute = UInt16(RTM_GETROUTE)
  static let newRule = UInt16(RTM_NEWRULE)
  static let deleteRule = UInt16(RTM_DELRULE)
  static let getRule = UInt16(RTM_GETRULE)
  static let newNeighbor = UInt16(RTM_NEWNEIGH)
  static let deleteNeighbor = UInt16(RTM_DELNEIGH)
  static let getNeighbor = UInt16(RTM_GETNEIGH)
  static let getNamespaceID = UInt16(RTM_GETNSID)
}

/// Multicast groups.
enum RouteGroup {
  static let link = UInt32(RTNLGRP_LINK.rawValue)
}

/// Address families of requests.
enum Family {
  static let unspecified = UInt8(AF_UNSPEC)
  static let ipv4 = UInt8(AF_INET)
  static let ipv6 = UInt8(AF_INET6)
  static let bridge = UInt8(AF_BRIDGE)
}

/// Attributes of links.
enum LinkAttribute {
  static let address = UInt16(IFLA_ADDRESS)
  static let name = UInt16(IFLA_IFNAME)
  static let mtu = UInt16(IFLA_MTU)
  static let link = UInt16(IFLA_LINK)
  static let master = UInt16(IFLA_MASTER)
  static let protocolInfo = UInt16(IFLA_PROTINFO)
  static let operationalState = UInt16(IFLA_OPERSTATE)
  static let info = UInt16(IFLA_LINKINFO)
  static let namespaceDescriptor = UInt16(IFLA_NET_NS_FD)
  static let alias = UInt16(IFLA_IFALIAS)
  static let carrier = UInt16(IFLA_CARRIER)
  static let xdp = UInt16(IFLA_XDP)
  static let xdpAttached = UInt16(IFLA_XDP_ATTACHED)
  static let bridgeSpanningTree = UInt16(IFLA_BR_STP_STATE)
  static let group = UInt16(IFLA_GROUP)
  static let linkNamespaceID = UInt16(IFLA_LINK_NETNSID)
  static let infoKind = UInt16(IFLA_INFO_KIND)
  static let infoData = UInt16(IFLA_INFO_DATA)
  static let infoPortKind = UInt16(IFLA_INFO_SLAVE_KIND)
  static let infoPortData = UInt16(IFLA_INFO_SLAVE_DATA)
  static let vethPeer = UInt16(VETH_INFO_PEER)
  static let familySpecific = UInt16(IFLA_AF_SPEC)
  static let ipv4Configuration = UInt16(IFLA_INET_CONF)
  static let arpNotify = UInt16(IPV4_DEVCONF_ARP_NOTIFY)
  static let extensionMask = UInt16(IFLA_EXT_MASK)
  static let properties = UInt16(IFLA_PROP_LIST)
  static let alternativeName = UInt16(IFLA_ALT_IFNAME)
  static let bridgeForwardDelay = UInt16(IFLA_BR_FORWARD_DELAY)
  static let macvlanMode = UInt16(IFLA_MACVLAN_MODE)
  static let ipvlanMode = UInt16(IFLA_IPVLAN_MODE)
  static let ipvlanFlags = UInt16(IFLA_IPVLAN_FLAGS)
  static let vlanID = UInt16(IFLA_VLAN_ID)
}

/// Attributes of a link as a bridge port.
enum PortAttribute {
  static let state = UInt16(IFLA_BRPORT_STATE)
  static let hairpin = UInt16(IFLA_BRPORT_MODE)
  static let learning = UInt16(IFLA_BRPORT_LEARNING)
  static let isolated = UInt16(IFLA_BRPORT_ISOLATED)
  static let locked = UInt16(IFLA_BRPORT_LOCKED)
  static let unicastFlood = UInt16(IFLA_BRPORT_UNICAST_FLOOD)
}

/// Attributes of VXLAN links.
enum TunnelAttribute {
  static let identifier = UInt16(IFLA_VXLAN_ID)
  static let source4 = UInt16(IFLA_VXLAN_LOCAL)
  static let source6 = UInt16(IFLA_VXLAN_LOCAL6)
  static let group6 = UInt16(IFLA_VXLAN_GROUP6)
  static let learning = UInt16(IFLA_VXLAN_LEARNING)
  static let proxy = UInt16(IFLA_VXLAN_PROXY)
  static let port = UInt16(IFLA_VXLAN_PORT)
}

/// Attributes of the IDs by which a namespace refers to others (NETNSA_*).
enum NamespaceAttribute {
  static let id = UInt16(NETNSA_NSID)
}

/// Attributes of addresses.
enum AddressAttribute {
  static let address = UInt16(IFA_ADDRESS)
  static let local = UInt16(IFA_LOCAL)
  static let broadcast = UInt16(IFA_BROADCAST)
  static let flags = UInt16(IFA_FLAGS)
}

/// Attributes of neighbours and of forwarding database entries.
enum NeighborAttribute {
  static let hardwareAddress = UInt16(NDA_LLADDR)
  static let destination = UInt16(NDA_DST)
  static let link = UInt16(NDA_IFINDEX)
}

/// Attributes of rules.
enum RuleAttribute {
  static let source = UInt16(FRA_SRC)
  static let priority = UInt16(FRA_PRIORITY)
  static let table = UInt16(FRA_TABLE)
  static let destination = UInt16(FRA_DST)
  static let inputLink = UInt16(FRA_IIFNAME)
  static let outputLink = UInt16(FRA_OIFNAME)
  static let mark = UInt16(FRA_FWMARK)
}

/// Attributes of routes.
enum RouteAttribute {
  static let destination = UInt16(RTA_DST.rawValue)
  static let source = UInt16(RTA_SRC.rawValue)
  static let inputLink = UInt16(RTA_IIF.rawValue)
  static let outputLink = UInt16(RTA_OIF.rawValue)
  static let preferredSource = UInt16(RTA_PREFSRC.rawValue)
  static let mark = UInt16(RTA_MARK.rawValue)
  static let transport = UInt16(RTA_IP_PROTO.rawValue)
  static let sourcePort = UInt16(RTA_SPORT.rawValue)
  static let destinationPort = UInt16(RTA_DPORT.rawValue)
  static let gateway = UInt16(RTA_GATEWAY.rawValue)
  static let metric = UInt16(RTA_PRIORITY.rawValue)
  static let multipath = UInt16(RTA_MULTIPATH.rawValue)
  static let table = UInt16(RTA_TABLE.rawValue)
  static let via = UInt16(RTA_VIA.rawValue)
}

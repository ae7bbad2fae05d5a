import Addressing
import CLibNL
import Glibc
import KernelTestSupport
import LinuxSystem
import Netlink
import NetlinkTestSupport
import RouteNetlink
import Testing

/// Requests for links on other links, beside those that libnl builds for the same. A kernel without
/// the module never sees them.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct StackedLinkRequestTests {
  private static let parent: UInt32 = 7
  private static let address = MACAddress("02:42:0a:00:00:02")!

  @Test(arguments: [UInt32(1), 2, 4, 8])
  func macvlan(mode: UInt32) throws {
    let (own, theirs) = try requests(Self.interface, libnl: rtnl_link_macvlan_alloc()) {
      rtnl_link_macvlan_set_mode($0, mode)
    } request: { (routes, link, namespace) throws(NetlinkError) in
      try routes.createMacvlan(link, mode: mode, on: Self.parent, in: namespace)
    }

    #expect(own == theirs && own.attributes.count == 7)
  }

  @Test(arguments: [UInt16(0), 1, 2], [UInt16(0), 1, 2])
  func ipvlan(mode: UInt16, flags: UInt16) throws {
    var link = Self.interface
    link.address = nil
    var (own, theirs) = try requests(link, libnl: rtnl_link_ipvlan_alloc()) {
      rtnl_link_ipvlan_set_mode($0, mode)
    } request: { (routes, link, namespace) throws(NetlinkError) in
      try routes.createIpvlan(link, mode: mode, flags: flags, on: Self.parent, in: namespace)
    }

    // libnl knows nothing of flags, which follow the mode.
    if flags != 0 { theirs.extendInformation(by: [6, 0, 2, 0, UInt8(flags), 0, 0, 0]) }
    #expect(own == theirs && own.attributes.count == 6)
  }

  @Test(arguments: [UInt16(1), 10, 4094])
  func vlan(id: UInt16) throws {
    let (own, theirs) = try requests(
      LinkSpecification(name: "eth7.\(id)", group: 7), libnl: rtnl_link_vlan_alloc(), inside: false
    ) {
      rtnl_link_vlan_set_id($0, id)
    } request: { (routes, link, _) throws(NetlinkError) in
      _ = try routes.createVLAN(link, id: id, on: Self.parent)
    }

    #expect(own == theirs && own.attributes.count == 4)
  }

  @Test func dummy() throws {
    let link = rtnl_link_alloc()
    rtnl_link_set_type(link, "dummy")
    let (own, theirs) = try requests(
      LinkSpecification(name: "dm-0123456789ab", group: 7), libnl: link, inside: false,
      isStacked: false
    ) { _ in
    } request: { (routes, link, _) throws(NetlinkError) in
      _ = try routes.createDummy(link)
    }

    #expect(own == theirs && own.attributes.count == 3)
  }

  private static var interface: LinkSpecification {
    LinkSpecification(name: "eth0", mtu: 1400, address: address, group: 7)
  }

  /// The first request that is sent for a link, and what libnl would send.
  private func requests(
    _ specification: LinkSpecification, libnl link: OpaquePointer?, inside: Bool = true,
    isStacked: Bool = true, setting: (OpaquePointer?) -> Void,
    request: (inout RouteSocket, LinkSpecification, borrowing NetworkNamespace) throws(NetlinkError)
      -> Void
  ) throws -> (own: LinkRequest, theirs: LinkRequest) {
    defer { rtnl_link_put(link) }
    return try withNamespace { namespace in
      let peer = ScriptedPeer { request in [.messages(.verdict(on: request))] }
      var routes = RouteSocket(peer)
      // What follows a link's creation is not answered here.
      try? request(&routes, specification, namespace)
      let own = try #require(peer.requests.first)

      rtnl_link_set_name(link, specification.name)
      if let mtu = specification.mtu { rtnl_link_set_mtu(link, mtu) }
      if let group = specification.group { rtnl_link_set_group(link, group) }
      if isStacked { rtnl_link_set_link(link, Int32(Self.parent)) }
      if inside { rtnl_link_set_ns_fd(link, namespace.descriptor.rawValue) }
      if let address = specification.address {
        let bytes = Array(address.bytes)
        let binary = nl_addr_build(AF_LLC, bytes, bytes.count)
        rtnl_link_set_addr(link, binary)
        nl_addr_put(binary)
      }
      setting(link)
      var message: OpaquePointer?
      #expect(
        rtnl_link_build_add_request(link, NLM_F_CREATE | NLM_F_EXCL, &message) == 0)
      defer { nlmsg_free(message) }
      let header = nlmsg_hdr(message)
      let payload = UnsafeRawBufferPointer(
        start: nlmsg_data(header), count: Int(nlmsg_datalen(header)))
      return (LinkRequest(Array(own.payload)), LinkRequest(Array(payload)))
    }
  }
}

/// A request for a link: its header, and its attributes in the order of their numbers, byte for
/// byte.
private struct LinkRequest: Equatable {
  let header: [UInt8]
  private(set) var attributes: [[UInt8]]

  private static let headerLength = 16

  init(_ payload: [UInt8]) {
    header = Array(payload.prefix(Self.headerLength))
    var attributes: [[UInt8]] = []
    var rest = payload.dropFirst(Self.headerLength)
    while rest.count >= 4 {
      let start = rest.startIndex
      let length = Int(rest[start]) | Int(rest[start + 1]) << 8
      let padded = min((length + 3) & ~3, rest.count)
      attributes.append(Array(rest.prefix(padded)))
      rest = rest.dropFirst(padded)
    }
    self.attributes = attributes.sorted { ($0[2], $0[3]) < ($1[2], $1[3]) }
  }

  /// Adds an attribute to the data of the kind, which is the last of the information.
  mutating func extendInformation(by attribute: [UInt8]) {
    guard let position = attributes.firstIndex(where: { $0[2] == UInt8(IFLA_LINKINFO) }) else {
      return
    }
    var information = attributes[position]
    // The information itself, its kind, and its data.
    let kind = 4
    let data = kind + ((Int(information[kind]) + 3) & ~3)
    for start in [0, data] { information[start] += UInt8(attribute.count) }
    attributes[position] = information + attribute
  }
}

package import Addressing
import CLinux
import Netlink

/// A route of a routing table.
package struct Route: Hashable, Sendable {
  /// What a route does with packets.
  package struct Kind: RawRepresentable, Hashable, Sendable {
    /// The kernel's number.
    package let rawValue: UInt8

    /// Wraps the kernel's number.
    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Forwards them.
    package static let unicast = Kind(rawValue: 1)
    /// Delivers them locally.
    package static let local = Kind(rawValue: 2)
    /// Continues with the next rule (throw).
    package static let `throw` = Kind(rawValue: 9)
  }

  /// A routing table.
  package struct Table: RawRepresentable, Hashable, Sendable {
    /// The kernel's number.
    package let rawValue: UInt32

    /// Wraps the kernel's number.
    package init(rawValue: UInt32) {
      self.rawValue = rawValue
    }

    /// The default table.
    package static let main = Table(rawValue: 254)
    /// The table of local addresses.
    package static let local = Table(rawValue: 255)
  }

  /// The destination; a prefix of length 0 is the default route.
  package var destination: IPPrefix

  /// The gateway; nil when the destination is on-link.
  package var gateway: IPAddress?

  /// The output interface; nil for routes that have none or several.
  package var linkIndex: UInt32?

  /// The route with the lowest metric to a destination is used.
  ///
  /// The kernel turns an IPv6 metric of 0 into 1024.
  package var metric: UInt32

  /// The routing table.
  package var table: Table

  /// The scope; IPv6 only has `universe`.
  package var scope: RouteScope

  /// What happens to the packets.
  package var kind: Kind

  /// What made the route (RTPROT_*).
  var origin = Route.madeByAnyone

  /// Whether the route has several next hops, or a gateway of the other family.
  var hasOtherNextHops = false

  /// Describes a route.
  package init(
    to destination: IPPrefix, via gateway: IPAddress? = nil, onLink linkIndex: UInt32?,
    metric: UInt32 = 0, table: Table = .main, kind: Kind = .unicast
  ) {
    self.destination = destination
    self.gateway = gateway
    self.linkIndex = linkIndex
    self.metric = metric
    self.table = table
    self.kind = kind
    switch (destination.family, kind) {
    case (.ipv6, _): scope = .universe
    case (.ipv4, .local): scope = .host
    case (.ipv4, _): scope = gateway == nil ? .link : .universe
    }
  }

  /// Describes a default route through a gateway, preferred over others by a lower `metric`.
  ///
  /// Without one, the metric is 0 for IPv4 and 1024 for IPv6.
  package static func defaultRoute(
    via gateway: IPAddress, onLink index: UInt32, metric: UInt32? = nil
  ) -> Route {
    Route(
      to: .everything(gateway.family), via: gateway, onLink: index,
      metric: metric ?? gateway.family.defaultMetric)
  }

  /// Describes a default route without a gateway.
  package static func defaultRoute(
    _ family: AddressFamily, onLink index: UInt32, metric: UInt32? = nil
  ) -> Route {
    Route(to: .everything(family), onLink: index, metric: metric ?? family.defaultMetric)
  }

  /// Describes the route that makes a link accept packets to `::1`.
  ///
  /// The kernel requires a separate route for each link, so they differ in metric.
  package static func loopback(onLink index: UInt32) -> Route {
    Route(
      to: .loopback6, onLink: index, metric: 2048 + index, table: .local, kind: .local)
  }

  /// Whether it accepts packets to `::1`.
  package var isLoopback6: Bool { destination == .loopback6 }

  /// Whether this is a default route.
  package var isDefault: Bool { destination.length == 0 }

  /// Whether it ends the route lookup.
  var takesPackets: Bool { kind != .throw }

  /// Whether it drops or refuses packets: a blackhole, unreachable or prohibit route.
  var rejectsPackets: Bool {
    [UInt8(RTN_BLACKHOLE), UInt8(RTN_UNREACHABLE), UInt8(RTN_PROHIBIT)].contains(kind.rawValue)
  }

  /// Whether the destination is a network that the host itself has an address in.
  package var isConnected: Bool { isOnLink && Self.madeForAddresses.contains(origin) }

  /// Whether the destination is reached without a gateway, by a route other than the default.
  package var isOnLink: Bool {
    kind == .unicast && !isDefault && gateway == nil && !hasOtherNextHops && linkIndex != nil
      && (destination.family == .ipv6 || scope == .link)
  }
}

extension Route {
  static let headerLength = 12
  static let madeByCommand = UInt8(RTPROT_BOOT)
  /// Those that make a route along with an address: the kernel, and clients of DHCP and router
  /// advertisements that do so in its place.
  static let madeForAddresses = [
    UInt8(RTPROT_KERNEL), UInt8(RTPROT_RA), UInt8(RTPROT_DHCP),
  ]
  static let madeByAnyone = UInt8(RTPROT_UNSPEC)
  /// RTM_F_FIB_MATCH returns the matching FIB entry instead of the resolved route,
  /// RTM_F_LOOKUP_TABLE its table. For IPv6 the kernel always reports the table, and rejects that
  /// flag.
  static func asInTheTable(_ family: AddressFamily) -> UInt32 {
    UInt32(family == .ipv4 ? RTM_F_FIB_MATCH | RTM_F_LOOKUP_TABLE : RTM_F_FIB_MATCH)
  }

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == RouteMessage.newRoute,
      let family = fields.next(UInt8.self).flatMap(AddressFamily.init(number:)),
      let length = fields.next(UInt8.self), fields.skip(2),
      let shortTable = fields.next(UInt8.self), let origin = fields.next(UInt8.self),
      let scope = fields.next(UInt8.self), let kind = fields.next(UInt8.self),
      let flags = fields.next(UInt32.self), flags & UInt32(RTM_F_CLONED) == 0
    else { return nil }

    var address: IPAddress? = IPPrefix.everything(family).address
    metric = 0
    table = Table(rawValue: UInt32(shortTable))
    self.origin = origin
    self.scope = RouteScope(rawValue: scope)
    self.kind = Kind(rawValue: kind)
    for attribute in message.attributes(after: Self.headerLength) {
      switch attribute.type {
      case RouteAttribute.destination: address = IPAddress(bytes: attribute.payload)
      case RouteAttribute.gateway: gateway = IPAddress(bytes: attribute.payload)
      case RouteAttribute.outputLink: linkIndex = attribute.integer()
      case RouteAttribute.metric: metric = attribute.integer() ?? 0
      case RouteAttribute.table:
        table = attribute.integer().map(Table.init(rawValue:)) ?? table
      case RouteAttribute.multipath, RouteAttribute.via: hasOtherNextHops = true
      default: continue
      }
    }
    guard let address, address.family == family,
      let destination = IPPrefix(address: address, length: Int(length))
    else { return nil }
    self.destination = destination
  }

  /// Writes the route with protocol `origin`; 0 matches any.
  func write(to writer: inout MessageWriter, origin: UInt8) {
    writer.append(destination.family.number)
    writer.append(UInt8(destination.length))
    writer.append(zeros: 2)
    writer.append(UInt8(exactly: table.rawValue) ?? UInt8(RT_TABLE_COMPAT.rawValue))
    writer.append(origin)
    writer.append(scope.rawValue)
    writer.append(kind.rawValue)
    writer.append(UInt32(0))
    if !isDefault {
      writer.attribute(RouteAttribute.destination, bytes: destination.masked.address.bytes)
    }
    writer.attribute(RouteAttribute.table, table.rawValue)
    if let gateway { writer.attribute(RouteAttribute.gateway, bytes: gateway.bytes) }
    if let linkIndex { writer.attribute(RouteAttribute.outputLink, linkIndex) }
    if metric != 0 { writer.attribute(RouteAttribute.metric, metric) }
  }
}

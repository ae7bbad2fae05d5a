public import Addressing
import CLinux
import Netlink

/// A route of a routing table.
public struct Route: Hashable, Sendable {
  /// What the kernel does with packets that take a route.
  public struct Kind: RawRepresentable, Hashable, Sendable {
    /// The kernel's number.
    public let rawValue: UInt8

    /// Wraps the kernel's number.
    public init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Sends them on.
    public static let unicast = Kind(rawValue: 1)
    /// Takes them in.
    public static let local = Kind(rawValue: 2)
    /// Goes on with the next rule.
    public static let `throw` = Kind(rawValue: 9)
  }

  /// A routing table.
  public struct Table: RawRepresentable, Hashable, Sendable {
    /// The kernel's number.
    public let rawValue: UInt32

    /// Wraps the kernel's number.
    public init(rawValue: UInt32) {
      self.rawValue = rawValue
    }

    /// The table that commands use when nothing else is said.
    public static let main = Table(rawValue: 254)
    /// The table of the host's own addresses.
    public static let local = Table(rawValue: 255)
  }

  /// Where packets must go to take the route; a prefix of length 0 is the default route.
  public var destination: IPPrefix

  /// The router that packets are handed to; nil when the destination is on the link.
  public var gateway: IPAddress?

  /// The link that packets leave by; nil for routes that have none or several.
  public var linkIndex: UInt32?

  /// Which of several routes to the same destination is taken: the lowest.
  ///
  /// The kernel turns an IPv6 metric of 0 into 1024.
  public var metric: UInt32

  /// The table that holds the route.
  public var table: Table

  /// How far away the destination is; IPv6 knows only the universe.
  public var scope: RouteScope

  /// What happens to the packets.
  public var kind: Kind

  /// Whether the route has routers behind several links, or one of another family.
  var hasOtherNextHops = false

  /// Describes a route.
  public init(
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

  /// Describes the default route through a router, which may be preferred to others by `metric`.
  ///
  /// Without a metric it is 0 for IPv4 and 1024 for IPv6.
  public static func defaultRoute(
    via gateway: IPAddress, onLink index: UInt32, metric: UInt32? = nil
  ) -> Route {
    Route(
      to: .everything(gateway.family), via: gateway, onLink: index,
      metric: metric ?? gateway.family.defaultMetric)
  }

  /// Describes a default route that hands all packets to a link without a router.
  public static func defaultRoute(
    _ family: AddressFamily, onLink index: UInt32, metric: UInt32? = nil
  ) -> Route {
    Route(to: .everything(family), onLink: index, metric: metric ?? family.defaultMetric)
  }

  /// Describes the route by which packets to `::1` may come in by a link.
  ///
  /// The kernel wants a route of its own for each link, which therefore differ in their metric.
  public static func loopback(onLink index: UInt32) -> Route {
    Route(
      to: .loopback6, onLink: index, metric: 2048 + index, table: .local, kind: .local)
  }

  /// Whether packets to `::1` may take it.
  public var isLoopback6: Bool { destination == .loopback6 }

  /// Whether the route takes every destination.
  public var isDefault: Bool { destination.length == 0 }

  /// Whether it ends the search for a route.
  var takesPackets: Bool { kind != .throw }

  /// Whether the destination is reached without a router, by a route that is not the default.
  public var isOnLink: Bool {
    kind == .unicast && !isDefault && gateway == nil && !hasOtherNextHops && linkIndex != nil
      && (destination.family == .ipv6 || scope == .link)
  }
}

extension Route {
  static let headerLength = 12
  static let madeByCommand = UInt8(RTPROT_BOOT)
  static let madeByAnyone = UInt8(RTPROT_UNSPEC)
  /// Asks for the route itself and its table, instead of what the kernel makes of it for one address.
  /// Of IPv6 the kernel tells the table unasked, and takes asking amiss.
  static func asInTheTable(_ family: AddressFamily) -> UInt32 {
    UInt32(family == .ipv4 ? RTM_F_FIB_MATCH | RTM_F_LOOKUP_TABLE : RTM_F_FIB_MATCH)
  }

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == RouteMessage.newRoute,
      let family = fields.next(UInt8.self).flatMap(AddressFamily.init(number:)),
      let length = fields.next(UInt8.self), fields.skip(2),
      let shortTable = fields.next(UInt8.self), fields.skip(1),
      let scope = fields.next(UInt8.self), let kind = fields.next(UInt8.self),
      let flags = fields.next(UInt32.self), flags & UInt32(RTM_F_CLONED) == 0
    else { return nil }

    var address: IPAddress? = IPPrefix.everything(family).address
    metric = 0
    table = Table(rawValue: UInt32(shortTable))
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

  /// Writes the route as one that `origin` made; 0 matches any origin.
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

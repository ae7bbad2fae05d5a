package import Addressing
import CLinux
package import LinuxSystem
package import Netlink

/// A question to the FIB about one packet.
package struct RouteLookup: Sendable {
  package var destination: IPAddress
  package var source: IPAddress?
  /// The link that the packet arrives on; nil for one of this namespace's own.
  package var inputLink: UInt32?
  package var mark: UInt32
  package var transport: UInt8?
  package var sourcePort: UInt16?
  package var destinationPort: UInt16?

  package init(
    to destination: IPAddress, from source: IPAddress? = nil, inputLink: UInt32? = nil,
    mark: UInt32 = 0, transport: UInt8? = nil, sourcePort: UInt16? = nil,
    destinationPort: UInt16? = nil
  ) {
    self.destination = destination
    self.source = source
    self.inputLink = inputLink
    self.mark = mark
    self.transport = transport
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
  }
}

/// What the FIB says about a packet.
package enum RouteResult: Hashable, Sendable {
  case route(ResolvedRoute)
  /// The kernel would not forward it; the number means several things.
  case refused(Errno)
}

/// The route of one packet.
package struct ResolvedRoute: Hashable, Sendable {
  /// Whether the packet is for this namespace itself.
  package let isLocal: Bool
  package let linkIndex: UInt32?
  package let gateway: IPAddress?
  package let source: IPAddress?
  package let table: UInt32
  /// The destination of the FIB entry; nil if the kernel did not say.
  package var prefix: IPPrefix?

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == RouteMessage.newRoute,
      let family = fields.next(UInt8.self).flatMap(AddressFamily.init(number:)),
      let length = fields.next(UInt8.self), fields.skip(2),
      let shortTable = fields.next(UInt8.self), fields.skip(2), let kind = fields.next(UInt8.self)
    else { return nil }
    var table = UInt32(shortTable)
    var (link, gateway, source) = (UInt32?.none, IPAddress?.none, IPAddress?.none)
    var destination = IPPrefix.everything(family).address
    for attribute in message.attributes(after: Route.headerLength) {
      switch attribute.type {
      case RouteAttribute.destination:
        destination = IPAddress(bytes: attribute.payload) ?? destination
      case RouteAttribute.gateway: gateway = IPAddress(bytes: attribute.payload)
      case RouteAttribute.outputLink: link = attribute.integer()
      case RouteAttribute.preferredSource: source = IPAddress(bytes: attribute.payload)
      case RouteAttribute.table: table = attribute.integer() ?? table
      case RouteAttribute.via:
        // struct rtvia: the family, then an address of the other family.
        gateway = IPAddress(bytes: attribute.payload.dropFirst(2)) ?? gateway
      default: continue
      }
    }
    isLocal = kind == Route.Kind.local.rawValue
    (linkIndex, self.gateway, self.source, self.table) = (link, gateway, source, table)
    prefix = IPPrefix(address: destination, length: Int(length))
  }
}

extension RouteSocket {
  /// The route of a packet. Errors that mean a decision about the packet are returned.
  package mutating func resolve(_ lookup: RouteLookup) throws(NetlinkError) -> RouteResult {
    let first = try resolve(lookup, flags: UInt32(RTM_F_LOOKUP_TABLE))
    guard case .route(var route) = first else { return first }
    // The matching entry; not all kinds of question allow it.
    if case .route(let entry)? = try? resolve(
      lookup, flags: Route.asInTheTable(lookup.destination.family))
    {
      route.prefix = entry.prefix
    } else {
      route.prefix = nil
    }
    return .route(route)
  }

  private mutating func resolve(
    _ lookup: RouteLookup, flags: UInt32
  ) throws(NetlinkError) -> RouteResult {
    let family = lookup.destination.family
    do throws(NetlinkError) {
      let route = try netlink.get(
        RouteMessage.getRoute,
        { writer in
          writer.append(family.number)
          writer.append(UInt8(family.bitWidth))
          writer.append(lookup.source == nil ? UInt8(0) : UInt8(family.bitWidth))
          writer.append(zeros: 5)
          writer.append(family == .ipv4 ? flags : flags & ~UInt32(RTM_F_LOOKUP_TABLE))
          writer.attribute(RouteAttribute.destination, bytes: lookup.destination.bytes)
          if let source = lookup.source {
            writer.attribute(RouteAttribute.source, bytes: source.bytes)
          }
          if let link = lookup.inputLink { writer.attribute(RouteAttribute.inputLink, link) }
          if lookup.mark != 0 { writer.attribute(RouteAttribute.mark, lookup.mark) }
          if let transport = lookup.transport {
            writer.attribute(RouteAttribute.transport, transport)
          }
          if let port = lookup.sourcePort {
            writer.attribute(RouteAttribute.sourcePort, bigEndian: port)
          }
          if let port = lookup.destinationPort {
            writer.attribute(RouteAttribute.destinationPort, bigEndian: port)
          }
        }, parse: ResolvedRoute.init)
      guard let route else { throw NetlinkError(.badMessage) }
      return .route(route)
    } catch {
      let decisions: [Errno] = [
        .networkUnreachable, .hostUnreachable, .permissionDenied, .invalidArgument,
        .addressNotAvailable, .noDevice, .networkDown,
      ]
      guard decisions.contains(error.errno) else { throw error }
      return .refused(error.errno)
    }
  }
}

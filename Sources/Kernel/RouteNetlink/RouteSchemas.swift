import Addressing
package import Netlink

/// How to display messages about links, addresses and routes.
package enum RouteSchemas {
  /// The messages by type.
  package static let all: [UInt16: MessageSchema] = [
    RouteMessage.newLink: link("RTM_NEWLINK"),
    RouteMessage.deleteLink: link("RTM_DELLINK"),
    RouteMessage.getLink: link("RTM_GETLINK"),
    RouteMessage.setLink: link("RTM_SETLINK"),
    RouteMessage.newAddress: address("RTM_NEWADDR"),
    RouteMessage.deleteAddress: address("RTM_DELADDR"),
    RouteMessage.getAddress: address("RTM_GETADDR"),
    RouteMessage.newRoute: route("RTM_NEWROUTE"),
    RouteMessage.deleteRoute: route("RTM_DELROUTE"),
    RouteMessage.getRoute: route("RTM_GETROUTE"),
    RouteMessage.newRule: rule("RTM_NEWRULE"),
    RouteMessage.deleteRule: rule("RTM_DELRULE"),
    RouteMessage.getRule: rule("RTM_GETRULE"),
    RouteMessage.newNeighbor: neighbor("RTM_NEWNEIGH"),
    RouteMessage.deleteNeighbor: neighbor("RTM_DELNEIGH"),
    RouteMessage.getNeighbor: neighbor("RTM_GETNEIGH"),
    RouteMessage.getNamespaceID: MessageSchema(
      "RTM_GETNSID", headerLength: 4, header: { _ in nil },
      attributes: [NamespaceAttribute.id: .number("namespace")]),
  ]

  private static func link(_ name: String) -> MessageSchema {
    MessageSchema(name, headerLength: LinkHeader.length, header: linkHeader, attributes: links)
  }

  @Sendable private static func linkHeader(_ fields: inout FieldReader) -> String? {
    guard let family = fields.next(UInt8.self), fields.skip(3),
      let index = fields.next(UInt32.self), let flags = fields.next(UInt32.self)
    else { return nil }
    let parts = [
      family == Family.bridge ? "bridge port" : nil, index == 0 ? nil : "index \(index)",
      LinkFlags(rawValue: flags).contains(.up) ? "up" : nil,
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private static let ends: [UInt16: AttributeSchema] = [
    LinkAttribute.address: hardwareAddress("address"),
    LinkAttribute.name: .text("name"),
    LinkAttribute.mtu: .number("mtu"),
    LinkAttribute.namespaceDescriptor: .number("namespace"),
    LinkAttribute.alias: .text("alias"),
    LinkAttribute.group: .number("group"),
  ]

  private static let links = ends.merging(
    [
      LinkAttribute.link: .number("link"),
      LinkAttribute.master: .number("master"),
      LinkAttribute.protocolInfo: .nest("port", ports),
      LinkAttribute.operationalState: .number("state"),
      LinkAttribute.info: information,
      LinkAttribute.linkNamespaceID: .number("link-namespace"),
    ], uniquingKeysWith: { _, new in new })

  private static let information = AttributeSchema("info") { attribute in
    let kind = attribute.attributes.first { $0.type == LinkAttribute.infoKind }?.string
    let schemas: [UInt16: AttributeSchema] = [
      LinkAttribute.infoKind: .text("kind"),
      LinkAttribute.infoData: .nest("data", kind.flatMap { kindData[$0] } ?? [:]),
      LinkAttribute.infoPortKind: .text("port-kind"),
      LinkAttribute.infoPortData: .nest("port-data", ports),
    ]
    return "{\(AttributeSchema.describe(attribute.attributes, by: schemas))}"
  }

  // The same numbers have other meanings for other kinds.
  private static let kindData: [String: [UInt16: AttributeSchema]] = [
    "bridge": [LinkAttribute.bridgeForwardDelay: .number("forward-delay")],
    "ipvlan": [
      LinkAttribute.ipvlanMode: .number("mode"), LinkAttribute.ipvlanFlags: .number("flags"),
    ],
    "macvlan": [LinkAttribute.macvlanMode: .number("mode")],
    "veth": [LinkAttribute.vethPeer: peer],
    "vlan": [LinkAttribute.vlanID: .number("id")],
    "vxlan": [
      TunnelAttribute.identifier: .number("id"), TunnelAttribute.source4: ipAddress("local"),
      TunnelAttribute.source6: ipAddress("local"),
    ],
  ]

  private static let peer = AttributeSchema("peer") { attribute in
    let members = AttributeSequence(attribute.payload.dropFirst(LinkHeader.length))
    return "{\(AttributeSchema.describe(members, by: ends))}"
  }

  private static let ports: [UInt16: AttributeSchema] = [
    PortAttribute.state: .number("state"),
    PortAttribute.hairpin: .number("hairpin"),
    PortAttribute.learning: .number("learning"),
    PortAttribute.isolated: .number("isolated"),
    PortAttribute.locked: .number("locked"),
    PortAttribute.unicastFlood: .number("flood"),
  ]

  private static func address(_ name: String) -> MessageSchema {
    MessageSchema(
      name, headerLength: InterfaceAddress.headerLength,
      header: { fields in
        guard fields.skip(1), let length = fields.next(UInt8.self), fields.skip(2),
          let index = fields.next(UInt32.self)
        else { return nil }
        return index == 0 ? nil : "link \(index), length \(length)"
      },
      attributes: [
        AddressAttribute.local: ipAddress("local"),
        AddressAttribute.address: ipAddress("address"),
        AddressAttribute.broadcast: ipAddress("broadcast"),
        AddressAttribute.flags: .number("flags"),
      ])
  }

  private static func route(_ name: String) -> MessageSchema {
    MessageSchema(
      name, headerLength: Route.headerLength,
      header: { fields in
        guard let family = fields.next(UInt8.self), let length = fields.next(UInt8.self) else {
          return nil
        }
        return "family \(family), length \(length)"
      },
      attributes: [
        RouteAttribute.destination: ipAddress("to"),
        RouteAttribute.gateway: ipAddress("via"),
        RouteAttribute.outputLink: .number("link"),
        RouteAttribute.metric: .number("metric"),
        RouteAttribute.table: .number("table"),
      ])
  }

  private static func rule(_ name: String) -> MessageSchema {
    MessageSchema(
      name, headerLength: RoutingRule.headerLength,
      header: { fields in fields.next(UInt8.self).map { "family \($0)" } },
      attributes: [
        RuleAttribute.source: ipAddress("from"),
        RuleAttribute.table: .number("table"),
        RuleAttribute.priority: .number("priority"),
      ])
  }

  private static func neighbor(_ name: String) -> MessageSchema {
    MessageSchema(
      name, headerLength: ForwardingEntry.headerLength,
      header: { fields in
        guard let family = fields.next(UInt8.self), fields.skip(3),
          let index = fields.next(UInt32.self)
        else { return nil }
        return "family \(family), link \(index)"
      },
      attributes: [
        NeighborAttribute.hardwareAddress: hardwareAddress("address"),
        NeighborAttribute.destination: ipAddress("to"),
      ])
  }

  private static func ipAddress(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { IPAddress(bytes: $0.payload)?.description }
  }

  private static func hardwareAddress(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { MACAddress(bytes: $0.payload)?.description }
  }
}

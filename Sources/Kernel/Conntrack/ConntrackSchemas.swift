import Addressing
package import Netlink

/// How to display messages about tracked connections.
package enum ConntrackSchemas {
  /// The messages by type.
  package static let all: [UInt16: MessageSchema] = [
    ConntrackMessage.new: schema("IPCTNL_MSG_CT_NEW"),
    ConntrackMessage.get: schema("IPCTNL_MSG_CT_GET"),
    ConntrackMessage.delete: schema("IPCTNL_MSG_CT_DELETE"),
  ]

  private static func schema(_ name: String) -> MessageSchema {
    MessageSchema(
      name, headerLength: netfilterHeaderLength, header: { _ in nil },
      attributes: [
        ConnectionAttribute.original: .nest("original", tuple),
        ConnectionAttribute.reply: .nest("reply", tuple),
        ConnectionAttribute.zone: .bigEndian("zone"),
        ConnectionAttribute.filter: .nest(
          "filter",
          [
            ConnectionAttribute.originalFlags: .number("original"),
            ConnectionAttribute.replyFlags: .number("reply"),
          ]),
      ])
  }

  private static let tuple: [UInt16: AttributeSchema] = [
    TupleAttribute.addresses: .nest(
      "addresses",
      [
        TupleAttribute.source(.ipv4): address("source"),
        TupleAttribute.source(.ipv6): address("source"),
        TupleAttribute.destination(.ipv4): address("destination"),
        TupleAttribute.destination(.ipv6): address("destination"),
      ]),
    TupleAttribute.ports: .nest(
      "ports",
      [
        TupleAttribute.number: .number("protocol"),
        TupleAttribute.sourcePort: .bigEndian("source"),
        TupleAttribute.destinationPort: .bigEndian("destination"),
      ]),
  ]

  private static func address(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { IPAddress(bytes: $0.payload)?.description }
  }
}

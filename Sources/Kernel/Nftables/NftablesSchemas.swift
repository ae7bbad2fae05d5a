import CLinux
package import Netlink

/// How to display nftables messages.
package enum NftablesSchemas {
  /// The messages by type.
  package static let all: [UInt16: MessageSchema] = {
    var all: [UInt16: MessageSchema] = [:]
    for (type, name, attributes) in messages {
      all[NftablesMessage.qualified(type)] = schema(name, attributes)
    }
    all[UInt16(NFNL_MSG_BATCH_BEGIN)] = schema("NFNL_MSG_BATCH_BEGIN", [:])
    all[UInt16(NFNL_MSG_BATCH_END)] = schema("NFNL_MSG_BATCH_END", [:])
    return all
  }()

  private static let messages: [(UInt16, String, [UInt16: AttributeSchema])] = [
    (NftablesMessage.newTable, "NFT_MSG_NEWTABLE", tables),
    (NftablesMessage.getTable, "NFT_MSG_GETTABLE", tables),
    (NftablesMessage.deleteTable, "NFT_MSG_DELTABLE", tables),
    (NftablesMessage.newChain, "NFT_MSG_NEWCHAIN", chains),
    (NftablesMessage.getChain, "NFT_MSG_GETCHAIN", chains),
    (NftablesMessage.deleteChain, "NFT_MSG_DELCHAIN", chains),
    (NftablesMessage.newRule, "NFT_MSG_NEWRULE", rules),
    (NftablesMessage.getRule, "NFT_MSG_GETRULE", rules),
    (NftablesMessage.deleteRule, "NFT_MSG_DELRULE", rules),
    (NftablesMessage.newSet, "NFT_MSG_NEWSET", sets),
    (NftablesMessage.newElement, "NFT_MSG_NEWSETELEM", elements),
    (NftablesMessage.getElement, "NFT_MSG_GETSETELEM", elements),
    (NftablesMessage.deleteElement, "NFT_MSG_DELSETELEM", elements),
  ]

  private static func schema(
    _ name: String, _ attributes: [UInt16: AttributeSchema]
  ) -> MessageSchema {
    MessageSchema(
      name, headerLength: netfilterHeaderLength, header: { _ in nil }, attributes: attributes)
  }

  private static let tables: [UInt16: AttributeSchema] = [
    TableAttribute.name: .text("table"), TableAttribute.flags: .bigEndian("flags"),
  ]

  private static let chains: [UInt16: AttributeSchema] = [
    ChainAttribute.table: .text("table"),
    ChainAttribute.name: .text("chain"),
    ChainAttribute.type: .text("type"),
    ChainAttribute.policy: .bigEndian("policy"),
    ChainAttribute.hook: .nest(
      "hook",
      [
        ChainAttribute.hookNumber: .bigEndian("number"),
        ChainAttribute.hookPriority: .bigEndian("priority"),
      ]),
    ChainAttribute.userData: .bytes("user-data"),
  ]

  private static let rules: [UInt16: AttributeSchema] = [
    RuleAttribute.table: .text("table"),
    RuleAttribute.chain: .text("chain"),
    RuleAttribute.expressions: .list("expressions", expression),
  ]

  private static let expression = AttributeSchema("expression") { attribute in
    attribute.attributes.first { $0.type == ExpressionAttribute.name }
      .map { AttributeSchema.quoted($0.string) }
  }

  private static let sets: [UInt16: AttributeSchema] = [
    SetAttribute.table: .text("table"),
    SetAttribute.name: .text("set"),
    SetAttribute.flags: .bigEndian("flags"),
    SetAttribute.keyLength: .bigEndian("key-length"),
    SetAttribute.dataLength: .bigEndian("data-length"),
    SetAttribute.identifier: .bigEndian("identifier"),
  ]

  private static let elements: [UInt16: AttributeSchema] = [
    ElementAttribute.table: .text("table"),
    ElementAttribute.set: .text("set"),
    ElementAttribute.elements: .list(
      "elements",
      .nest(
        "element",
        [
          ElementAttribute.key: value("key"), ElementAttribute.data: value("data"),
        ])),
  ]

  private static func value(_ name: String) -> AttributeSchema {
    AttributeSchema(name) { attribute in
      for member in attribute.attributes {
        switch member.type {
        case DataAttribute.value: return AttributeSchema.hexadecimal(member.payload)
        case DataAttribute.verdict:
          let chain = member.attributes.first { $0.type == DataAttribute.verdictChain }?.string
          return "verdict" + (chain.map { " " + AttributeSchema.quoted($0) } ?? "")
        default: continue
        }
      }
      return nil
    }
  }
}

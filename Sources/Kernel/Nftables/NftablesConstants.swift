import CLinux

/// Message types within the nftables subsystem.
enum NftablesMessage {
  static let newTable = UInt16(NFT_MSG_NEWTABLE.rawValue)
  static let getTable = UInt16(NFT_MSG_GETTABLE.rawValue)
  static let deleteTable = UInt16(NFT_MSG_DELTABLE.rawValue)
  static let newChain = UInt16(NFT_MSG_NEWCHAIN.rawValue)
  static let getChain = UInt16(NFT_MSG_GETCHAIN.rawValue)
  static let deleteChain = UInt16(NFT_MSG_DELCHAIN.rawValue)
  static let newRule = UInt16(NFT_MSG_NEWRULE.rawValue)
  static let getRule = UInt16(NFT_MSG_GETRULE.rawValue)
  static let deleteRule = UInt16(NFT_MSG_DELRULE.rawValue)
  static let newSet = UInt16(NFT_MSG_NEWSET.rawValue)
  static let newElement = UInt16(NFT_MSG_NEWSETELEM.rawValue)
  static let getElement = UInt16(NFT_MSG_GETSETELEM.rawValue)
  static let deleteElement = UInt16(NFT_MSG_DELSETELEM.rawValue)

  /// The type as used outside a batch.
  static func qualified(_ type: UInt16) -> UInt16 {
    UInt16(NFNL_SUBSYS_NFTABLES) << 8 | type
  }
}

/// Families of tables and packets.
package enum NetfilterFamily {
  package static let unspecified = UInt8(NFPROTO_UNSPEC)
  package static let inet = UInt8(NFPROTO_INET)
  package static let bridge = UInt8(NFPROTO_BRIDGE)
  package static let arp = UInt8(NFPROTO_ARP)
  package static let ipv4 = UInt8(NFPROTO_IPV4)
  package static let ipv6 = UInt8(NFPROTO_IPV6)
}

/// Attributes of tables.
enum TableAttribute {
  static let name = UInt16(NFTA_TABLE_NAME.rawValue)
  static let flags = UInt16(NFTA_TABLE_FLAGS.rawValue)
}

/// Attributes of chains.
enum ChainAttribute {
  static let table = UInt16(NFTA_CHAIN_TABLE.rawValue)
  static let name = UInt16(NFTA_CHAIN_NAME.rawValue)
  static let hook = UInt16(NFTA_CHAIN_HOOK.rawValue)
  static let policy = UInt16(NFTA_CHAIN_POLICY.rawValue)
  static let type = UInt16(NFTA_CHAIN_TYPE.rawValue)
  static let userData = UInt16(NFTA_CHAIN_USERDATA.rawValue)
  static let useCount = UInt16(NFTA_CHAIN_USE.rawValue)
  static let hookNumber = UInt16(NFTA_HOOK_HOOKNUM.rawValue)
  static let hookPriority = UInt16(NFTA_HOOK_PRIORITY.rawValue)
}

/// Attributes of rules.
enum RuleAttribute {
  static let table = UInt16(NFTA_RULE_TABLE.rawValue)
  static let chain = UInt16(NFTA_RULE_CHAIN.rawValue)
  static let expressions = UInt16(NFTA_RULE_EXPRESSIONS.rawValue)
}

/// Attributes of sets.
enum SetAttribute {
  static let table = UInt16(NFTA_SET_TABLE.rawValue)
  static let name = UInt16(NFTA_SET_NAME.rawValue)
  static let flags = UInt16(NFTA_SET_FLAGS.rawValue)
  static let keyType = UInt16(NFTA_SET_KEY_TYPE.rawValue)
  static let keyLength = UInt16(NFTA_SET_KEY_LEN.rawValue)
  static let dataType = UInt16(NFTA_SET_DATA_TYPE.rawValue)
  static let dataLength = UInt16(NFTA_SET_DATA_LEN.rawValue)
  static let description = UInt16(NFTA_SET_DESC.rawValue)
  static let descriptionSize = UInt16(NFTA_SET_DESC_SIZE.rawValue)
  static let identifier = UInt16(NFTA_SET_ID.rawValue)
  static let userData = UInt16(NFTA_SET_USERDATA.rawValue)
}

/// Attributes of lists of set elements and of the elements.
enum ElementAttribute {
  static let table = UInt16(NFTA_SET_ELEM_LIST_TABLE.rawValue)
  static let set = UInt16(NFTA_SET_ELEM_LIST_SET.rawValue)
  static let elements = UInt16(NFTA_SET_ELEM_LIST_ELEMENTS.rawValue)
  static let setIdentifier = UInt16(NFTA_SET_ELEM_LIST_SET_ID.rawValue)
  static let key = UInt16(NFTA_SET_ELEM_KEY.rawValue)
  static let data = UInt16(NFTA_SET_ELEM_DATA.rawValue)
}

/// Attributes of values, verdicts and list elements.
enum DataAttribute {
  static let value = UInt16(NFTA_DATA_VALUE.rawValue)
  static let verdict = UInt16(NFTA_DATA_VERDICT.rawValue)
  static let verdictCode = UInt16(NFTA_VERDICT_CODE.rawValue)
  static let verdictChain = UInt16(NFTA_VERDICT_CHAIN.rawValue)
  static let listMember = UInt16(NFTA_LIST_ELEM.rawValue)
}

/// Attributes of expressions.
enum ExpressionAttribute {
  static let name = UInt16(NFTA_EXPR_NAME.rawValue)
  static let data = UInt16(NFTA_EXPR_DATA.rawValue)

  static let metaRegister = UInt16(NFTA_META_DREG.rawValue)
  static let metaKey = UInt16(NFTA_META_KEY.rawValue)
  static let connectionRegister = UInt16(NFTA_CT_DREG.rawValue)
  static let connectionKey = UInt16(NFTA_CT_KEY.rawValue)
  static let connectionDirection = UInt16(NFTA_CT_DIRECTION.rawValue)
  static let routeRegister = UInt16(NFTA_FIB_DREG.rawValue)
  static let routeResult = UInt16(NFTA_FIB_RESULT.rawValue)
  static let routeFlags = UInt16(NFTA_FIB_FLAGS.rawValue)
  static let payloadRegister = UInt16(NFTA_PAYLOAD_DREG.rawValue)
  static let payloadBase = UInt16(NFTA_PAYLOAD_BASE.rawValue)
  static let payloadOffset = UInt16(NFTA_PAYLOAD_OFFSET.rawValue)
  static let payloadLength = UInt16(NFTA_PAYLOAD_LEN.rawValue)
  static let maskSource = UInt16(NFTA_BITWISE_SREG.rawValue)
  static let maskRegister = UInt16(NFTA_BITWISE_DREG.rawValue)
  static let maskLength = UInt16(NFTA_BITWISE_LEN.rawValue)
  static let mask = UInt16(NFTA_BITWISE_MASK.rawValue)
  static let maskToggle = UInt16(NFTA_BITWISE_XOR.rawValue)
  static let compareRegister = UInt16(NFTA_CMP_SREG.rawValue)
  static let compareOperation = UInt16(NFTA_CMP_OP.rawValue)
  static let compareValue = UInt16(NFTA_CMP_DATA.rawValue)
  static let lookupSet = UInt16(NFTA_LOOKUP_SET.rawValue)
  static let lookupSource = UInt16(NFTA_LOOKUP_SREG.rawValue)
  static let lookupRegister = UInt16(NFTA_LOOKUP_DREG.rawValue)
  static let lookupSetIdentifier = UInt16(NFTA_LOOKUP_SET_ID.rawValue)
  static let lookupFlags = UInt16(NFTA_LOOKUP_FLAGS.rawValue)
  static let immediateRegister = UInt16(NFTA_IMMEDIATE_DREG.rawValue)
  static let immediateData = UInt16(NFTA_IMMEDIATE_DATA.rawValue)
  static let translationKind = UInt16(NFTA_NAT_TYPE.rawValue)
  static let translationFamily = UInt16(NFTA_NAT_FAMILY.rawValue)
  static let translationAddress = UInt16(NFTA_NAT_REG_ADDR_MIN.rawValue)
  static let translationLastAddress = UInt16(NFTA_NAT_REG_ADDR_MAX.rawValue)
  static let translationPort = UInt16(NFTA_NAT_REG_PROTO_MIN.rawValue)
  static let translationLastPort = UInt16(NFTA_NAT_REG_PROTO_MAX.rawValue)
  static let translationFlags = UInt16(NFTA_NAT_FLAGS.rawValue)
}

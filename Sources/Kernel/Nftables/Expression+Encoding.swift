import CLinux
import Netlink

extension Expression {
  /// Writes the expression as an element of a rule's expression list.
  func write(to writer: inout MessageWriter) {
    writer.nest(DataAttribute.listMember) { (writer: inout MessageWriter) in
      writer.attribute(ExpressionAttribute.name, string: name)
      writer.nest(ExpressionAttribute.data, writeData)
    }
  }

  private var name: String {
    switch self {
    case .meta, .setTrace: "meta"
    case .limit: "limit"
    case .ct: "ct"
    case .fib: "fib"
    case .payload: "payload"
    case .bitwise: "bitwise"
    case .compare: "cmp"
    case .lookup, .map, .verdictMap: "lookup"
    case .load, .verdict: "immediate"
    case .translate: "nat"
    case .masquerade: "masq"
    }
  }

  private func writeData(to writer: inout MessageWriter) {
    switch self {
    case .meta(let key, let register):
      writer.attribute(ExpressionAttribute.metaKey, bigEndian: key.number)
      writer.attribute(ExpressionAttribute.metaRegister, register)
    case .ct(let key, let register):
      writer.attribute(ExpressionAttribute.connectionKey, bigEndian: key.number)
      writer.attribute(ExpressionAttribute.connectionRegister, register)
      if let direction = key.direction {
        writer.attribute(ExpressionAttribute.connectionDirection, direction.number)
      }
    case .fib(let lookup, let register):
      writer.attribute(ExpressionAttribute.routeFlags, bigEndian: lookup.flags)
      writer.attribute(ExpressionAttribute.routeResult, bigEndian: lookup.result)
      writer.attribute(ExpressionAttribute.routeRegister, register)
    case .payload(let field, let register):
      writer.attribute(ExpressionAttribute.payloadRegister, register)
      writer.attribute(ExpressionAttribute.payloadBase, bigEndian: field.header.number)
      writer.attribute(ExpressionAttribute.payloadOffset, bigEndian: field.offset)
      writer.attribute(ExpressionAttribute.payloadLength, bigEndian: field.length)
    case .bitwise(let mask, let register):
      writer.attribute(ExpressionAttribute.maskSource, register)
      writer.attribute(ExpressionAttribute.maskRegister, register)
      writer.attribute(ExpressionAttribute.maskLength, bigEndian: UInt32(mask.count))
      writer.value(ExpressionAttribute.mask, mask)
      writer.value(ExpressionAttribute.maskToggle, [UInt8](repeating: 0, count: mask.count))
    case .compare(let register, let comparison, let bytes):
      writer.attribute(ExpressionAttribute.compareRegister, register)
      writer.attribute(ExpressionAttribute.compareOperation, bigEndian: comparison.number)
      writer.value(ExpressionAttribute.compareValue, bytes)
    case .lookup(let key, let set, let inverted):
      writer.attribute(ExpressionAttribute.lookupSource, key)
      writer.attribute(set)
      if inverted {
        writer.attribute(
          ExpressionAttribute.lookupFlags, bigEndian: UInt32(NFT_LOOKUP_F_INV.rawValue))
      }
    case .map(let key, let map, let register):
      writer.attribute(ExpressionAttribute.lookupSource, key)
      writer.attribute(ExpressionAttribute.lookupRegister, register)
      writer.attribute(.named(map))
    case .verdictMap(let key, let map):
      writer.attribute(ExpressionAttribute.lookupSource, key)
      writer.attribute(
        ExpressionAttribute.lookupRegister, bigEndian: UInt32(NFT_REG_VERDICT.rawValue))
      writer.attribute(.named(map))
    case .load(let bytes, let register):
      writer.attribute(ExpressionAttribute.immediateRegister, register)
      writer.value(ExpressionAttribute.immediateData, bytes)
    case .setTrace(let register):
      writer.attribute(
        ExpressionAttribute.metaKey, bigEndian: UInt32(NFT_META_NFTRACE.rawValue))
      writer.attribute(ExpressionAttribute.metaSource, register)
    case .limit(let rate):
      writer.attribute(ExpressionAttribute.limitRate, bigEndian: rate)
      writer.attribute(ExpressionAttribute.limitUnit, bigEndian: UInt64(1))
      writer.attribute(ExpressionAttribute.limitBurst, bigEndian: UInt32(clamping: rate))
    case .verdict(let verdict):
      writer.attribute(
        ExpressionAttribute.immediateRegister, bigEndian: UInt32(NFT_REG_VERDICT.rawValue))
      writer.verdict(ExpressionAttribute.immediateData, verdict)
    case .translate(let translation, let family, let address, let port):
      writer.attribute(ExpressionAttribute.translationKind, bigEndian: translation.number)
      writer.attribute(ExpressionAttribute.translationFamily, bigEndian: UInt32(family.number))
      writer.attribute(ExpressionAttribute.translationAddress, address)
      writer.attribute(ExpressionAttribute.translationLastAddress, address)
      if let port {
        writer.attribute(ExpressionAttribute.translationPort, port)
        writer.attribute(ExpressionAttribute.translationLastPort, port)
      }
      let flags = NF_NAT_RANGE_MAP_IPS | (port == nil ? 0 : NF_NAT_RANGE_PROTO_SPECIFIED)
      writer.attribute(ExpressionAttribute.translationFlags, bigEndian: UInt32(flags))
    case .masquerade:
      break
    }
  }
}

extension MessageWriter {
  // 16-byte-aligned registers use the legacy NFT_REG_1…4 numbers, as in kernel dumps.
  fileprivate mutating func attribute(_ type: UInt16, _ register: Register) {
    let (place, offset) = register.slot.quotientAndRemainder(dividingBy: 4)
    let number =
      offset == 0
      ? UInt32(NFT_REG_1.rawValue) + place : UInt32(NFT_REG32_00.rawValue) + register.slot
    attribute(type, bigEndian: number)
  }

  fileprivate mutating func attribute(_ set: SetReference) {
    switch set {
    case .named(let name):
      attribute(ExpressionAttribute.lookupSet, string: name.rawValue)
    case .anonymous(let set):
      attribute(ExpressionAttribute.lookupSet, string: AnonymousSet.nameTemplate)
      attribute(ExpressionAttribute.lookupSetIdentifier, bigEndian: set.identifier)
    }
  }
}

extension MetaKey {
  fileprivate var number: UInt32 {
    switch self {
    case .inputIndex: UInt32(NFT_META_IIF.rawValue)
    case .inputKind: UInt32(NFT_META_IIFKIND.rawValue)
    case .inputName: UInt32(NFT_META_IIFNAME.rawValue)
    case .inputType: UInt32(NFT_META_IFTYPE.rawValue)
    case .mark: UInt32(NFT_META_MARK.rawValue)
    case .outputIndex: UInt32(NFT_META_OIF.rawValue)
    case .outputName: UInt32(NFT_META_OIFNAME.rawValue)
    case .networkFamily: UInt32(NFT_META_NFPROTO.rawValue)
    case .networkProtocol: UInt32(NFT_META_PROTOCOL.rawValue)
    case .transport: UInt32(NFT_META_L4PROTO.rawValue)
    }
  }
}

extension ConnectionKey {
  fileprivate var number: UInt32 {
    switch self {
    case .state: UInt32(NFT_CT_STATE.rawValue)
    case .status: UInt32(NFT_CT_STATUS.rawValue)
    case .direction: UInt32(NFT_CT_DIRECTION.rawValue)
    case .source4: UInt32(NFT_CT_SRC_IP.rawValue)
    case .source6: UInt32(NFT_CT_SRC_IP6.rawValue)
    case .destination4: UInt32(NFT_CT_DST_IP.rawValue)
    case .destination6: UInt32(NFT_CT_DST_IP6.rawValue)
    case .transport: UInt32(NFT_CT_PROTOCOL.rawValue)
    case .sourcePort: UInt32(NFT_CT_PROTO_SRC.rawValue)
    case .destinationPort: UInt32(NFT_CT_PROTO_DST.rawValue)
    }
  }

  fileprivate var direction: Direction? {
    switch self {
    case .state, .status, .direction: nil
    case .source4(let direction), .source6(let direction), .destination4(let direction),
      .destination6(let direction), .transport(let direction), .sourcePort(let direction),
      .destinationPort(let direction):
      direction
    }
  }
}

extension ConnectionKey.Direction {
  fileprivate var number: UInt8 {
    switch self {
    case .original: UInt8(IP_CT_DIR_ORIGINAL.rawValue)
    case .reply: UInt8(IP_CT_DIR_REPLY.rawValue)
    }
  }
}

extension FIBLookup {
  fileprivate var flags: UInt32 {
    let which =
      switch address {
      case .source: UInt32(NFTA_FIB_F_SADDR.rawValue)
      case .destination: UInt32(NFTA_FIB_F_DADDR.rawValue)
      }
    return isBoundToInput ? which | UInt32(NFTA_FIB_F_IIF.rawValue) : which
  }

  fileprivate var result: UInt32 {
    switch answer {
    case .link: UInt32(NFT_FIB_RESULT_OIF.rawValue)
    case .addressType: UInt32(NFT_FIB_RESULT_ADDRTYPE.rawValue)
    }
  }
}

extension PayloadField.Header {
  fileprivate var number: UInt32 {
    switch self {
    case .link: UInt32(NFT_PAYLOAD_LL_HEADER.rawValue)
    case .network: UInt32(NFT_PAYLOAD_NETWORK_HEADER.rawValue)
    case .transport: UInt32(NFT_PAYLOAD_TRANSPORT_HEADER.rawValue)
    }
  }
}

extension Comparison {
  fileprivate var number: UInt32 {
    switch self {
    case .equal: UInt32(NFT_CMP_EQ.rawValue)
    case .notEqual: UInt32(NFT_CMP_NEQ.rawValue)
    }
  }
}

extension Translation {
  fileprivate var number: UInt32 {
    switch self {
    case .source: UInt32(NFT_NAT_SNAT.rawValue)
    case .destination: UInt32(NFT_NAT_DNAT.rawValue)
    }
  }
}

extension NetworkFamily {
  package var number: UInt8 {
    switch self {
    case .ipv4: NetfilterFamily.ipv4
    case .ipv6: NetfilterFamily.ipv6
    }
  }
}

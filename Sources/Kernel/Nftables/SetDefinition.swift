import CLinux
import Netlink

/// The name of a set or map.
package struct SetName: Hashable, Sendable {
  package let rawValue: String

  package init(_ text: String) { rawValue = text }
}

/// A set, or a map if it has values.
package struct SetDefinition: Sendable {
  package enum Values: Sendable {
    case verdict
    case data([DataType])
  }

  package let name: SetName
  package let keys: [DataType]
  package let values: Values?

  package init(_ name: SetName, of keys: DataType..., to values: Values? = nil) {
    self.name = name
    self.keys = keys
    self.values = values
  }
}

extension SetDefinition {
  /// Writes the definition; `identifier` is unique among the sets of the batch.
  func write(in table: String, to writer: inout MessageWriter, identifier: UInt32) {
    writer.attribute(SetAttribute.table, string: table)
    writer.attribute(SetAttribute.name, string: name.rawValue)
    let flags = values == nil ? 0 : UInt32(NFT_SET_MAP.rawValue)
    writer.attribute(SetAttribute.flags, bigEndian: flags)
    writer.attribute(SetAttribute.keyType, bigEndian: keys.number)
    writer.attribute(SetAttribute.keyLength, bigEndian: UInt32(keys.length))
    if let values {
      writer.attribute(SetAttribute.dataType, bigEndian: values.type)
      writer.attribute(SetAttribute.dataLength, bigEndian: values.length)
    }
    writer.attribute(SetAttribute.identifier, bigEndian: identifier)
    writer.attribute(SetAttribute.userData) { (writer: inout MessageWriter) in
      writer.appendNote(UserData.setKeyByteOrder, keys.byteOrder)
      if let values { writer.appendNote(UserData.setDataByteOrder, values.byteOrder) }
      if let expressions = keys.typeOf { writer.appendNote(UserData.setKeyTypeOf, expressions) }
    }
  }
}

extension SetDefinition.Values {
  var type: UInt32 {
    switch self {
    case .verdict: UInt32(NFT_DATA_VERDICT.rawValue)
    case .data(let types): types.number
    }
  }

  var length: UInt32 {
    switch self {
    case .verdict: 0
    case .data(let types): UInt32(types.length)
    }
  }

  var byteOrder: ByteOrder {
    switch self {
    case .verdict: .none
    case .data(let types): types.byteOrder
    }
  }
}

import CLinux
import Netlink

/// An anonymous set, which belongs to a single rule and is deleted with it.
package struct AnonymousSet: Sendable {
  static let namePrefix = "__set"

  /// The kernel replaces `%d` by a number.
  static let nameTemplate = namePrefix + "%d"

  /// Unique among the sets of a batch.
  let identifier: UInt32
  let types: [DataType]
  let members: [[UInt8]]

  /// `number` distinguishes it from other anonymous sets.
  package init(_ number: UInt32, of types: DataType..., members: [[UInt8]]) {
    identifier = Self.firstIdentifier + number
    self.types = types
    self.members = members
  }

  /// `number` distinguishes it from other anonymous sets.
  package init(_ number: UInt32, of type: DataType, _ members: [UInt8]...) {
    self.init(number, of: type, members: members)
  }

  // Above the identifiers of named sets.
  private static let firstIdentifier: UInt32 = 1000
}

extension AnonymousSet {
  func writeDefinition(in table: String, to writer: inout MessageWriter) {
    writer.attribute(SetAttribute.table, string: table)
    writer.attribute(SetAttribute.name, string: Self.nameTemplate)
    let flags = UInt32(NFT_SET_ANONYMOUS.rawValue | NFT_SET_CONSTANT.rawValue)
    writer.attribute(SetAttribute.flags, bigEndian: flags)
    writer.attribute(SetAttribute.keyType, bigEndian: types.number)
    writer.attribute(SetAttribute.keyLength, bigEndian: UInt32(types.length))
    writer.attribute(SetAttribute.identifier, bigEndian: identifier)
    writer.nest(SetAttribute.description) { (writer: inout MessageWriter) in
      writer.attribute(SetAttribute.descriptionSize, bigEndian: UInt32(members.count))
    }
    writer.attribute(SetAttribute.userData) { (writer: inout MessageWriter) in
      writer.appendNote(UserData.setKeyByteOrder, types.byteOrder)
    }
  }

  func writeMembers(in table: String, to writer: inout MessageWriter) {
    writer.attribute(ElementAttribute.table, string: table)
    writer.attribute(ElementAttribute.set, string: Self.nameTemplate)
    writer.attribute(ElementAttribute.setIdentifier, bigEndian: identifier)
    writer.nest(ElementAttribute.elements) { (writer: inout MessageWriter) in
      for member in members {
        writer.nest(DataAttribute.listMember) { (writer: inout MessageWriter) in
          writer.value(ElementAttribute.key, member)
        }
      }
    }
  }
}

import CLinux

/// The flags of a netlink message header.
package struct MessageFlags: OptionSet, Hashable, Sendable {
  /// The raw bits.
  package let rawValue: UInt16

  /// Wraps the bits of a header.
  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// NLM_F_CREATE: create the object if it does not exist.
  package static let create = MessageFlags(rawValue: UInt16(NLM_F_CREATE))
  /// NLM_F_EXCL: fail if the object exists.
  package static let exclusive = MessageFlags(rawValue: UInt16(NLM_F_EXCL))
  /// NLM_F_REPLACE: replace an existing object.
  package static let replace = MessageFlags(rawValue: UInt16(NLM_F_REPLACE))
  /// NLM_F_APPEND: add the object at the end of its list.
  package static let append = MessageFlags(rawValue: UInt16(NLM_F_APPEND))

  /// Create an object at the end of its list.
  package static let createLast = MessageFlags(rawValue: create.rawValue | append.rawValue)
  /// Create an object; fail if it exists.
  package static let createNew = MessageFlags(rawValue: create.rawValue | exclusive.rawValue)
  /// Create an object, or replace an existing one.
  package static let createOrReplace = MessageFlags(rawValue: create.rawValue | replace.rawValue)

  static let request = MessageFlags(rawValue: UInt16(NLM_F_REQUEST))
  static let multipart = MessageFlags(rawValue: UInt16(NLM_F_MULTI))
  static let acknowledge = MessageFlags(rawValue: UInt16(NLM_F_ACK))
  static let dump = MessageFlags(rawValue: UInt16(NLM_F_DUMP))
  static let dumpInterrupted = MessageFlags(rawValue: UInt16(NLM_F_DUMP_INTR))
  static let capped = MessageFlags(rawValue: UInt16(NLM_F_CAPPED))
  static let hasExtendedAcknowledgement = MessageFlags(rawValue: UInt16(NLM_F_ACK_TLVS))
}

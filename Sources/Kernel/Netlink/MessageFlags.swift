import CLinux

/// The flags of a netlink message header.
public struct MessageFlags: OptionSet, Hashable, Sendable {
  /// The bits as the header holds them.
  public let rawValue: UInt16

  /// Wraps the bits of a header.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// Make the object when there is none.
  public static let create = MessageFlags(rawValue: UInt16(NLM_F_CREATE))
  /// Refuse when the object exists.
  public static let exclusive = MessageFlags(rawValue: UInt16(NLM_F_EXCL))
  /// Put the object in the place of an existing one.
  public static let replace = MessageFlags(rawValue: UInt16(NLM_F_REPLACE))
  /// Add the object at the end of its list.
  public static let append = MessageFlags(rawValue: UInt16(NLM_F_APPEND))

  static let request = MessageFlags(rawValue: UInt16(NLM_F_REQUEST))
  static let multipart = MessageFlags(rawValue: UInt16(NLM_F_MULTI))
  static let acknowledge = MessageFlags(rawValue: UInt16(NLM_F_ACK))
  static let dump = MessageFlags(rawValue: UInt16(NLM_F_DUMP))
  static let dumpInterrupted = MessageFlags(rawValue: UInt16(NLM_F_DUMP_INTR))
  static let capped = MessageFlags(rawValue: UInt16(NLM_F_CAPPED))
  static let hasExtendedAcknowledgement = MessageFlags(rawValue: UInt16(NLM_F_ACK_TLVS))
}

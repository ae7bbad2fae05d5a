import CLinux
import LinuxSystem

/// The end of a reply: the kernel's verdict on a request.
struct Acknowledgement {
  let errno: Errno?
  var message: String?
  var attributeOffset: Int?

  /// Parses a message of type NLMSG_ERROR or NLMSG_DONE; nil if it is too short.
  init?(_ reply: NetlinkMessage) {
    var fields = reply.fields
    guard let code = fields.next(Int32.self) else { return nil }
    errno = code == 0 ? nil : Errno(rawValue: code == .min ? .max : abs(code))
    guard reply.flags.contains(.hasExtendedAcknowledgement) else { return }
    if reply.type == MessageType.error {
      guard let quoted = Self.quotedLength(in: fields.rest, flags: reply.flags),
        fields.skip(quoted)
      else { return }
    }
    for attribute in AttributeSequence(fields.rest) {
      switch attribute.type {
      case UInt16(NLMSGERR_ATTR_MSG.rawValue): message = attribute.string
      case UInt16(NLMSGERR_ATTR_OFFS.rawValue):
        attributeOffset = attribute.integer(UInt32.self).map(Int.init)
      default: continue
      }
    }
  }

  /// The length of the request that the kernel quotes before its own attributes.
  private static func quotedLength(in bytes: ArraySlice<UInt8>, flags: MessageFlags) -> Int? {
    if flags.contains(.capped) { return Wire.headerLength }
    var request = FieldReader(bytes)
    return request.next(UInt32.self).map { Wire.aligned(Int($0)) }
  }
}

import Netlink

/// The fixed header of messages about links.
struct LinkHeader {
  static let length = 16

  var family = Family.unspecified
  var index: UInt32 = 0
  var flags: LinkFlags = []
  /// The mask of bits in `flags` to change.
  var change: LinkFlags = []

  init(
    family: UInt8 = Family.unspecified, index: UInt32 = 0, flags: LinkFlags = [],
    change: LinkFlags = []
  ) {
    self.family = family
    self.index = index
    self.flags = flags
    self.change = change
  }

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard let family = fields.next(UInt8.self), fields.skip(3),
      let index = fields.next(UInt32.self), let flags = fields.next(UInt32.self),
      let change = fields.next(UInt32.self)
    else { return nil }
    self.init(
      family: family, index: index, flags: LinkFlags(rawValue: flags),
      change: LinkFlags(rawValue: change))
  }
}

extension MessageWriter {
  mutating func append(_ header: LinkHeader) {
    append(header.family)
    append(zeros: 3)
    append(header.index)
    append(header.flags.rawValue)
    append(header.change.rawValue)
  }
}

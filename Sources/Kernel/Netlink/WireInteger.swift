/// An integer of fixed width, as used in netlink messages.
package protocol WireInteger: FixedWidthInteger & Sendable {}

extension UInt8: WireInteger {}
extension UInt16: WireInteger {}
extension UInt32: WireInteger {}
extension UInt64: WireInteger {}
extension Int32: WireInteger {}

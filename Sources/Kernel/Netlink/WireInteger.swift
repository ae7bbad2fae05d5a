/// An integer of a fixed width, as netlink messages carry them.
public protocol WireInteger: FixedWidthInteger & Sendable {}

extension UInt8: WireInteger {}
extension UInt16: WireInteger {}
extension UInt32: WireInteger {}
extension UInt64: WireInteger {}
extension Int32: WireInteger {}

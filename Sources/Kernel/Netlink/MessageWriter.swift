/// The bytes of netlink messages under construction.
///
/// Lengths and padding are filled in when the closure of a message or a nest ends.
package struct MessageWriter: Sendable {
  /// What has been written so far.
  public private(set) var bytes: [UInt8] = []

  /// Whether an attribute exceeds the 64 KiB that its header can express; such messages are never
  /// sent.
  public private(set) var isOversized = false

  /// An empty buffer.
  package init() {}

  /// Appends one message: its header and what `body` writes.
  package mutating func message<Failure: Error>(
    _ type: UInt16, flags: MessageFlags, sequence: UInt32,
    _ body: (inout MessageWriter) throws(Failure) -> Void
  ) throws(Failure) {
    pad()
    let start = bytes.count
    append(UInt32(0))
    append(type)
    append(flags.rawValue)
    append(sequence)
    append(UInt32(0))
    try body(&self)
    guard let length = UInt32(exactly: bytes.count - start) else {
      isOversized = true
      return
    }
    overwrite(length, at: start)
    pad()
  }

  /// Appends an integer in the host's byte order.
  package mutating func append(_ value: some WireInteger) {
    unsafe withUnsafeBytes(of: value) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends an integer in network byte order.
  package mutating func append(bigEndian value: some WireInteger) {
    append(value.bigEndian)
  }

  /// Appends bytes as they are.
  package mutating func append(bytes raw: [UInt8]) {
    bytes.append(contentsOf: raw)
  }

  /// Appends the UTF-8 of a string.
  package mutating func append(text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  /// Appends zeros.
  package mutating func append(zeros count: Int) {
    for _ in 0..<count { bytes.append(0) }
  }

  /// Appends zeros up to the next multiple of four bytes.
  package mutating func pad() {
    append(zeros: Wire.aligned(bytes.count) - bytes.count)
  }

  /// Appends an attribute without a value.
  package mutating func attribute(_ type: UInt16) {
    attribute(type, bytes: [])
  }

  /// Appends an attribute that holds an integer in the host's byte order.
  package mutating func attribute(_ type: UInt16, _ value: some WireInteger) {
    attribute(type) { (writer: inout MessageWriter) in writer.append(value) }
  }

  /// Appends an attribute that holds an integer in network byte order.
  package mutating func attribute(_ type: UInt16, bigEndian value: some WireInteger) {
    attribute(type, value.bigEndian)
  }

  /// Appends an attribute that holds text and a terminating NUL.
  package mutating func attribute(_ type: UInt16, string: String) {
    attribute(type) { (writer: inout MessageWriter) in
      writer.append(text: string)
      writer.append(UInt8(0))
    }
  }

  /// Appends an attribute that holds bytes as they are.
  package mutating func attribute(_ type: UInt16, bytes raw: [UInt8]) {
    attribute(type) { (writer: inout MessageWriter) in writer.append(bytes: raw) }
  }

  /// Appends an attribute that holds other attributes.
  package mutating func nest<Failure: Error>(
    _ type: UInt16, _ body: (inout MessageWriter) throws(Failure) -> Void
  ) throws(Failure) {
    try attribute(type | Wire.nestedMark, body)
  }

  /// Appends an attribute that holds what `body` writes.
  package mutating func attribute<Failure: Error>(
    _ type: UInt16, _ body: (inout MessageWriter) throws(Failure) -> Void
  ) throws(Failure) {
    let start = bytes.count
    append(UInt16(0))
    append(type)
    try body(&self)
    guard let length = UInt16(exactly: bytes.count - start) else {
      isOversized = true
      return
    }
    overwrite(length, at: start)
    pad()
  }

  /// Replaces the flags of the message whose header starts at `start`.
  mutating func overwriteFlags(_ flags: MessageFlags, ofMessageAt start: Int) {
    overwrite(flags.rawValue, at: start + 6)
  }

  private mutating func overwrite(_ value: some WireInteger, at offset: Int) {
    unsafe withUnsafeBytes(of: value) { raw in
      for index in raw.indices {
        bytes[offset + index] = unsafe raw[index]
      }
    }
  }
}

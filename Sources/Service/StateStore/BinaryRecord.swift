/// Serialises values of a cache record; integers are little-endian, strings and lists are preceded
/// by their length.
struct BinaryWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
  }

  mutating func append(_ flag: Bool) {
    bytes.append(flag ? 1 : 0)
  }

  mutating func append<Integer: FixedWidthInteger>(_ integer: Integer) {
    for shift in stride(from: 0, to: Integer.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: integer >> shift))
    }
  }

  mutating func append(_ text: String) {
    append(UInt32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  mutating func append(_ texts: [String: String]) {
    append(texts.sorted { $0.key < $1.key }) { writer, pair in
      writer.append(pair.key)
      writer.append(pair.value)
    }
  }

  mutating func append<Value>(_ value: Value?, _ body: (inout BinaryWriter, Value) -> Void) {
    append(value != nil)
    if let value { body(&self, value) }
  }

  mutating func append<Element>(
    _ elements: [Element], _ body: (inout BinaryWriter, Element) -> Void
  ) {
    append(UInt32(elements.count))
    for element in elements { body(&self, element) }
  }
}

/// Parses values of a cache record; nil for anything incomplete.
struct BinaryReader {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  init?(_ bytes: [UInt8], from start: Int, count: Int) {
    guard start >= 0, count >= 0, start <= bytes.count, count <= bytes.count - start else {
      return nil
    }
    self.bytes = bytes
    self.position = start
    self.end = start + count
  }

  var isAtEnd: Bool { position == end }
  var offset: Int { position }

  mutating func skip(_ count: Int) -> Bool {
    guard count >= 0, count <= end - position else { return false }
    position += count
    return true
  }

  mutating func byte() -> UInt8? {
    guard position < end else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func flag() -> Bool? {
    guard let byte = byte(), byte <= 1 else { return nil }
    return byte == 1
  }

  mutating func integer<Integer: FixedWidthInteger>(as type: Integer.Type) -> Integer? {
    let width = Integer.bitWidth / 8
    guard width <= end - position else { return nil }
    var value: Integer = 0
    for index in (0..<width).reversed() {
      value = value << 8 | Integer(truncatingIfNeeded: bytes[position + index])
    }
    position += width
    return value
  }

  /// The range of a string.
  mutating func textRange() -> Range<Int>? {
    guard let count = integer(as: UInt32.self), Int(count) <= end - position else { return nil }
    defer { position += Int(count) }
    return position..<(position + Int(count))
  }

  mutating func text() -> String? {
    textRange().map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  mutating func texts() -> [String: String]? {
    guard let pairs = list({ reader in reader.pair() }) else { return nil }
    if pairs.isEmpty { return [:] }
    return Dictionary(pairs, uniquingKeysWith: { _, last in last })
  }

  /// An optional value; the outer nil means incomplete input.
  mutating func optional<Value>(_ body: (inout BinaryReader) -> Value?) -> Value?? {
    guard let isPresent = flag() else { return nil }
    guard isPresent else { return .some(nil) }
    return body(&self).map { .some($0) }
  }

  mutating func list<Element>(_ body: (inout BinaryReader) -> Element?) -> [Element]? {
    guard let count = integer(as: UInt32.self) else { return nil }
    var elements: [Element] = []
    for _ in 0..<count {
      guard let element = body(&self) else { return nil }
      elements.append(element)
    }
    return elements
  }

  private mutating func pair() -> (String, String)? {
    guard let key = text(), let value = text() else { return nil }
    return (key, value)
  }
}

/// A Go slice: its elements and what type they were declared with.
public struct GoList: Sendable {
  /// The elements, not wrapped in `.interface` even if that is the element type.
  public let elements: [Value]
  /// The declared type of the elements.
  public let elementType: GoType
  /// Whether the slice is nil, which `json` shows as `null`.
  public let isNil: Bool

  /// A slice of these elements.
  public init(_ elements: [Value], of elementType: GoType, isNil: Bool = false) {
    self.elements = elements
    self.elementType = elementType
    self.isNil = isNil
  }

  /// A `[]string`.
  public init(_ strings: [GoString]) {
    self.init(strings.map { .string($0) }, of: .string)
  }

  /// The bytes of a `[]uint8`, nil for any other slice.
  var bytes: [UInt8]? {
    guard elementType == .unsigned(.uint8) else { return nil }
    return elements.compactMap { element in
      if case .uint(let byte, _) = element { UInt8(exactly: byte) } else { nil }
    }
  }

  /// The element as an expression sees it.
  func element(_ index: Int) -> Value {
    elementType == .interface ? .interface(elements[index].concrete) : elements[index]
  }
}

/// A Go map, kept in the order of its keys' texts, which for strings is that in which Go prints and
/// ranges.
public struct GoMap: Sendable {
  /// One key and its value.
  public struct Entry: Sendable {
    /// The key, or its text.
    public let key: GoString
    /// The value, not wrapped in `.interface` even if that is the value type.
    public let value: Value
  }

  /// The entries in order of their keys, each key once.
  public let entries: [Entry]
  /// The declared type of the keys.
  public let keyType: GoType
  /// The declared type of the values.
  public let valueType: GoType
  /// Whether the map is nil, which `json` shows as `null`.
  public let isNil: Bool
  private let namedKey: (@Sendable (GoString) -> Value)?
  private let declaredAbsent: (@Sendable () -> Value)?

  /// A map of these pairs; of equal keys the last one wins.
  ///
  /// `absent` makes the zero value of a struct type, which only the caller knows. `key` makes a key
  /// out of its text if its type `keyType` is not `string`.
  public init(
    _ pairs: [(GoString, Value)], of valueType: GoType, isNil: Bool = false,
    absent: (@Sendable () -> Value)? = nil,
    keyType: GoType = .string, key: (@Sendable (GoString) -> Value)? = nil
  ) {
    var entries: [Entry] = []
    entries.reserveCapacity(pairs.count)
    let sorted = pairs.enumerated().sorted { left, right in
      left.element.0 == right.element.0
        ? left.offset < right.offset : left.element.0 < right.element.0
    }
    for (_, (key, value)) in sorted {
      if entries.last?.key == key { entries.removeLast() }
      entries.append(Entry(key: key, value: value))
    }
    self.entries = entries
    self.keyType = keyType
    namedKey = key
    self.valueType = valueType
    self.isNil = isNil
    declaredAbsent = absent
  }

  /// What `index` gives for a key that is not there.
  var absent: Value { declaredAbsent?() ?? valueType.zero }

  /// The value of a key as an expression sees it, nil if there is none.
  func value(of key: GoString) -> Value? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    guard low < entries.count, entries[low].key == key else { return nil }
    return value(at: low)
  }

  /// The key at a position as an expression sees it.
  func key(at index: Int) -> Value {
    namedKey?(entries[index].key) ?? .string(entries[index].key)
  }

  /// The value at a position as an expression sees it.
  func value(at index: Int) -> Value {
    valueType == .interface ? .interface(entries[index].value.concrete) : entries[index].value
  }
}

/// A Go slice: its elements and what type they were declared with.
package struct GoList: Sendable {
  /// The elements, not wrapped in `.interface` even if that is the element type.
  package let elements: [Value]
  /// The declared type of the elements.
  package let elementType: GoType
  /// Whether the slice is nil, which `json` shows as `null`.
  package let isNil: Bool

  /// A slice of these elements.
  package init(_ elements: [Value], of elementType: GoType, isNil: Bool = false) {
    self.elements = elements
    self.elementType = elementType
    self.isNil = isNil
  }

  /// A `[]string`.
  package init(_ strings: [GoString]) {
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

/// A Go map, sorted by the string form of its keys, which is the order in which Go prints and
/// ranges string keys.
package struct GoMap: Sendable {
  /// One key and its value.
  package struct Entry: Sendable {
    /// The key, or its text.
    package let key: GoString
    /// The value, not wrapped in `.interface` even if that is the value type.
    package let value: Value
  }

  /// The entries in order of their keys, each key once.
  package let entries: [Entry]
  /// The declared type of the keys.
  package let keyType: GoType
  /// The declared type of the values.
  package let valueType: GoType
  /// Whether the map is nil, which `json` shows as `null`.
  package let isNil: Bool
  private let namedKey: (@Sendable (GoString) -> Value)?
  private let declaredAbsent: (@Sendable () -> Value)?

  /// A map of these pairs; the last of equal keys wins. `absent` returns the zero value of a struct
  /// type, which only the caller knows. `key` converts a string to a key if `keyType` is not
  /// `string`.
  package init(
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

  /// The result of `index` for a missing key.
  var absent: Value { declaredAbsent?() ?? valueType.zero }

  /// The value of a key as an expression sees it; nil if there is none.
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

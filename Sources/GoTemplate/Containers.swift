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

  /// The element as an expression sees it.
  func element(_ index: Int) -> Value {
    elementType == .interface ? .interface(elements[index].concrete) : elements[index]
  }
}

/// A Go map with string keys, kept in the order in which Go prints and ranges: by key.
public struct GoMap: Sendable {
  /// One key and its value.
  public struct Entry: Sendable {
    /// The key.
    public let key: GoString
    /// The value, not wrapped in `.interface` even if that is the value type.
    public let value: Value
  }

  /// The entries in order of their keys, each key once.
  public let entries: [Entry]
  /// The declared type of the values.
  public let valueType: GoType
  /// Whether the map is nil, which `json` shows as `null`.
  public let isNil: Bool
  private let declaredAbsent: (@Sendable () -> Value)?

  /// A map of these pairs; of equal keys the last one wins.
  ///
  /// `absent` makes the zero value of a struct type, which only the caller knows.
  public init(
    _ pairs: [(GoString, Value)], of valueType: GoType, isNil: Bool = false,
    absent: (@Sendable () -> Value)? = nil
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

  /// The value at a position as an expression sees it.
  func value(at index: Int) -> Value {
    valueType == .interface ? .interface(entries[index].value.concrete) : entries[index].value
  }
}

/// `index`, `slice` and `len`.
enum Indexing {
  static func index(
    _ item: Value, by indexes: ArraySlice<Value>
  ) throws(FunctionError) -> Value {
    var item = item
    if case .noValue = item.concrete { throw FunctionError(.indexOfUntypedNil) }
    for index in indexes {
      let index = index.concrete
      switch item.plain {
      case .noValue, .nilPointer: throw FunctionError(.indexOfNilPointer)
      case .string(let text):
        let offset = try self.offset(index, capacity: text.bytes.count)
        guard offset < text.bytes.count else { throw FunctionError(.stringIndexOutOfRange) }
        item = .uint(UInt64(text.bytes[offset]), .uint8)
      case .list(let list):
        let offset = try self.offset(index, capacity: list.elements.count)
        guard offset < list.elements.count else { throw FunctionError(.sliceIndexOutOfRange) }
        item = list.element(offset)
      case .map(let map): item = try map.value(of: key(index, of: map)) ?? map.absent
      case .bool, .int, .uint, .float, .complex, .object, .function, .interface:
        throw FunctionError(.notIndexable(dereferenced(item)))
      }
    }
    return item
  }

  static func slice(
    _ item: Value, by indexes: ArraySlice<Value>
  ) throws(FunctionError) -> Value {
    let item = item.plain
    if case .noValue = item { throw FunctionError(.sliceOfUntypedNil) }
    guard indexes.count <= 3 else { throw FunctionError(.tooManySliceIndexes(indexes.count)) }
    let count: Int
    switch item {
    case .string(let text):
      guard indexes.count < 3 else { throw FunctionError(.stringWithThreeIndexes) }
      count = text.bytes.count
    case .list(let list): count = list.elements.count
    default: throw FunctionError(.notSliceable(item.typeName))
    }
    var bounds = [0, count]
    for (position, index) in indexes.enumerated() {
      let offset = try self.offset(index, capacity: count)
      if position < bounds.count { bounds[position] = offset } else { bounds.append(offset) }
    }
    for (low, high) in zip(bounds, bounds.dropFirst()) where low > high {
      throw FunctionError(.invalidSliceIndex(low, high))
    }
    switch item {
    case .string(let text):
      return .string(GoString(bytes: Array(text.bytes[bounds[0]..<bounds[1]])))
    case .list(let list):
      let elements = Array(list.elements[bounds[0]..<bounds[1]])
      return .list(GoList(elements, of: list.elementType, isNil: list.isNil))
    default: return item
    }
  }

  static func length(_ item: Value) throws(FunctionError) -> Value {
    switch item.plain {
    case .noValue:
      if case .interface = item { throw FunctionError(.lengthOfNilPointer) }
      throw FunctionError(.typeOfNoValue)
    case .nilPointer: throw FunctionError(.lengthOfNilPointer)
    case .string(let text): return .int(Int64(text.bytes.count))
    case .list(let list): return .int(Int64(list.elements.count))
    case .map(let map): return .int(Int64(map.entries.count))
    case .bool, .int, .uint, .float, .complex, .object, .function, .interface:
      throw FunctionError(.lengthOfType(dereferenced(item)))
    }
  }

  private static func offset(_ index: Value, capacity: Int) throws(FunctionError) -> Int {
    let value: Int64
    switch index.plain {
    case .int(let integer, _): value = integer
    case .uint(let integer, _): value = Int64(truncatingIfNeeded: integer)
    case .noValue: throw FunctionError(.indexIsNil)
    default: throw FunctionError(.indexHasType(index.typeName))
    }
    guard value >= 0, value <= capacity else { throw FunctionError(.indexOutOfRange(value)) }
    return Int(value)
  }

  private static func key(_ index: Value, of map: GoMap) throws(FunctionError) -> GoString {
    let wanted = map.keyType.description
    switch index {
    case .string(let key) where map.keyType == .string: return key
    case .object(let object) where object.typeName == wanted: return object.stringForm ?? ""
    case .noValue: throw FunctionError(.keyIsNil(wanted: wanted))
    default: throw FunctionError(.keyHasType(index.typeName, wanted: wanted))
    }
  }

  /// The type name behind a pointer.
  private static func dereferenced(_ item: Value) -> String {
    let name = item.concrete.typeName
    return name.utf8.first == UInt8(ascii: "*") ? String(name.dropFirst()) : name
  }
}

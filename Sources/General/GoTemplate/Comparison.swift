/// `eq`, `lt` and what follows from them.
enum Comparison {
  /// Whether the first value equals one of the others.
  static func isEqualToAny(_ values: [Value]) throws(FunctionError) -> Bool {
    guard values.count > 1 else { throw FunctionError(.missingComparisonArgument) }
    let first = values[0].concrete
    for other in values.dropFirst() where try isEqual(first, other.concrete) { return true }
    return false
  }

  static func isLessOrEqual(_ values: [Value]) throws(FunctionError) -> Bool {
    if try isLess(values[0], values[1]) { return true }
    return try isEqualToAny(values)
  }

  static func isLess(_ left: Value, _ right: Value) throws(FunctionError) -> Bool {
    guard left.isBasic, right.isBasic else { throw FunctionError(.invalidComparisonType) }
    switch (left.plain, right.plain) {
    case (.int(let left, _), .int(let right, _)): return left < right
    case (.uint(let left, _), .uint(let right, _)): return left < right
    case (.int(let left, _), .uint(let right, _)): return left < right
    case (.uint(let left, _), .int(let right, _)): return left < right
    case (.float(let left), .float(let right)): return left < right
    case (.string(let left), .string(let right)): return left < right
    case (.bool, .bool), (.complex, .complex): throw FunctionError(.invalidComparisonType)
    default:
      throw FunctionError(
        .incompatibleTypes(left.concrete.typeName, right.concrete.typeName))
    }
  }

  private static func isEqual(_ left: Value, _ right: Value) throws(FunctionError) -> Bool {
    switch (left.plain, right.plain) {
    case (.bool(let left), .bool(let right)): return left == right
    case (.int(let left, _), .int(let right, _)): return left == right
    case (.uint(let left, _), .uint(let right, _)): return left == right
    case (.int(let left, _), .uint(let right, _)): return left == right
    case (.uint(let left, _), .int(let right, _)): return left == right
    case (.float(let left), .float(let right)): return left == right
    case (.complex(let left), .complex(let right)): return left == right
    case (.string(let left), .string(let right)): return left == right
    default: break
    }
    if left.isBasic || right.isBasic {
      guard left.type == nil || right.type == nil else {
        throw FunctionError(.incompatibleTypes(left.typeName, right.typeName))
      }
      return false
    }
    return try isEqualReference(left, right)
  }

  /// Compares values that are neither numbers, strings nor booleans.
  private static func isEqualReference(
    _ left: Value, _ right: Value
  ) throws(FunctionError) -> Bool {
    guard left.reflectionKind == right.reflectionKind || left.type == nil || right.type == nil
    else {
      throw FunctionError(
        .nonComparablePair(
          value: Formatter.text { $0.write(left, as: "s") }, type: left.typeName,
          otherType: right.typeName, other: Formatter.text { $0.write(right, as: "v") }))
    }
    if left.isNil || right.isNil { return left.isNil == right.isNil }
    guard case .object(let first) = left, case .object(let second) = right,
      right.isComparable
    else {
      throw FunctionError(
        .nonComparable(
          value: Formatter.text { $0.write(right, as: "s") }, type: right.typeName))
    }
    guard first.typeName == second.typeName else { return false }
    return Formatter.text { $0.write(left, as: "v") } == Formatter.text { $0.write(right, as: "v") }
  }
}

extension Value {
  /// Whether the value is of a kind that can be ordered or compared directly.
  fileprivate var isBasic: Bool {
    switch plain {
    case .bool, .int, .uint, .float, .complex, .string: true
    case .noValue, .list, .map, .object, .nilPointer, .function, .interface: false
    }
  }

  /// Whether Go's `==` works on values of the type.
  fileprivate var isComparable: Bool {
    switch plain {
    case .list, .map, .function: false
    case .object(let object): object.isPointer || object.fields.allSatisfy(\.value.isComparable)
    case .noValue, .bool, .int, .uint, .float, .complex, .string, .nilPointer, .interface: true
    }
  }

  fileprivate enum ReflectionKind {
    case invalid, basic, slice, map, structure, pointer, function
  }

  fileprivate var reflectionKind: ReflectionKind {
    switch plain {
    case .noValue, .interface: .invalid
    case .bool, .int, .uint, .float, .complex, .string: .basic
    case .list: .slice
    case .map: .map
    case .object(let object): object.isPointer ? .pointer : .structure
    case .nilPointer: .pointer
    case .function: .function
    }
  }
}

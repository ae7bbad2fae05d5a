/// The functions that every template has.
enum Builtins {
  /// The function of this name; nil if there is none.
  static func named(_ name: String) -> Callable? {
    switch name {
    case "and": .shortCircuit(stopsAt: false)
    case "or": .shortCircuit(stopsAt: true)
    case "call": .call
    default: functions[name].map(Callable.function)
    }
  }

  private static let functions: [String: Function] = [
    "not": Function(parameters: [.value]) { .bool(!$0[0].isTrue) },
    "eq": comparison(atLeast: 1, Comparison.isEqualToAny),
    "ne": comparison { values throws(FunctionError) in try !Comparison.isEqualToAny(values) },
    "lt": comparison { values throws(FunctionError) in
      try Comparison.isLess(values[0], values[1])
    },
    "le": comparison(Comparison.isLessOrEqual),
    "gt": comparison { values throws(FunctionError) in try !Comparison.isLessOrEqual(values) },
    "ge": comparison { values throws(FunctionError) in
      try !Comparison.isLess(values[0], values[1])
    },
    "len": Function(parameters: [.value]) { values throws(FunctionError) in
      try Indexing.length(values[0])
    },
    "index": Function(parameters: [.value], variadic: .value) { values throws(FunctionError) in
      try Indexing.index(values[0], by: values.dropFirst())
    },
    "slice": Function(parameters: [.value], variadic: .value) { values throws(FunctionError) in
      try Indexing.slice(values[0], by: values.dropFirst())
    },
    "print": Function(parameters: [], variadic: .any) { values in
      .string(Formatter.text { $0.print(values) })
    },
    "println": Function(parameters: [], variadic: .any) { values in
      .string(Formatter.text { $0.printLine(values) })
    },
    "printf": Function(parameters: [.string], variadic: .any) { values in
      guard case .string(let format) = values[0] else { return .noValue }
      return .string(Formatter.text { $0.printFormatted(format, values.dropFirst()) })
    },
    "html": escaper(Escaping.html),
    "js": escaper(Escaping.javaScript),
    "urlquery": escaper(Escaping.urlQuery),
  ]

  /// A comparison of two values, or of one with any number.
  private static func comparison(
    atLeast minimum: Int? = nil,
    _ body: @escaping @Sendable ([Value]) throws(FunctionError) -> Bool
  ) -> Function {
    let parameters = Array(repeating: Function.Parameter.value, count: minimum ?? 2)
    return Function(parameters: parameters, variadic: minimum.map { _ in .value }) {
      values throws(FunctionError) in
      .bool(try body(values))
    }
  }

  /// An escaper of the arguments' printed form.
  private static func escaper(_ escape: @escaping @Sendable ([UInt8]) -> [UInt8]) -> Function {
    Function(parameters: [], variadic: .any) { values in
      if values.count == 1, case .string(let text) = values[0] {
        return .string(GoString(bytes: escape(text.bytes)))
      }
      let text = Formatter.text { $0.print(printable: values) }
      return .string(GoString(bytes: escape(text.bytes)))
    }
  }

  // MARK: call

  static func call(
    _ callee: Value, spelled name: GoString, with arguments: [Value]
  ) throws(FunctionError) -> Value {
    let callee = callee.concrete
    if case .noValue = callee { throw FunctionError(.callOfNil) }
    guard case .function(let function) = callee else {
      throw FunctionError(.callOfNonFunction(name: name, type: callee.typeName))
    }
    let wanted = function.parameters.count
    let isVariadic = function.variadic != nil
    guard isVariadic ? arguments.count >= wanted : arguments.count == wanted else {
      throw FunctionError(
        .callArgumentCount(
          name: name, got: arguments.count, wanted: wanted, atLeast: isVariadic))
    }
    var prepared: [Value] = []
    for (index, argument) in arguments.enumerated() {
      let parameter = index < wanted ? function.parameters[index] : function.variadic ?? .any
      do throws(FunctionError) {
        prepared.append(try prepare(argument.concrete, for: parameter))
      } catch {
        throw FunctionError(.callArgument(index, error.problem))
      }
    }
    return try function.body(prepared)
  }

  private static func prepare(
    _ value: Value, for parameter: Function.Parameter
  ) throws(FunctionError) -> Value {
    guard let type = value.type else {
      guard parameter.acceptsNil else {
        throw FunctionError(.keyIsNil(wanted: parameter.description))
      }
      return parameter.zero
    }
    guard case .type(let wanted) = parameter, wanted != .interface, wanted != type else {
      return value
    }
    guard let converted = value.converted(toIntegerType: wanted) else {
      throw FunctionError(.keyHasType(type.description, wanted: wanted.description))
    }
    return converted
  }

  /// Go's reflection name of a value without an operand.
  static func spelling(of value: Value) -> GoString {
    switch value {
    case .string(let text): text
    case .noValue: "<invalid Value>"
    default: GoString("<\(value.typeName) Value>")
    }
  }
}

extension Value {
  /// The integer in another integer type, wrapped around as Go's conversion does.
  fileprivate func converted(toIntegerType type: GoType) -> Value? {
    let bits: UInt64
    switch self {
    case .int(let value, _): bits = UInt64(bitPattern: value)
    case .uint(let value, _): bits = value
    default: return nil
    }
    switch type {
    case .signed(let kind):
      let value: Int64 =
        switch kind {
        case .int, .int64: Int64(bitPattern: bits)
        case .int8: Int64(Int8(truncatingIfNeeded: bits))
        case .int16: Int64(Int16(truncatingIfNeeded: bits))
        case .int32: Int64(Int32(truncatingIfNeeded: bits))
        }
      return .int(value, kind)
    case .unsigned(let kind):
      let value: UInt64 =
        switch kind {
        case .uint, .uint64: bits
        case .uint8: UInt64(UInt8(truncatingIfNeeded: bits))
        case .uint16: UInt64(UInt16(truncatingIfNeeded: bits))
        case .uint32: UInt64(UInt32(truncatingIfNeeded: bits))
        }
      return .uint(value, kind)
    default: return nil
    }
  }
}

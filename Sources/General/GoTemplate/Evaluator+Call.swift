extension Evaluator {
  /// Calls the function that `identifier` names; errors of the function point at `node`.
  mutating func call(
    _ identifier: IdentifierNode, at node: any Node, _ dot: Value, _ operands: Arguments,
    _ final: Value?
  ) throws(TemplateError) -> Value {
    current = identifier
    switch identifier.callable {
    case .function(let function):
      return try call(function, identifier.name, at: node, dot, operands, final)
    case .shortCircuit(let decisive):
      return try callShortCircuit(identifier.name, stopsAt: decisive, dot, operands, final)
    case .call:
      let spelling = operands.first?.node.source ?? final.map(Builtins.spelling)
      let function = Function(parameters: [.value], variadic: .value) {
        values throws(FunctionError) in
        try Builtins.call(values[0], spelled: spelling ?? "", with: Array(values.dropFirst()))
      }
      return try call(function, identifier.name, at: node, dot, operands, final)
    }
  }

  mutating func call(
    _ function: Function, _ name: String, at node: any Node, _ dot: Value,
    _ operands: Arguments, _ final: Value?
  ) throws(TemplateError) -> Value {
    let given = operands.count + (final == nil ? 0 : 1)
    try checkCount(given, operands.count, for: function, name)
    var arguments: [Value] = []
    arguments.reserveCapacity(given)
    for operand in operands {
      let parameter = function.parameter(arguments.count)
      arguments.append(try argument(operand, for: parameter, dot: dot))
    }
    if let final {
      arguments.append(try validate(final, for: function.parameter(arguments.count)))
    }
    do throws(FunctionError) {
      return try function.body(arguments)
    } catch {
      current = node
      throw failure(.callFailed(function: name, error.problem))
    }
  }

  private func checkCount(
    _ given: Int, _ spelled: Int, for function: Function, _ name: String
  ) throws(TemplateError) {
    let wanted = function.parameters.count
    if function.variadic != nil {
      guard given < wanted else { return }
      throw failure(.tooFewArguments(function: name, wanted: wanted, got: spelled))
    }
    guard given != wanted else { return }
    throw failure(.argumentCount(function: name, wanted: wanted, got: given))
  }

  private mutating func callShortCircuit(
    _ name: String, stopsAt decisive: Bool, _ dot: Value, _ operands: Arguments, _ final: Value?
  ) throws(TemplateError) -> Value {
    guard !operands.isEmpty || final != nil else {
      throw failure(.tooFewArguments(function: name, wanted: 1, got: 0))
    }
    var value = Value.noValue
    for operand in operands {
      value = try argument(operand, for: .value, dot: dot)
      if value.isTrue == decisive { return value }
    }
    return final ?? value
  }

  // MARK: Arguments

  /// Evaluates an argument for a parameter.
  mutating func argument(
    _ operand: Operand, for parameter: Function.Parameter, dot: Value
  ) throws(TemplateError) -> Value {
    current = operand.node
    let value: Value
    switch operand {
    case .field(let node): value = try field(node.names[...], of: dot, at: node, dot, [], nil)
    case .variable(let node): value = try evaluate(node, dot: dot, [], nil, at: nil)
    case .pipeline(let node): value = try evaluate(node, dot: dot)
    case .identifier(let node): value = try call(node, at: node, dot, [], nil)
    case .chain(let node): value = try evaluate(node, dot: dot, [], nil)
    case .word(let node) where node.word == .dot: value = dot
    case .word(let node) where node.word == .nil:
      guard parameter.acceptsNil else { throw failure(.nilForType(parameter.description)) }
      return parameter.zero
    case .number, .string, .word: return try literal(operand, for: parameter)
    }
    return try validate(value, for: parameter)
  }

  private mutating func literal(
    _ operand: Operand, for parameter: Function.Parameter
  ) throws(TemplateError) -> Value {
    guard case .type(let type) = parameter, type != .interface else {
      return try untypedLiteral(operand)
    }
    switch (type, operand) {
    case (.bool, .word(let node)): return .bool(node.word == .true)
    case (.string, .string(let node)): return .string(node.value)
    case (.signed(let kind), .number(let node)):
      if let integer = node.constant.integer { return .int(integer, kind) }
    case (.unsigned(let kind), .number(let node)):
      if let unsigned = node.constant.unsigned { return .uint(unsigned, kind) }
    case (.float64, .number(let node)):
      if let float = node.constant.float { return .float(float) }
    default: break
    }
    let source = operand.node.source
    guard let expected = type.literalName else {
      throw failure(.unsuitableConstant(source, type: type.description))
    }
    throw failure(.expected(expected, found: source))
  }

  private mutating func untypedLiteral(_ operand: Operand) throws(TemplateError) -> Value {
    switch operand {
    case .number(let node): return try constant(node)
    case .string(let node): return .string(node.value)
    case .word(let node): return .bool(node.word == .true)
    case .identifier, .field, .variable, .chain, .pipeline: return .noValue
    }
  }

  /// The value converted for the parameter, if it has the right type.
  private func validate(
    _ value: Value, for parameter: Function.Parameter
  ) throws(TemplateError) -> Value {
    if case .noValue = value {
      guard parameter.acceptsNil else { throw failure(.invalidValue(expected: "\(parameter)")) }
      return parameter.zero
    }
    switch parameter {
    case .value: return value
    case .any, .type(.interface): return value.concrete
    case .type(let type):
      if value.type == type { return value }
      var given = value
      if case .interface = value, !value.isNilInterface { given = value.concrete }
      if given.type == type { return given }
      throw failure(.wrongType(expected: type.description, got: given.typeName))
    }
  }
}

extension Value {
  fileprivate var isNilInterface: Bool {
    if case .noValue = concrete { return true }
    return false
  }
}

extension Function {
  fileprivate func parameter(_ index: Int) -> Parameter {
    index < parameters.count ? parameters[index] : variadic ?? .any
  }
}

extension GoType {
  /// How messages name a constant of the type; nil if there are none.
  fileprivate var literalName: String? {
    switch self {
    case .bool: "bool"
    case .string: "string"
    case .signed: "integer"
    case .unsigned: "unsigned integer"
    case .float64: "float"
    case .complex128, .interface, .list, .map, .named, .function: nil
    }
  }
}

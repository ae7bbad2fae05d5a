extension Evaluator {
  /// The arguments passed to a call in addition to its own operands.
  typealias Arguments = ArraySlice<Operand>

  mutating func evaluate(_ pipeline: PipelineNode, dot: Value) throws(TemplateError) -> Value {
    current = pipeline
    var result: Value?
    for command in pipeline.commands {
      let value = try evaluate(command, dot: dot, final: result)
      if case .interface(let inner) = value { result = inner } else { result = value }
    }
    let value = result ?? .noValue
    for variable in pipeline.variables {
      if pipeline.isAssignment {
        try assign(value, to: variable.name)
      } else {
        variables.append(Variable(name: variable.name, value: value))
      }
    }
    return value
  }

  /// `final` is the result of the preceding command, passed as the last argument.
  private mutating func evaluate(
    _ command: CommandNode, dot: Value, final: Value?
  ) throws(TemplateError) -> Value {
    let arguments = command.operands.dropFirst()
    switch command.operands[0] {
    case .field(let node):
      current = node
      return try field(node.names[...], of: dot, at: node, dot, arguments, final)
    case .chain(let node): return try evaluate(node, dot: dot, arguments, final)
    case .identifier(let node): return try call(node, at: command, dot, arguments, final)
    case .pipeline(let node):
      try refuse(arguments, final, at: command)
      return try evaluate(node, dot: dot)
    case .variable(let node): return try evaluate(node, dot: dot, arguments, final, at: command)
    case .number(let node):
      current = node
      try refuse(arguments, final, at: command)
      return try constant(node)
    case .string(let node):
      current = node
      try refuse(arguments, final, at: command)
      return .string(node.value)
    case .word(let node):
      current = node
      try refuse(arguments, final, at: command)
      return try value(of: node, dot: dot)
    }
  }

  private func refuse(
    _ arguments: Arguments, _ final: Value?, at command: CommandNode
  ) throws(TemplateError) {
    guard !arguments.isEmpty || final != nil else { return }
    throw failure(.argumentsToNonFunction(command.operands[0].node.source))
  }

  private func value(of node: WordNode, dot: Value) throws(TemplateError) -> Value {
    switch node.word {
    case .dot: dot
    case .true: .bool(true)
    case .false: .bool(false)
    case .nil: throw failure(.nilCommand)
    }
  }

  /// The value of a number whose type is only determined by its spelling.
  mutating func constant(_ node: NumberNode) throws(TemplateError) -> Value {
    current = node
    let text = node.text.bytes
    let isRune = text.first == UInt8(ascii: "'")
    let isHexInteger =
      text.starts(with: "0x".utf8) || text.starts(with: "0X".utf8)
    let looksLikeFloat =
      isHexInteger
      ? text.contains { $0 | 0x20 == UInt8(ascii: "p") }
      : text.contains { ".eEpP".utf8.contains($0) }
    if let complex = node.constant.complex { return .complex(complex) }
    if let float = node.constant.float, !isRune, looksLikeFloat { return .float(float) }
    guard let integer = node.constant.integer else { throw failure(.integerOverflow(node.text)) }
    return .int(integer)
  }

  mutating func evaluate(
    _ node: VariableNode, dot: Value, _ arguments: Arguments, _ final: Value?,
    at command: CommandNode?
  ) throws(TemplateError) -> Value {
    current = node
    let value = try value(ofVariable: node.name)
    guard node.fields.isEmpty else {
      return try field(node.fields[...], of: value, at: node, dot, arguments, final)
    }
    if let command { try refuse(arguments, final, at: command) }
    return value
  }

  mutating func evaluate(
    _ node: ChainNode, dot: Value, _ arguments: Arguments, _ final: Value?
  ) throws(TemplateError) -> Value {
    current = node
    let receiver = try argument(node.base, for: .value, dot: dot)
    return try field(node.fields[...], of: receiver, at: node, dot, arguments, final)
  }

  // MARK: Fields

  /// Follows `.A.B.C`; if the last name is a method, it gets the arguments.
  mutating func field(
    _ names: ArraySlice<String>, of receiver: Value, at node: any Node, _ dot: Value,
    _ arguments: Arguments, _ final: Value?
  ) throws(TemplateError) -> Value {
    var receiver = receiver
    for name in names.dropLast() {
      receiver = try field(name, of: receiver, at: node, dot, [], nil)
    }
    return try field(names[names.endIndex - 1], of: receiver, at: node, dot, arguments, final)
  }

  private mutating func field(
    _ name: String, of receiver: Value, at node: any Node, _ dot: Value,
    _ arguments: Arguments, _ final: Value?
  ) throws(TemplateError) -> Value {
    switch receiver {
    case .object(let object):
      return try member(name, of: object, receiver, at: node, dot, arguments, final)
    case .map(let map) where map.keyType == .string:
      return try value(of: name, in: map, arguments, final)
    case .interface(let inner):
      return try field(name, through: inner, at: node, dot, arguments, final)
    case .noValue:
      guard !options.missingKeyIsError else { throw failure(.nilData(key: name)) }
      return .noValue
    case .nilPointer(let type): throw failure(.nilPointer(type: type, field: name))
    case .bool, .int, .uint, .float, .complex, .string, .list, .map, .function:
      throw failure(.noSuchField(name, type: receiver.typeName))
    }
  }

  /// Looks into an interface, which messages then refer to.
  private mutating func field(
    _ name: String, through inner: Value, at node: any Node, _ dot: Value,
    _ arguments: Arguments, _ final: Value?
  ) throws(TemplateError) -> Value {
    let receiver = Value.interface(inner)
    switch inner.concrete {
    case .object(let object):
      return try member(name, of: object, receiver, at: node, dot, arguments, final)
    case .map(let map) where map.keyType == .string:
      return try value(of: name, in: map, arguments, final)
    case .noValue, .nilPointer:
      throw failure(.nilPointer(type: receiver.typeName, field: name))
    case .bool, .int, .uint, .float, .complex, .string, .list, .map, .function, .interface:
      throw failure(.noSuchField(name, type: receiver.typeName))
    }
  }

  private mutating func member(
    _ name: String, of object: any TemplateObject, _ receiver: Value, at node: any Node,
    _ dot: Value, _ arguments: Arguments, _ final: Value?
  ) throws(TemplateError) -> Value {
    let given = arguments.count + (final == nil ? 0 : 1)
    switch object.member(named: name) {
    case .accessor(let value)?:
      guard given == 0 else {
        throw failure(.argumentCount(function: name, wanted: 0, got: given))
      }
      return value
    case .field(let value)?:
      guard given == 0 else { throw failure(.fieldHasArguments(name)) }
      return value
    case .method(let function)?:
      return try call(function, name, at: node, dot, arguments, final)
    case nil: throw failure(.noSuchField(name, type: receiver.typeName))
    }
  }

  private func value(
    of key: String, in map: GoMap, _ arguments: Arguments, _ final: Value?
  ) throws(TemplateError) -> Value {
    guard arguments.isEmpty, final == nil else { throw failure(.keyHasArguments(key)) }
    if let value = map.value(of: GoString(key)) { return value }
    guard !options.missingKeyIsError else { throw failure(.noSuchKey(key)) }
    return .noValue
  }
}

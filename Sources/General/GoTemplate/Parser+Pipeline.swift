extension Parser {
  /// Parses variables, commands and the token that ends the pipeline.
  mutating func parsePipeline(
    in context: String, until end: Token.Kind
  ) throws(SyntaxProblem) -> PipelineNode {
    let position = peekNonSpace().position
    let (declared, isAssignment) = try parseVariables(in: context)
    var commands: [CommandNode] = []
    while true {
      let token = nextNonSpace()
      if token.kind == end { break }
      guard token.startsOperand else { throw unexpected(token, in: context) }
      putBack(token)
      commands.append(try parseCommand())
      if commands.count > Parser.maximumCommands { throw .pipelineTooLong }
    }
    try check(commands, in: context)
    return PipelineNode(
      position: position, isAssignment: isAssignment, variables: declared, commands: commands)
  }

  /// Parses `$x :=`, `$x =` and in a range `$i, $x :=`; it may find none of them.
  private mutating func parseVariables(
    in context: String
  ) throws(SyntaxProblem) -> ([VariableNode], isAssignment: Bool) {
    var declared: [VariableNode] = []
    while true {
      let token = nextNonSpace()
      guard token.kind == .variable else {
        putBack(token)
        return (declared, false)
      }
      let afterToken = next()
      let following = afterToken.kind == .space ? nextNonSpace() : afterToken
      let isComma = following.kind == .char && following.bytes.elementsEqual([UInt8(ascii: ",")])
      guard following.kind == .assign || following.kind == .declare || isComma else {
        putBack(following)
        if afterToken.kind == .space { putBack(afterToken) }
        putBack(token)
        return (declared, false)
      }
      declared.append(VariableNode(position: token.position, name: token.text))
      variables.append(token.text)
      guard isComma else { return (declared, following.kind == .assign) }
      guard context == "range", declared.count < 2 else {
        throw .tooManyDeclarations(context: context)
      }
      switch peekNonSpace().kind {
      case .variable, .rightDelimiter, .rightParenthesis: continue
      default: throw .rangeCanOnlyInitialize
      }
    }
  }

  /// Only the first command of a pipeline may be something that takes no argument.
  private func check(_ commands: [CommandNode], in context: String) throws(SyntaxProblem) {
    guard !commands.isEmpty else { throw .missingValue(context: context) }
    for (index, command) in commands.enumerated().dropFirst() {
      switch command.operands[0] {
      case .word, .number, .string: throw .nonExecutableCommand(stage: index + 1)
      case .identifier, .field, .variable, .chain, .pipeline: continue
      }
    }
  }

  /// Parses operands up to a pipe, which it consumes, or the end of the pipeline.
  private mutating func parseCommand() throws(SyntaxProblem) -> CommandNode {
    let position = peekNonSpace().position
    var operands: [Operand] = []
    scanning: while true {
      if let operand = try parseOperand() { operands.append(operand) }
      let token = next()
      switch token.kind {
      case .space: continue
      case .rightDelimiter, .rightParenthesis:
        putBack(token)
        break scanning
      case .pipe: break scanning
      default: throw unexpected(token, in: "operand")
      }
    }
    guard !operands.isEmpty else { throw .emptyCommand }
    return CommandNode(position: position, operands: operands)
  }

  private mutating func parseOperand() throws(SyntaxProblem) -> Operand? {
    guard let term = try parseTerm() else { return nil }
    let position = peek().position
    var fields: [String] = []
    while peek().kind == .field { fields.append(String(next().text.dropFirst())) }
    guard !fields.isEmpty else { return term }
    switch term {
    case .field(let node):
      return .field(FieldNode(position: position, names: node.names + fields))
    case .variable(let node):
      return .variable(VariableNode(position: position, name: node.name, fields: fields))
    case .word, .number, .string: throw .fieldOfLiteral(term.node.source)
    case .identifier, .chain, .pipeline:
      return .chain(ChainNode(position: position, base: term, fields: fields))
    }
  }

  /// Parses a term, or returns nil and leaves the token if none begins here.
  private mutating func parseTerm() throws(SyntaxProblem) -> Operand? {
    let token = nextNonSpace()
    let position = token.position
    switch token.kind {
    case .identifier: return .identifier(try parseIdentifier(token))
    case .keyword(.dot): return .word(WordNode(position: position, word: .dot))
    case .keyword(.nil): return .word(WordNode(position: position, word: .nil))
    case .bool:
      return .word(WordNode(position: position, word: token.text == "true" ? .true : .false))
    case .variable:
      guard variables.contains(token.text) else { throw .undefinedVariable(token.text) }
      return .variable(VariableNode(position: position, name: token.text))
    case .field:
      return .field(FieldNode(position: position, names: [String(token.text.dropFirst())]))
    case .characterConstant, .number, .complex:
      let constant = try parseNumber(token)
      return .number(
        NumberNode(position: position, text: token.goString, constant: constant))
    case .string, .rawString:
      guard let value = Literal.string(token.bytes) else { throw .invalidSyntax }
      return .string(StringNode(position: position, quoted: token.goString, value: value))
    case .leftParenthesis:
      try descend()
      defer { depth -= 1 }
      return .pipeline(
        try parsePipeline(in: "parenthesized pipeline", until: .rightParenthesis))
    default:
      putBack(token)
      return nil
    }
  }

  private func parseIdentifier(_ token: Token) throws(SyntaxProblem) -> IdentifierNode {
    let name = token.text
    guard let callable = functions[name].map(Callable.function) ?? Builtins.named(name) else {
      throw .undefinedFunction(name)
    }
    return IdentifierNode(position: token.position, name: name, callable: callable)
  }

  private func parseNumber(_ token: Token) throws(SyntaxProblem) -> NumberConstant {
    switch token.kind {
    case .characterConstant: NumberConstant(rune: try Literal.character(token.bytes))
    case .complex: try NumberConstant(parsingSum: Array(token.bytes))
    default: try NumberConstant(parsing: Array(token.bytes))
    }
  }
}

extension Token {
  fileprivate var startsOperand: Bool {
    switch kind {
    case .bool, .characterConstant, .complex, .field, .identifier, .number, .rawString, .string,
      .variable, .leftParenthesis, .keyword(.dot), .keyword(.nil):
      true
    default: false
    }
  }
}

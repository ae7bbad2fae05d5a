/// Builds the trees of a template and of those defined in it.
struct Parser {
  /// The maximum nesting of actions and parentheses: 20 KiB of stack each at run time without
  /// optimisation.
  static let maximumDepth = 100
  static let maximumCommands = 1000

  let templateName: String
  let functions: FunctionTable
  private(set) var trees: [TemplateTree] = []

  private var lexer: Lexer
  private var lookahead: [Token] = []
  /// The line that errors are reported at: that of the last token read.
  private(set) var line = 0
  private var actionLine = 0
  private var rangeDepth = 0
  var variables = ["$"]
  var depth = 0

  init(_ text: String, name: String, functions: FunctionTable) {
    templateName = name
    self.functions = functions
    lexer = Lexer(
      Array(text.utf8), breakIsKeyword: functions["break"] == nil,
      continueIsKeyword: functions["continue"] == nil)
  }

  /// Parses the whole text; a definition with the template's own name may replace it.
  mutating func parse() throws(SyntaxProblem) -> ListNode {
    let position = peek().position
    var statements: [Statement] = []
    while peek().kind != .endOfFile {
      if try parseDefinition() { continue }
      switch try parseTextOrAction() {
      case .statement(let statement): statements.append(statement)
      case .end: throw .unexpectedEnd
      case .else: throw .unexpectedElse
      }
    }
    let tree = ListNode(position: position, statements: statements)
    try add(tree, as: GoString(templateName))
    return trees.tree(named: GoString(templateName)) ?? tree
  }

  private mutating func add(_ tree: ListNode, as name: GoString) throws(SyntaxProblem) {
    guard let index = trees.firstIndex(where: { $0.name == name }) else {
      trees.append(TemplateTree(name: name, tree: tree))
      return
    }
    if trees[index].tree.isEmpty {
      trees[index].tree = tree
    } else if !tree.isEmpty {
      throw .multipleDefinition(name)
    }
  }

  // MARK: Tokens

  mutating func next() -> Token {
    if let token = lookahead.popLast() { return token }
    let token = lexer.next()
    line = token.line
    return token
  }

  /// Puts a token back; tokens are read again in reverse order.
  mutating func putBack(_ token: Token) {
    lookahead.append(token)
  }

  mutating func peek() -> Token {
    let token = next()
    putBack(token)
    return token
  }

  mutating func nextNonSpace() -> Token {
    var token = next()
    while token.kind == .space { token = next() }
    return token
  }

  mutating func peekNonSpace() -> Token {
    let token = nextNonSpace()
    putBack(token)
    return token
  }

  func unexpected(_ token: Token, in context: String) -> SyntaxProblem {
    guard case .error(let problem) = token.kind else {
      return .unexpected(token.shown, context: context)
    }
    guard actionLine != 0, actionLine != token.line else { return problem }
    return .inActionStarted(template: templateName, line: actionLine, problem)
  }

  @discardableResult
  private mutating func expect(
    _ kind: Token.Kind, in context: String
  ) throws(SyntaxProblem) -> Token {
    let token = nextNonSpace()
    guard token.kind == kind else { throw unexpected(token, in: context) }
    return token
  }

  /// Goes one level deeper; the caller goes back up.
  mutating func descend() throws(SyntaxProblem) {
    guard depth < Parser.maximumDepth else { throw .nestedTooDeep }
    depth += 1
  }

  // MARK: Text and actions

  private enum Item {
    case statement(Statement)
    case end
    case `else`(position: Int)
  }

  /// Parses statements up to the matching `end` or `else`.
  private mutating func parseList() throws(SyntaxProblem) -> (ListNode, Item) {
    let position = peekNonSpace().position
    var statements: [Statement] = []
    while peekNonSpace().kind != .endOfFile {
      let item = try parseTextOrAction()
      guard case .statement(let statement) = item else {
        return (ListNode(position: position, statements: statements), item)
      }
      statements.append(statement)
    }
    throw .unexpectedEOF
  }

  private mutating func parseTextOrAction() throws(SyntaxProblem) -> Item {
    let token = nextNonSpace()
    switch token.kind {
    case .text:
      let node = TextNode(position: token.position, bytes: Array(token.bytes))
      return .statement(.text(node))
    case .leftDelimiter:
      actionLine = token.line
      defer { actionLine = 0 }
      return try parseAction()
    default: throw unexpected(token, in: "input")
    }
  }

  private mutating func parseAction() throws(SyntaxProblem) -> Item {
    let token = nextNonSpace()
    guard case .keyword(let keyword) = token.kind else {
      return try parsePlainAction(token)
    }
    switch keyword {
    case .if: return .statement(.branch(try parseBranch(.if)))
    case .range: return .statement(.branch(try parseBranch(.range)))
    case .with: return .statement(.branch(try parseBranch(.with)))
    case .block: return .statement(try parseBlock())
    case .template: return .statement(try parseTemplate())
    case .break: return .statement(try parseLoopControl(.breaking, token))
    case .continue: return .statement(try parseLoopControl(.continuing, token))
    case .end:
      try expect(.rightDelimiter, in: "end")
      return .end
    case .else: return try parseElse()
    case .define, .dot, .nil: return try parsePlainAction(token)
    }
  }

  private mutating func parsePlainAction(_ first: Token) throws(SyntaxProblem) -> Item {
    putBack(first)
    let pipeline = try parsePipeline(in: "command", until: .rightDelimiter)
    return .statement(.action(ActionNode(position: first.position, pipeline: pipeline)))
  }

  private mutating func parseLoopControl(
    _ control: SyntaxProblem.LoopControl, _ keyword: Token
  ) throws(SyntaxProblem) -> Statement {
    try expect(.rightDelimiter, in: "{{\(control.rawValue)}}")
    guard rangeDepth > 0 else { throw .outsideRange(control) }
    return .loopControl(LoopControlNode(position: keyword.position, control: control))
  }

  /// `else if` and `else with` leave their second word to be read by the branch.
  private mutating func parseElse() throws(SyntaxProblem) -> Item {
    let token = peekNonSpace()
    if token.kind == .keyword(.if) || token.kind == .keyword(.with) {
      return .else(position: token.position)
    }
    return .else(position: try expect(.rightDelimiter, in: "else").position)
  }

  private mutating func parseBranch(
    _ kind: BranchNode.Kind
  ) throws(SyntaxProblem) -> BranchNode {
    try descend()
    let outerVariables = variables.count
    defer {
      variables.removeSubrange(outerVariables...)
      depth -= 1
    }
    let pipeline = try parsePipeline(in: kind.rawValue, until: .rightDelimiter)
    if kind == .range { rangeDepth += 1 }
    let (list, end) = try parseList()
    if kind == .range { rangeDepth -= 1 }
    guard case .else(let position) = end else {
      return BranchNode(kind: kind, pipeline: pipeline, list: list, elseList: nil)
    }
    let elseList = try parseElseList(of: kind, position: position)
    return BranchNode(kind: kind, pipeline: pipeline, list: list, elseList: elseList)
  }

  private mutating func parseElseList(
    of kind: BranchNode.Kind, position: Int
  ) throws(SyntaxProblem) -> ListNode {
    let chained: BranchNode.Kind? =
      switch (kind, peek().kind) {
      case (.if, .keyword(.if)): .if
      case (.with, .keyword(.with)): .with
      default: nil
      }
    if let chained {
      _ = next()
      let branch = try parseBranch(chained)
      return ListNode(position: position, statements: [.branch(branch)])
    }
    let (elseList, end) = try parseList()
    guard case .end = end else { throw .expectedEnd }
    return elseList
  }

  // MARK: Templates in templates

  /// Parses a `define` if one comes next; only allowed outside all other actions.
  private mutating func parseDefinition() throws(SyntaxProblem) -> Bool {
    let delimiter = next()
    let word = delimiter.kind == .leftDelimiter ? nextNonSpace() : nil
    guard let word, word.kind == .keyword(.define) else {
      if let word { putBack(word) }
      putBack(delimiter)
      return false
    }
    let name = try parseName(nextNonSpace(), in: "define clause")
    try expect(.rightDelimiter, in: "define clause")
    let (body, end) = try parseBody()
    guard case .end = end else { throw .unexpectedElseInContext("define clause") }
    try add(body, as: name)
    return true
  }

  private mutating func parseBlock() throws(SyntaxProblem) -> Statement {
    try descend()
    defer { depth -= 1 }
    let token = nextNonSpace()
    let name = try parseName(token, in: "block clause")
    let pipeline = try parsePipeline(in: "block clause", until: .rightDelimiter)
    let clauseLine = line
    let outerActionLine = actionLine
    actionLine = 0
    let (body, end) = try parseBody()
    actionLine = outerActionLine
    guard case .end = end else {
      line = clauseLine
      throw .unexpectedElseInContext("block clause")
    }
    try add(body, as: name)
    return .template(TemplateNode(position: token.position, name: name, pipeline: pipeline))
  }

  /// Parses the body of a template, where neither outer variables nor outer loops are visible.
  private mutating func parseBody() throws(SyntaxProblem) -> (ListNode, Item) {
    let outer = (variables, rangeDepth)
    variables = ["$"]
    rangeDepth = 0
    defer { (variables, rangeDepth) = outer }
    return try parseList()
  }

  private mutating func parseTemplate() throws(SyntaxProblem) -> Statement {
    let token = nextNonSpace()
    let name = try parseName(token, in: "template clause")
    var pipeline: PipelineNode?
    let following = nextNonSpace()
    if following.kind != .rightDelimiter {
      putBack(following)
      pipeline = try parsePipeline(in: "template clause", until: .rightDelimiter)
    }
    return .template(TemplateNode(position: token.position, name: name, pipeline: pipeline))
  }

  private func parseName(_ token: Token, in context: String) throws(SyntaxProblem) -> GoString {
    guard token.kind == .string || token.kind == .rawString else {
      throw unexpected(token, in: context)
    }
    guard let name = Literal.string(token.bytes) else { throw .invalidSyntax }
    return name
  }
}

/// A template or one that is defined in it.
struct TemplateTree: Sendable {
  let name: GoString
  var tree: ListNode
}

extension [TemplateTree] {
  func tree(named name: GoString) -> ListNode? {
    first { $0.name == name }?.tree
  }
}

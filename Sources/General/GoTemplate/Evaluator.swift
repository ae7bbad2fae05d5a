/// Executes a parsed template.
struct Evaluator {
  /// The maximum nesting of statements at run time: 10 KiB of stack each without optimisation, in
  /// addition to one template's own nesting.
  static let maximumDepth = 400

  struct Variable {
    let name: String
    var value: Value
  }

  enum Flow {
    case normal, breaking, continuing
  }

  let template: Template
  let options: Template.Options
  var output: [UInt8] = []
  var variables: [Variable]
  /// The node that errors are reported at.
  var current: any Node
  /// The template that was called last, nil for the outermost.
  private var executing: GoString?
  private var depth = 0

  init(_ template: Template, root: ListNode, value: Value, options: Template.Options) {
    self.template = template
    self.options = options
    variables = [Variable(name: "$", value: value)]
    current = root
  }

  func failure(_ problem: ExecutionProblem) -> TemplateError {
    let (line, column) = template.location(of: current)
    return .execution(
      ExecutionError(
        template: template.name, line: line, column: column,
        executing: executing ?? GoString(template.name), node: current.source, problem: problem))
  }

  // MARK: Statements

  mutating func walk(_ list: ListNode, dot: Value) throws(TemplateError) -> Flow {
    depth += 1
    defer { depth -= 1 }
    for statement in list.statements {
      let flow = try walk(statement, dot: dot)
      if flow != .normal { return flow }
    }
    return .normal
  }

  private mutating func walk(_ statement: Statement, dot: Value) throws(TemplateError) -> Flow {
    switch statement {
    case .text(let node):
      output += node.bytes
      return .normal
    case .action(let node):
      let value = try evaluate(node.pipeline, dot: dot)
      if node.pipeline.variables.isEmpty { try write(value, of: node) }
      return .normal
    case .branch(let node):
      return node.kind == .range ? try walkRange(node, dot: dot) : try walkBranch(node, dot: dot)
    case .template(let node):
      try walkTemplate(node, dot: dot)
      return .normal
    case .loopControl(let node):
      return node.control == .breaking ? .breaking : .continuing
    }
  }

  private mutating func write(_ value: Value, of node: ActionNode) throws(TemplateError) {
    switch value {
    case .string(let string): output += string.bytes
    case .function(let function):
      current = node
      throw failure(.cannotPrint(node: node.source, type: function.signature))
    default:
      Formatter.appending(to: &output) { $0.write(printable: value) }
    }
  }

  private mutating func walkBranch(
    _ node: BranchNode, dot: Value
  ) throws(TemplateError) -> Flow {
    let mark = variables.count
    defer { variables.removeSubrange(mark...) }
    let value = try evaluate(node.pipeline, dot: dot)
    if value.isTrue { return try walk(node.list, dot: node.kind == .with ? value : dot) }
    return try node.elseList.map { list throws(TemplateError) in
      try walk(list, dot: dot)
    } ?? .normal
  }

  private mutating func walkTemplate(_ node: TemplateNode, dot: Value) throws(TemplateError) {
    current = node
    guard let body = template.trees.tree(named: node.name) else {
      throw failure(.undefinedTemplate(node.name))
    }
    guard depth < Evaluator.maximumDepth else { throw failure(.templateDepthExceeded) }
    let value =
      try node.pipeline.map { pipeline throws(TemplateError) in
        try evaluate(pipeline, dot: dot)
      } ?? .noValue

    let outer = (variables, executing)
    variables = [Variable(name: "$", value: value)]
    executing = node.name
    _ = try walk(body, dot: value)
    (variables, executing) = outer
  }

  // MARK: Range

  private mutating func walkRange(
    _ node: BranchNode, dot: Value
  ) throws(TemplateError) -> Flow {
    let mark = variables.count
    defer { variables.removeSubrange(mark...) }
    let value = try evaluate(node.pipeline, dot: dot).plain
    if try walkElements(of: value, node) { return .normal }
    return try node.elseList.map { list throws(TemplateError) in
      try walk(list, dot: dot)
    } ?? .normal
  }

  /// Runs the body for every element; false if there are none.
  private mutating func walkElements(
    of value: Value, _ node: BranchNode
  ) throws(TemplateError) -> Bool {
    switch value {
    case .noValue: return false
    case .list(let list):
      for index in list.elements.indices {
        let element = list.element(index)
        guard try walkIteration(node, key: .int(Int64(index)), element: element) else { break }
      }
      return !list.elements.isEmpty
    case .map(let map):
      for index in map.entries.indices {
        guard try walkIteration(node, key: map.key(at: index), element: map.value(at: index)) else {
          break
        }
      }
      return !map.entries.isEmpty
    case .int(let count, let kind):
      try requireOneVariable(node, value)
      var index: Int64 = 0
      while index < count,
        try walkIteration(node, key: .noValue, element: .int(index, kind))
      { index += 1 }
      return count > 0
    case .uint(let count, let kind):
      try requireOneVariable(node, value)
      var index: UInt64 = 0
      while index < count,
        try walkIteration(node, key: .noValue, element: .uint(index, kind))
      { index += 1 }
      return count > 0
    case .bool, .float, .complex, .string, .object, .nilPointer, .function, .interface:
      throw failure(.cannotIterate(Formatter.text(printable: value)))
    }
  }

  private func requireOneVariable(_ node: BranchNode, _ value: Value) throws(TemplateError) {
    guard node.pipeline.variables.count > 1 else { return }
    throw failure(.cannotIterateTwoVariables(Formatter.text(printable: value)))
  }

  /// Runs the body once; false if the loop should end.
  private mutating func walkIteration(
    _ node: BranchNode, key: Value, element: Value
  ) throws(TemplateError) -> Bool {
    let mark = variables.count
    let declared = node.pipeline.variables
    if node.pipeline.isAssignment {
      if declared.count > 1 { try assign(key, to: declared[0].name) }
      if let last = declared.last { try assign(element, to: last.name) }
    } else {
      if !declared.isEmpty { variables[mark - 1].value = element }
      if declared.count > 1 { variables[mark - 2].value = key }
    }
    let flow = try walk(node.list, dot: element)
    variables.removeSubrange(mark...)
    return flow != .breaking
  }

  // MARK: Variables

  mutating func assign(_ value: Value, to name: String) throws(TemplateError) {
    guard let index = variables.lastIndex(where: { $0.name == name }) else {
      throw failure(.undefinedVariable(name))
    }
    variables[index].value = value
  }

  func value(ofVariable name: String) throws(TemplateError) -> Value {
    guard let variable = variables.last(where: { $0.name == name }) else {
      throw failure(.undefinedVariable(name))
    }
    return variable.value
  }
}

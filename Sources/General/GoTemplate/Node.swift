/// A part of a parsed template that errors can refer to.
protocol Node: AnyObject, Sendable {
  /// The start of the part, in bytes of the template's text.
  var position: Int { get }
  /// Writes the part as Go's parser would print it.
  func write(to output: inout [UInt8])
}

extension Node {
  var source: GoString {
    var output: [UInt8] = []
    write(to: &output)
    return GoString(bytes: output)
  }
}

/// Something that a template does.
enum Statement: Sendable {
  case text(TextNode)
  case action(ActionNode)
  case branch(BranchNode)
  case template(TemplateNode)
  case loopControl(LoopControlNode)

  var node: any Node {
    switch self {
    case .text(let node): node
    case .action(let node): node
    case .branch(let node): node
    case .template(let node): node
    case .loopControl(let node): node
    }
  }
}

/// A word of a command: an argument, or what is called.
enum Operand: Sendable {
  case identifier(IdentifierNode)
  case field(FieldNode)
  case variable(VariableNode)
  case chain(ChainNode)
  case pipeline(PipelineNode)
  case number(NumberNode)
  case string(StringNode)
  case word(WordNode)

  var node: any Node {
    switch self {
    case .identifier(let node): node
    case .field(let node): node
    case .variable(let node): node
    case .chain(let node): node
    case .pipeline(let node): node
    case .number(let node): node
    case .string(let node): node
    case .word(let node): node
    }
  }
}

/// Statements in a row.
final class ListNode: Node {
  let position: Int
  let statements: [Statement]

  init(position: Int, statements: [Statement]) {
    self.position = position
    self.statements = statements
  }

  /// Whether there is nothing but white space.
  var isEmpty: Bool {
    statements.allSatisfy { statement in
      guard case .text(let text) = statement else { return false }
      var isBlank = true
      Rune.forEach(in: text.bytes) { isBlank = isBlank && RuneClass.isSpace($0.value) }
      return isBlank
    }
  }
}

/// Plain text.
final class TextNode: Node {
  let position: Int
  let bytes: [UInt8]

  init(position: Int, bytes: [UInt8]) {
    self.position = position
    self.bytes = bytes
  }
}

/// `{{pipeline}}`.
final class ActionNode: Node {
  let position: Int
  let pipeline: PipelineNode

  init(position: Int, pipeline: PipelineNode) {
    self.position = position
    self.pipeline = pipeline
  }
}

/// `if`, `range` or `with`.
final class BranchNode: Node {
  enum Kind: String {
    case `if`, range, with
  }

  let kind: Kind
  let pipeline: PipelineNode
  let list: ListNode
  let elseList: ListNode?

  var position: Int { pipeline.position }

  init(kind: Kind, pipeline: PipelineNode, list: ListNode, elseList: ListNode?) {
    self.kind = kind
    self.pipeline = pipeline
    self.list = list
    self.elseList = elseList
  }
}

/// `{{template "name" pipeline}}`, also the place of a `block`.
final class TemplateNode: Node {
  let position: Int
  let name: GoString
  let pipeline: PipelineNode?

  init(position: Int, name: GoString, pipeline: PipelineNode?) {
    self.position = position
    self.name = name
    self.pipeline = pipeline
  }
}

/// `{{break}}` or `{{continue}}`.
final class LoopControlNode: Node {
  let position: Int
  let control: SyntaxProblem.LoopControl

  init(position: Int, control: SyntaxProblem.LoopControl) {
    self.position = position
    self.control = control
  }
}

/// Commands, each fed with the result of the one before, and variables for the last result.
final class PipelineNode: Node {
  let position: Int
  let isAssignment: Bool
  let variables: [VariableNode]
  let commands: [CommandNode]

  init(
    position: Int, isAssignment: Bool, variables: [VariableNode], commands: [CommandNode]
  ) {
    self.position = position
    self.isAssignment = isAssignment
    self.variables = variables
    self.commands = commands
  }
}

/// Operands in a row; there is at least one.
final class CommandNode: Node {
  let position: Int
  let operands: [Operand]

  init(position: Int, operands: [Operand]) {
    self.position = position
    self.operands = operands
  }
}

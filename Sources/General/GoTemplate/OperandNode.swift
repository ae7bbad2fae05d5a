/// The name of a function, and the function.
final class IdentifierNode: Node {
  let position: Int
  let name: String
  let callable: Callable

  init(position: Int, name: String, callable: Callable) {
    self.position = position
    self.name = name
    self.callable = callable
  }
}

/// What a function name refers to.
enum Callable: Sendable {
  case function(Function)
  /// `and` or `or`: evaluates arguments until the result is known.
  case shortCircuit(stopsAt: Bool)
  /// `call`: needs the spelling of its first argument.
  case call
}

/// `.A.B`.
final class FieldNode: Node {
  let position: Int
  let names: [String]

  init(position: Int, names: [String]) {
    self.position = position
    self.names = names
  }
}

/// `$x.A.B`; the name includes the `$`.
final class VariableNode: Node {
  let position: Int
  let name: String
  let fields: [String]

  init(position: Int, name: String, fields: [String] = []) {
    self.position = position
    self.name = name
    self.fields = fields
  }
}

/// `(pipeline).A.B`, or fields of a function's result.
final class ChainNode: Node {
  let position: Int
  let base: Operand
  let fields: [String]

  init(position: Int, base: Operand, fields: [String]) {
    self.position = position
    self.base = base
    self.fields = fields
  }
}

/// A number or a character constant.
final class NumberNode: Node {
  let position: Int
  let text: GoString
  let constant: NumberConstant

  init(position: Int, text: GoString, constant: NumberConstant) {
    self.position = position
    self.text = text
    self.constant = constant
  }
}

/// A quoted or raw string.
final class StringNode: Node {
  let position: Int
  let quoted: GoString
  let value: GoString

  init(position: Int, quoted: GoString, value: GoString) {
    self.position = position
    self.quoted = quoted
    self.value = value
  }
}

/// `.`, `nil`, `true` or `false`.
final class WordNode: Node {
  enum Word: String {
    case dot = "."
    case `nil`, `true`, `false`
  }

  let position: Int
  let word: Word

  init(position: Int, word: Word) {
    self.position = position
    self.word = word
  }
}

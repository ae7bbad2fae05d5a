extension TemplateError {
  /// The error message of Go's text/template, with its position.
  package var message: String {
    switch self {
    case .syntax(let error):
      return "template: \(error.template):\(error.line): \(error.problem.message)"
    case .execution(let error):
      let position = "\(error.template):\(error.line):\(error.column)"
      return "template: \(position): executing \(error.executing.quoted) at <\(error.node)>: "
        + error.problem.message
    }
  }
}

extension SyntaxProblem {
  var message: String {
    switch self {
    case .unclosedAction: "unclosed action"
    case .unclosedComment: "unclosed comment"
    case .commentEndsBeforeDelimiter: "comment ends before closing delimiter"
    case .unclosedParenthesis: "unclosed left paren"
    case .unexpectedRightParenthesis: "unexpected right paren"
    case .expectedDeclaration: "expected :="
    case .badCharacter(let rune): "bad character \(Formatter.unicodeName(rune))"
    case .unrecognizedCharacter(let rune):
      "unrecognized character in action: \(Formatter.unicodeName(rune))"
    case .badNumber(let text): "bad number syntax: \(text.quoted)"
    case .unterminated(let literal): "unterminated \(literal.rawValue)"
    case .inActionStarted(let template, let line, .unclosedAction):
      "unclosed action started at \(template):\(line)"
    case .inActionStarted(let template, let line, let problem):
      "\(problem.message) in action started at \(template):\(line)"
    case .unexpected(let token, let context): "unexpected \(token.message) in \(context)"
    case .unexpectedEnd: "unexpected {{end}}"
    case .unexpectedElse: "unexpected {{else}}"
    case .unexpectedElseInContext(let context): "unexpected {{else}} in \(context)"
    case .unexpectedEOF: "unexpected EOF"
    case .expectedEnd: "expected end; found {{else}}"
    case .missingValue(let context): "missing value for \(context)"
    case .nonExecutableCommand(let stage): "non executable command in pipeline stage \(stage)"
    case .rangeCanOnlyInitialize: "range can only initialize variables"
    case .tooManyDeclarations(let context): "too many declarations in \(context)"
    case .emptyCommand: "empty command"
    case .pipelineTooLong: "pipeline too long"
    case .nestedTooDeep: "max expression depth exceeded"
    case .outsideRange(let control): "{{\(control.rawValue)}} outside {{range}}"
    case .multipleDefinition(let name):
      "template: multiple definition of template \(name.quoted)"
    case .undefinedFunction(let name): "function \(GoString(name).quoted) not defined"
    case .undefinedVariable(let name): "undefined variable \(GoString(name).quoted)"
    case .fieldOfLiteral(let literal): "unexpected . after term \(literal.quoted)"
    case .invalidSyntax: "invalid syntax"
    case .malformedCharacter(let text): "malformed character constant: \(text)"
    case .integerOverflow(let text): "integer overflow: \(text.quoted)"
    case .illegalNumber(let text): "illegal number syntax: \(text.quoted)"
    case .malformedComplex: "syntax error scanning complex number"
    case .malformedFloat(let text, let isOutOfRange):
      "strconv.ParseFloat: parsing \(text.quoted): "
        + (isOutOfRange ? "value out of range" : "invalid syntax")
    }
  }
}

extension SyntaxProblem.Token {
  /// Go truncates long tokens after ten characters.
  fileprivate var message: String {
    switch self {
    case .endOfFile: return "EOF"
    case .keyword(let word): return "<\(word)>"
    case .other(let text):
      guard text.bytes.count > 10 else { return text.quoted }
      return text.prefix(characters: 10).quoted + "..."
    }
  }
}

extension ExecutionProblem {
  var message: String {
    switch self {
    case .nilCommand: "nil is not a command"
    case .argumentsToNonFunction(let node): "can't give argument to non-function \(node)"
    case .integerOverflow(let text): "\(text) overflows int"
    case .undefinedVariable(let name): "undefined variable: \(name)"
    case .undefinedTemplate(let name): "template \(name.quoted) not defined"
    case .templateDepthExceeded: "exceeded maximum template depth (100000)"
    case .cannotIterate(let value): "range can't iterate over \(value)"
    case .cannotIterateTwoVariables(let value):
      "can't use \(value) to iterate over more than one variable"
    case .cannotPrint(let node, let type): "can't print \(node) of type \(type)"
    case .nilData(let key): "nil data; no entry for key \(GoString(key).quoted)"
    case .nilPointer(let type, let field): "nil pointer evaluating \(type).\(field)"
    case .noSuchField(let field, let type): "can't evaluate field \(field) in type \(type)"
    case .noSuchKey(let key): "map has no entry for key \(GoString(key).quoted)"
    case .fieldHasArguments(let field):
      "\(field) has arguments but cannot be invoked as function"
    case .keyHasArguments(let key): "\(key) is not a method but has arguments"
    case .argumentCount(let function, let wanted, let got):
      "wrong number of args for \(function): want \(wanted) got \(got)"
    case .tooFewArguments(let function, let wanted, let got):
      "wrong number of args for \(function): want at least \(wanted) got \(got)"
    case .invalidValue(let expected): "invalid value; expected \(expected)"
    case .wrongType(let expected, let got):
      "wrong type for value; expected \(expected); got \(got)"
    case .nilForType(let type): "cannot assign nil to \(type)"
    case .expected(let what, let found): "expected \(what); found \(found)"
    case .unsuitableConstant(let node, let type): "can't handle \(node) for arg of type \(type)"
    case .callFailed(let function, let error): "error calling \(function): \(error.message)"
    }
  }
}

extension FunctionProblem {
  var message: String {
    switch self {
    case .missingComparisonArgument: "missing argument for comparison"
    case .invalidComparisonType: "invalid type for comparison"
    case .incompatibleTypes(let left, let right):
      "incompatible types for comparison: \(left) and \(right)"
    case .nonComparable(let value, let type): "non-comparable type \(value): \(type)"
    case .nonComparablePair(let value, let type, let otherType, let other):
      "non-comparable types \(value): \(type), \(otherType): \(other)"
    case .indexOfUntypedNil: "index of untyped nil"
    case .indexOfNilPointer: "index of nil pointer"
    case .indexOutOfRange(let index): "index out of range: \(index)"
    case .stringIndexOutOfRange: "reflect: string index out of range"
    case .sliceIndexOutOfRange: "reflect: slice index out of range"
    case .indexIsNil: "cannot index slice/array with nil"
    case .indexHasType(let type): "cannot index slice/array with type \(type)"
    case .notIndexable(let type): "can't index item of type \(type)"
    case .keyIsNil(let wanted): "value is nil; should be of type \(wanted)"
    case .keyHasType(let type, let wanted): "value has type \(type); should be \(wanted)"
    case .sliceOfUntypedNil: "slice of untyped nil"
    case .tooManySliceIndexes(let count): "too many slice indexes: \(count)"
    case .stringWithThreeIndexes: "cannot 3-index slice a string"
    case .invalidSliceIndex(let low, let high): "invalid slice index: \(low) > \(high)"
    case .notSliceable(let type): "can't slice item of type \(type)"
    case .lengthOfNilPointer: "len of nil pointer"
    case .lengthOfType(let type): "len of type \(type)"
    case .typeOfNoValue: "reflect: call of reflect.Value.Type on zero Value"
    case .callOfNil: "call of nil"
    case .callOfNonFunction(let name, let type): "non-function \(name) of type \(type)"
    case .callArgumentCount(let name, let got, let wanted, let atLeast):
      "wrong number of args for \(name): got \(got) want \(atLeast ? "at least " : "")\(wanted)"
    case .callArgument(let index, let error): "arg \(index): \(error.message)"
    case .other(let text): text
    }
  }
}

/// Why a template could not be parsed or executed; `message` is for the user.
package enum TemplateError: Error, Equatable, Sendable {
  /// The text is not a valid template.
  case syntax(SyntaxError)
  /// Execution stopped.
  case execution(ExecutionError)
}

/// An error in the text of a template.
package struct SyntaxError: Equatable, Sendable {
  /// The name of the template.
  package let template: String
  /// The line, from 1.
  package let line: Int
  let problem: SyntaxProblem
}

/// A value or a call that failed during execution.
package struct ExecutionError: Equatable, Sendable {
  /// The name of the template that was parsed.
  package let template: String
  /// The line, from 1.
  package let line: Int
  /// The column in bytes, from 0 as in Go.
  package let column: Int
  /// The name of the template that was executed, which may be one defined in the other.
  let executing: GoString
  let node: GoString
  let problem: ExecutionProblem
}

/// Why a function rejected its arguments.
package struct FunctionError: Error, Equatable, Sendable {
  let problem: FunctionProblem

  init(_ problem: FunctionProblem) {
    self.problem = problem
  }

  /// An error of a caller's own function, with a message for the user.
  package init(_ message: String) {
    problem = .other(message)
  }
}

/// What is wrong with the text of a template.
enum SyntaxProblem: Error, Equatable, Sendable {
  case unclosedAction
  case unclosedComment
  case commentEndsBeforeDelimiter
  case unclosedParenthesis
  case unexpectedRightParenthesis
  case expectedDeclaration
  case badCharacter(UInt32)
  case unrecognizedCharacter(UInt32)
  case badNumber(GoString)
  case unterminated(Literal)
  /// An error of the lexer in an action that started on an earlier line.
  indirect case inActionStarted(template: String, line: Int, SyntaxProblem)

  case unexpected(Token, context: String)
  case unexpectedEnd
  case unexpectedElse
  case unexpectedElseInContext(String)
  case unexpectedEOF
  case expectedEnd
  case missingValue(context: String)
  case nonExecutableCommand(stage: Int)
  case rangeCanOnlyInitialize
  case tooManyDeclarations(context: String)
  case emptyCommand
  case pipelineTooLong
  case nestedTooDeep
  case outsideRange(LoopControl)
  case multipleDefinition(GoString)
  case undefinedFunction(String)
  case undefinedVariable(String)
  case fieldOfLiteral(GoString)
  case invalidSyntax
  case malformedCharacter(GoString)
  case integerOverflow(GoString)
  case illegalNumber(GoString)
  case malformedComplex
  case malformedFloat(GoString, isOutOfRange: Bool)

  /// A literal that needs a closing quote.
  enum Literal: String, Sendable {
    case character = "character constant"
    case string = "quoted string"
    case rawString = "raw quoted string"
  }

  /// An action that ends a loop or one of its iterations.
  enum LoopControl: String, Sendable {
    case breaking = "break"
    case continuing = "continue"
  }

  /// A token that was not expected, as messages show it.
  enum Token: Equatable, Sendable {
    case endOfFile
    case keyword(String)
    case other(GoString)
  }
}

/// What stopped the execution of a template.
enum ExecutionProblem: Error, Equatable, Sendable {
  case nilCommand
  case argumentsToNonFunction(GoString)
  case integerOverflow(GoString)
  case undefinedVariable(String)
  case undefinedTemplate(GoString)
  case templateDepthExceeded
  case cannotIterate(GoString)
  case cannotIterateTwoVariables(GoString)
  case cannotPrint(node: GoString, type: String)

  case nilData(key: String)
  case nilPointer(type: String, field: String)
  case noSuchField(String, type: String)
  case noSuchKey(String)
  case fieldHasArguments(String)
  case keyHasArguments(String)

  case argumentCount(function: String, wanted: Int, got: Int)
  case tooFewArguments(function: String, wanted: Int, got: Int)
  case invalidValue(expected: String)
  case wrongType(expected: String, got: String)
  case nilForType(String)
  case expected(String, found: GoString)
  case unsuitableConstant(GoString, type: String)
  case callFailed(function: String, FunctionProblem)
}

/// The ways in which a function can reject its arguments.
enum FunctionProblem: Equatable, Sendable {
  case missingComparisonArgument
  case invalidComparisonType
  case incompatibleTypes(String, String)
  case nonComparable(value: GoString, type: String)
  case nonComparablePair(value: GoString, type: String, otherType: String, other: GoString)

  case indexOfUntypedNil
  case indexOfNilPointer
  case indexOutOfRange(Int64)
  case stringIndexOutOfRange
  case sliceIndexOutOfRange
  case indexIsNil
  case indexHasType(String)
  case notIndexable(String)
  case keyIsNil(wanted: String)
  case keyHasType(String, wanted: String)
  case sliceOfUntypedNil
  case tooManySliceIndexes(Int)
  case stringWithThreeIndexes
  case invalidSliceIndex(Int, Int)
  case notSliceable(String)
  case lengthOfNilPointer
  case lengthOfType(String)
  case typeOfNoValue

  case callOfNil
  case callOfNonFunction(name: GoString, type: String)
  case callArgumentCount(name: GoString, got: Int, wanted: Int, atLeast: Bool)
  indirect case callArgument(Int, FunctionProblem)

  case other(String)
}

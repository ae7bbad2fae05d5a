/// Why a template could not be parsed or executed.
public enum TemplateError: Error, Equatable, Sendable {
  /// The text is no template; `line` counts from 1.
  case syntax(template: String, line: Int, SyntaxProblem)
  /// Execution stopped at `node`; `column` counts bytes from 0, as Go does.
  case execution(
    template: String, line: Int, column: Int, executing: String, node: GoString, ExecutionProblem)
}

/// What is wrong with the text of a template.
public enum SyntaxProblem: Error, Equatable, Sendable {
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
  /// One of the lexer's problems, in an action that began on an earlier line.
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

  /// A literal that needs a closing quote.
  public enum Literal: String, Sendable {
    case character = "character constant"
    case string = "quoted string"
    case rawString = "raw quoted string"
  }

  /// An action that leaves or shortens a turn of a loop.
  public enum LoopControl: String, Sendable {
    case breaking = "break"
    case continuing = "continue"
  }

  /// A token that was not expected, as messages show it.
  public enum Token: Equatable, Sendable {
    case endOfFile
    case keyword(String)
    case other(GoString)
  }
}

/// What stopped the execution of a template.
public enum ExecutionProblem: Error, Equatable, Sendable {
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
  case callFailed(function: String, FunctionError)
}

/// Why a function refused its arguments.
public enum FunctionError: Error, Equatable, Sendable {
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
  indirect case callArgument(Int, FunctionError)

  /// A problem of a caller's own function, in the words that the user shall read.
  case other(String)
}

/// A function that templates can call.
package struct Function: Sendable {
  /// What a parameter accepts.
  package enum Parameter: Hashable, Sendable {
    /// Any value, with the interface it was seen through (Go's `reflect.Value`).
    case value
    /// Any value (Go's `any`); nil arrives as no value.
    case any
    /// A value of exactly this type.
    case type(GoType)

    package static let string = Parameter.type(.string)
    package static let int = Parameter.type(.int)
  }

  let parameters: [Parameter]
  let variadic: Parameter?
  let body: @Sendable ([Value]) throws(FunctionError) -> Value

  /// A function of these parameters; `variadic` accepts any number of further arguments.
  ///
  /// The body gets as many arguments as the declaration says, each of the type it says.
  package init(
    parameters: [Parameter], variadic: Parameter? = nil,
    body: @escaping @Sendable ([Value]) throws(FunctionError) -> Value
  ) {
    self.parameters = parameters
    self.variadic = variadic
    self.body = body
  }

  /// The type of the function as Go would print it, without results.
  var signature: String {
    let fixed = parameters.map(\.description)
    let all = fixed + (variadic.map { ["...\($0)"] } ?? [])
    return "func(\(all.joined(separator: ", ")))"
  }
}

extension Function.Parameter: CustomStringConvertible {
  /// The type of the parameter as messages name it.
  package var description: String {
    switch self {
    case .value: "reflect.Value"
    case .any: "interface {}"
    case .type(let type): type.description
    }
  }

  var acceptsNil: Bool {
    switch self {
    case .value, .any: true
    case .type(let type): type.acceptsNil
    }
  }

  var zero: Value {
    switch self {
    case .value, .any: .noValue
    case .type(let type): type.zero
    }
  }
}

/// The functions that a template may call in addition to Go's own.
package struct FunctionTable: Sendable, ExpressibleByDictionaryLiteral {
  private var functions: [String: Function]

  /// A table of these functions.
  package init(_ functions: [String: Function] = [:]) {
    self.functions = functions
  }

  /// A table of these functions.
  package init(dictionaryLiteral elements: (String, Function)...) {
    functions = Dictionary(elements) { _, last in last }
  }

  /// This table with another one's functions added; those take precedence.
  package func overridden(by other: FunctionTable) -> FunctionTable {
    FunctionTable(functions.merging(other.functions) { _, new in new })
  }

  subscript(name: String) -> Function? { functions[name] }
}

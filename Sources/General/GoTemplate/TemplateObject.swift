/// A Go struct, a pointer to one, or another named type, whose parts a template asks for by name.
///
/// Nothing is computed before a template needs it.
public protocol TemplateObject: Sendable {
  /// The Go type in messages and under `%T`, such as `*network.networkContext`.
  var typeName: String { get }

  /// The exported field or method of that name, nil if there is none.
  func member(named name: String) -> ObjectMember?

  /// The fields in order of declaration, for printing the whole object.
  var fields: [ObjectField] { get }

  /// What Go's `String` method returns, nil if the type has none.
  var stringForm: GoString? { get }

  /// The number, text or list that the value is, if its type is no struct but another name for the
  /// type of one, as `time.Month` is for `int`.
  var underlying: Value? { get }

  /// How `json` writes the object.
  var jsonForm: JSONForm { get }
}

extension TemplateObject {
  /// No fields to print.
  public var fields: [ObjectField] { [] }

  /// No `String` method.
  public var stringForm: GoString? { nil }

  /// A struct.
  public var underlying: Value? { nil }

  /// An object of the fields under their own names.
  public var jsonForm: JSONForm { .members(fields) }

  /// Whether the Go value is a pointer.
  var isPointer: Bool { typeName.utf8.first == UInt8(ascii: "*") }
}

/// What a name means in an object.
public enum ObjectMember: Sendable {
  /// A field and its value.
  case field(Value)
  /// A method without parameters and its result.
  case accessor(Value)
  /// A method; its receiver is already bound.
  case method(Function)
}

/// A named part of an object.
public struct ObjectField: Sendable {
  /// The name.
  public let name: String
  /// The value.
  public let value: Value

  /// A field of that name.
  public init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }
}

/// How an object looks in JSON.
public enum JSONForm: Sendable {
  /// An object with these members, in this order.
  case members([ObjectField])
  /// JSON text that is written as it stands.
  case text(GoString)
  /// Whatever that value looks like.
  case value(Value)
}

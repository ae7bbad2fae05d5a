/// A Go struct, a pointer to one, or another named type, whose parts a template accesses by name.
///
/// Nothing is computed before a template needs it.
package protocol TemplateObject: Sendable {
  /// The Go type in messages and under `%T`, such as `*network.networkContext`.
  var typeName: String { get }

  /// The exported field or method of that name; nil if there is none.
  func member(named name: String) -> ObjectMember?

  /// The fields in order of declaration, for printing the whole object.
  var fields: [ObjectField] { get }

  /// The result of Go's `String` method; nil if the type has none.
  var stringForm: GoString? { get }

  /// The underlying number, string or list if its type is not a struct but a named type, as
  /// `time.Month` is for `int`.
  var underlying: Value? { get }

  /// How `json` writes the object.
  var jsonForm: JSONForm { get }
}

extension TemplateObject {
  /// No fields to print.
  package var fields: [ObjectField] { [] }

  /// No `String` method.
  package var stringForm: GoString? { nil }

  /// A struct.
  package var underlying: Value? { nil }

  /// An object of the fields under their own names.
  package var jsonForm: JSONForm { .members(fields) }

  /// Whether the Go value is a pointer.
  var isPointer: Bool { typeName.utf8.first == UInt8(ascii: "*") }
}

/// What a name refers to in an object.
package enum ObjectMember: Sendable {
  /// A field and its value.
  case field(Value)
  /// A method without parameters and its result.
  case accessor(Value)
  /// A method; its receiver is already bound.
  case method(Function)
}

/// A named part of an object.
package struct ObjectField: Sendable {
  package let name: String
  package let value: Value

  /// A field of that name.
  package init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }
}

/// How an object looks in JSON.
package enum JSONForm: Sendable {
  /// An object with these members, in this order.
  case members([ObjectField])
  /// JSON text that is written verbatim.
  case text(GoString)
  /// The JSON form of that value.
  case value(Value)
}

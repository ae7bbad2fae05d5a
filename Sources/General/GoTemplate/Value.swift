/// A value that a template works on, with the Go type it stands for.
package enum Value: Sendable {
  /// An untyped nil. It prints as `<no value>`, and as `<nil>` inside others.
  case noValue
  case bool(Bool)
  /// A signed integer.
  case int(Int64, SignedKind = .int)
  /// An unsigned integer.
  case uint(UInt64, UnsignedKind = .uint)
  /// A `float64`.
  case float(Double)
  /// A `complex128`.
  case complex(Complex)
  case string(GoString)
  /// A slice.
  case list(GoList)
  /// A map with string keys.
  case map(GoMap)
  /// A value of a named type, or a pointer to one, whose parts are computed on demand.
  case object(any TemplateObject)
  /// A nil pointer of the named type, which includes the `*`.
  case nilPointer(String)
  /// A function value, for `call`.
  case function(Function)
  /// A value seen through `interface {}`, such as an element of decoded JSON.
  indirect case interface(Value)

  /// The `string` with this text.
  package static func string(_ text: String) -> Value {
    .string(GoString(text))
  }

  /// The value inside an interface, or the value itself.
  var concrete: Value {
    var value = self
    while case .interface(let inner) = value { value = inner }
    return value
  }

  /// The concrete value without the name of its type.
  var plain: Value {
    if case .object(let object) = concrete { return object.underlying ?? concrete }
    return concrete
  }

  /// The Go type, nil for no value.
  var type: GoType? {
    switch self {
    case .noValue: nil
    case .bool: .bool
    case .int(_, let kind): .signed(kind)
    case .uint(_, let kind): .unsigned(kind)
    case .float: .float64
    case .complex: .complex128
    case .string: .string
    case .list(let list): .list(list.elementType)
    case .map(let map): .map(map.keyType, map.valueType)
    case .object(let object): .named(object.typeName)
    case .nilPointer(let name): .named(name)
    case .function(let function): .function(function.signature)
    case .interface: .interface
    }
  }

  /// The type as messages name it.
  var typeName: String { type?.description ?? "<nil>" }

  /// The truth value for `if`, `with`, `and`, `or` and `not`.
  var isTrue: Bool {
    switch self {
    case .noValue, .nilPointer: false
    case .bool(let value): value
    case .int(let value, _): value != 0
    case .uint(let value, _): value != 0
    case .float(let value): value != 0
    case .complex(let value): value.real != 0 || value.imaginary != 0
    case .string(let value): !value.bytes.isEmpty
    case .list(let list): !list.elements.isEmpty
    case .map(let map): !map.entries.isEmpty
    case .object(let object): object.underlying?.isTrue ?? true
    case .function: true
    case .interface(let inner): inner.isTrue
    }
  }

  /// Whether Go's reflection would call the value nil.
  var isNil: Bool {
    switch self {
    case .noValue, .nilPointer: true
    case .list(let list): list.isNil
    case .map(let map): map.isNil
    case .interface(let inner): inner.isNil
    case .bool, .int, .uint, .float, .complex, .string, .object, .function: false
    }
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral
{
  /// A `string`.
  package init(stringLiteral value: String) { self = .string(GoString(value)) }
  /// An `int`.
  package init(integerLiteral value: Int64) { self = .int(value) }
  /// A `bool`.
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A `float64`.
  package init(floatLiteral value: Double) { self = .float(value) }
}

/// The widths of Go's signed integers.
package enum SignedKind: String, Hashable, Sendable {
  case int, int8, int16, int32, int64
}

/// The widths of Go's unsigned integers.
package enum UnsignedKind: String, Hashable, Sendable {
  case uint, uint8, uint16, uint32, uint64
}

/// The Go type of a value, as far as messages, `%T` and zero values need it.
package indirect enum GoType: Hashable, Sendable {
  case bool
  /// `int` and the signed integers of fixed width.
  case signed(SignedKind)
  /// `uint` and the unsigned integers of fixed width.
  case unsigned(UnsignedKind)
  case float64
  case complex128
  case string
  case interface
  /// A slice of the element type.
  case list(GoType)
  /// A map from the key type to the value type.
  case map(GoType, GoType)
  /// A struct, or with a leading `*` a pointer to one, by its full name.
  case named(String)
  /// A function, by its signature.
  case function(String)

  package static let int = GoType.signed(.int)

  /// Whether nil is a value of the type.
  var acceptsNil: Bool {
    switch self {
    case .interface, .list, .map, .function: true
    case .named(let name): name.utf8.first == UInt8(ascii: "*")
    case .bool, .signed, .unsigned, .float64, .complex128, .string: false
    }
  }

  /// Go's zero value; that of a struct is unknown here and is no value.
  var zero: Value {
    switch self {
    case .bool: .bool(false)
    case .signed(let kind): .int(0, kind)
    case .unsigned(let kind): .uint(0, kind)
    case .float64: .float(0)
    case .complex128: .complex(Complex(real: 0, imaginary: 0))
    case .string: .string("")
    case .interface: .interface(.noValue)
    case .list(let element): .list(GoList([], of: element, isNil: true))
    case .map(let key, let value): .map(GoMap([], of: value, isNil: true, keyType: key))
    case .named(let name): acceptsNil ? .nilPointer(name) : .noValue
    case .function: .noValue
    }
  }
}

extension GoType: CustomStringConvertible {
  /// The type as Go spells it.
  package var description: String {
    switch self {
    case .bool: "bool"
    case .signed(let kind): kind.rawValue
    case .unsigned(let kind): kind.rawValue
    case .float64: "float64"
    case .complex128: "complex128"
    case .string: "string"
    case .interface: "interface {}"
    case .list(let element): "[]\(element)"
    case .map(let key, let value): "map[\(key)]\(value)"
    case .named(let name): name
    case .function(let signature): signature
    }
  }
}

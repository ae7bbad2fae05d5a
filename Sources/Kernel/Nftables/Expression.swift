/// One step of a rule, as the kernel carries it out: load, compare, decide.
///
/// Registers are counted in units of 32 bits; a value fills as many as it needs.
enum Expression {
  /// Loads a property of the packet.
  case meta(MetaKey, into: Register)
  /// Loads a property of the packet's connection.
  case connection(ConnectionKey, into: Register)
  /// Asks the routing tables.
  case route(RouteQuestion, into: Register)
  /// Loads bytes of a header.
  case payload(PayloadField, into: Register)
  /// Keeps the bits of a value that are set in a mask as long as the value.
  case mask([UInt8], Register)
  /// Ends the rule unless a value is as stated.
  case compare(Register, Comparison, [UInt8])
  /// Ends the rule unless a value is in a set, or if it is when `inverted`.
  case lookup(Register, in: SetReference, inverted: Bool)
  /// Loads the value that a map has for a key; ends the rule when it has none.
  case map(Register, in: SetName, into: Register)
  /// Follows the verdict that a map has for a key, if it has one.
  case verdictMap(Register, in: SetName)
  /// Follows a verdict.
  case verdict(Verdict)
  /// Rewrites the address of the connection, and the port when there is a register for it.
  case translate(Translation, NetworkFamily, address: Register, port: Register?)
  /// Rewrites the source of the connection to an address of the outgoing interface.
  case masquerade
}

/// The number of a 32-bit register.
struct Register: Equatable {
  let slot: UInt32

  static let first = Register(slot: 0)

  /// The register behind a value that starts here.
  func advanced(by registers: Int) -> Register {
    Register(slot: slot + UInt32(registers))
  }
}

/// Which set a lookup means.
enum SetReference {
  case named(SetName)
  /// The set without a name that was made for this rule.
  case anonymous(AnonymousSet)
}

enum MetaKey {
  case inputIndex
  case inputKind
  case inputName
  case outputIndex
  case outputName
  case networkFamily
  case transport
}

enum ConnectionKey {
  enum Direction {
    case original
    case reply
  }

  case state
  case status
  case source4(Direction)
  case source6(Direction)
}

enum Comparison {
  case equal
  case notEqual
}

enum Translation {
  case source
  case destination
}

enum NetworkFamily {
  case ipv4
  case ipv6
}

/// What to look up in the routing tables, and which part of the answer to load.
struct RouteQuestion {
  enum Address {
    case source
    case destination
  }

  enum Answer {
    /// The number of the link that the route leads to, 0 without a route.
    case link
    /// The type of the address, such as local.
    case addressType
  }

  let address: Address
  /// Whether only routes to the link that the packet came in by count.
  let isBoundToInput: Bool
  let answer: Answer
}

/// Bytes of a header by their offset.
struct PayloadField {
  enum Header {
    case network
    case transport
  }

  let header: Header
  let offset: UInt32
  let length: UInt32
}

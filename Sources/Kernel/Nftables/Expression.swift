/// An nftables expression: load, compare, decide.
///
/// Registers are counted in units of 32 bits; a value occupies as many as it needs.
package enum Expression: Sendable {
  /// Loads packet metadata.
  case meta(MetaKey, into: Register)
  /// Loads a property of the packet's conntrack entry.
  case ct(ConnectionKey, into: Register)
  /// Looks up the FIB.
  case fib(FIBLookup, into: Register)
  /// Loads header bytes.
  case payload(PayloadField, into: Register)
  /// Ands a value with a mask of the same length.
  case bitwise([UInt8], Register)
  /// Continues only if the comparison holds.
  case compare(Register, Comparison, [UInt8])
  /// Continues only if the value is in a set, or is not when `inverted`.
  case lookup(Register, in: SetReference, inverted: Bool)
  /// Loads the value mapped to a key; stops the rule if there is none.
  case map(Register, in: SetName, into: Register)
  /// Applies the verdict mapped to a key, if any.
  case verdictMap(Register, in: SetName)
  /// Loads a value.
  case load([UInt8], into: Register)
  /// Makes the kernel report the rules that the packet meets, if the register holds 1.
  case setTrace(Register)
  /// Continues only for this many packets a second.
  case limit(perSecond: UInt64)
  /// Applies a verdict.
  case verdict(Verdict)
  /// Translates the connection's address, and the port if it has a register.
  case translate(Translation, NetworkFamily, address: Register, port: Register?)
  /// Translates the connection's source to an address of the outgoing interface.
  case masquerade
}

/// The number of a 32-bit register.
package struct Register: Equatable, Sendable {
  let slot: UInt32

  package static let first = Register(slot: 0)

  /// The register after a value that starts here.
  package func advanced(by registers: Int) -> Register {
    Register(slot: slot + UInt32(registers))
  }
}

/// The set of a lookup.
package enum SetReference: Sendable {
  case named(SetName)
  /// An anonymous set created for this rule.
  case anonymous(AnonymousSet)
}

package enum MetaKey: Sendable {
  case inputIndex
  case inputKind
  case inputName
  /// The hardware type of the input interface.
  case inputType
  case mark
  case outputIndex
  case outputName
  case networkFamily
  /// The EtherType of the innermost header that the kernel has parsed.
  case networkProtocol
  case transport
}

package enum ConnectionKey: Sendable {
  package enum Direction: Sendable {
    case original
    case reply
  }

  case state
  case status
  /// 0 for the original direction, 1 for replies.
  case direction
  case source4(Direction)
  case source6(Direction)
  case destination4(Direction)
  case destination6(Direction)
  case transport(Direction)
  case sourcePort(Direction)
  case destinationPort(Direction)
}

package enum Comparison: Sendable {
  case equal
  case notEqual
}

package enum Translation: Sendable {
  case source
  case destination
}

package enum NetworkFamily: Sendable {
  case ipv4
  case ipv6
}

/// A FIB lookup and the part of its result to load.
package struct FIBLookup: Sendable {
  package enum Address: Sendable {
    case source
    case destination
  }

  package enum Answer: Sendable {
    /// The index of the route's link, 0 without a route.
    case link
    /// The type of the address, such as local.
    case addressType
  }

  let address: Address
  /// Whether only routes through the packet's input interface count.
  let isBoundToInput: Bool
  let answer: Answer

  package init(address: Address, isBoundToInput: Bool, answer: Answer) {
    self.address = address
    self.isBoundToInput = isBoundToInput
    self.answer = answer
  }
}

/// Header bytes by offset.
package struct PayloadField: Sendable {
  package enum Header: Sendable {
    case link
    case network
    case transport
  }

  let header: Header
  let offset: UInt32
  let length: UInt32

  package init(header: Header, offset: UInt32, length: UInt32) {
    self.header = header
    self.offset = offset
    self.length = length
  }
}

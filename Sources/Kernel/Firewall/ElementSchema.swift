import Addressing
import KernelModel
import Nftables

/// How firewall elements of one kind stand in their sets: the fields of the key, followed by those
/// of the value.
struct ElementSchema: Sendable {
  private let sets: [SetDefinition]
  private let fields: @Sendable (FirewallElement) -> [[UInt8]]?
  private let element: @Sendable ([ArraySlice<UInt8>]) -> FirewallElement?

  /// `make` and `fields` are each other's inverse; `fields` returns nil for other kinds. The width
  /// of an address tells the sets of the two families apart.
  init<each Field: ElementField>(
    _ sets: [SetName], _ make: @escaping @Sendable (repeat each Field) -> FirewallElement?,
    _ fields: @escaping @Sendable (FirewallElement) -> (repeat each Field)?
  ) {
    self.sets = Ruleset.allSets.filter { sets.contains($0.name) }
    self.fields = { element in
      guard let values = fields(element) else { return nil }
      var bytes: [[UInt8]] = []
      for value in repeat each values { bytes.append(value.bytes) }
      return bytes
    }
    element = { parts in
      var rest = parts[...]
      do throws(Malformed) {
        return make(repeat try Self.next((each Field).self, &rest))
      } catch {
        return nil
      }
    }
  }

  /// The element as it is sent; nil for one of another kind, and for one that fits no set because
  /// its addresses are of different families.
  func encode(_ element: FirewallElement) -> SetElement? {
    guard let fields = fields(element) else { return nil }
    return sets.firstResult { $0.element(of: fields) }
  }

  /// The firewall element; nil for one that netctl does not create.
  func decode(_ found: SetElement) -> FirewallElement? {
    // Whatever is parsed too leniently encodes differently.
    guard let set = sets.first(where: { $0.name == found.set }),
      let element = set.fields(of: found).flatMap(element), encode(element) == found
    else { return nil }
    return element
  }

  private struct Malformed: Error {}

  private static func next<Field: ElementField>(
    _: Field.Type, _ rest: inout ArraySlice<ArraySlice<UInt8>>
  ) throws(Malformed) -> Field {
    guard let bytes = rest.popFirst(), let field = Field(bytes: bytes) else { throw Malformed() }
    return field
  }
}

extension Array {
  /// The first result that is not nil.
  func firstResult<Result>(_ transform: (Element) -> Result?) -> Result? {
    for element in self {
      if let result = transform(element) { return result }
    }
    return nil
  }
}

extension SetDefinition {
  fileprivate func element(of fields: [[UInt8]]) -> SetElement? {
    guard let key = keys.concatenation(of: fields.prefix(keys.count)) else { return nil }
    let rest = fields.dropFirst(keys.count)
    switch values {
    case nil: return SetElement(name, key)
    case .verdict:
      let isAccepted = rest.first == FirewallElement.Ingress.accept.bytes
      return SetElement(name, key, .verdict(isAccepted ? .accept : .drop))
    case .data(let types):
      return types.concatenation(of: rest).map { SetElement(name, key, .data($0)) }
    }
  }

  fileprivate func fields(of element: SetElement) -> [ArraySlice<UInt8>]? {
    guard let key = keys.parts(of: element.key) else { return nil }
    switch (element.value, values) {
    case (.nothing, nil): return key
    case (.data(let bytes), .data(let types)): return types.parts(of: bytes).map { key + $0 }
    case (.verdict(.accept), .verdict): return key + [FirewallElement.Ingress.accept.bytes[...]]
    case (.verdict(.drop), .verdict): return key + [FirewallElement.Ingress.drop.bytes[...]]
    default: return nil
    }
  }
}

/// A part of the key or value of a set's element.
protocol ElementField: Sendable {
  /// As the kernel compares it, without padding.
  var bytes: [UInt8] { get }
  init?(bytes: ArraySlice<UInt8>)
}

extension InterfaceName: ElementField {
  var bytes: [UInt8] {
    let name = Array(description.utf8)
    return name + [UInt8](repeating: 0, count: DataType.interfaceName.length - name.count)
  }

  init?(bytes: ArraySlice<UInt8>) {
    let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    guard let name = try? InterfaceName(text) else { return nil }
    self = name
  }
}

extension AddressFamily: ElementField {
  var bytes: [UInt8] {
    switch self {
    case .ipv4: [NetfilterFamily.ipv4]
    case .ipv6: [NetfilterFamily.ipv6]
    }
  }

  init?(bytes: ArraySlice<UInt8>) {
    switch bytes.first {
    case NetfilterFamily.ipv4: self = .ipv4
    case NetfilterFamily.ipv6: self = .ipv6
    default: return nil
    }
  }
}

extension IPAddress: ElementField {}

extension MACAddress: ElementField {
  init?(bytes: ArraySlice<UInt8>) {
    self.init(bytes: Array(bytes))
  }
}

extension Transport: ElementField {
  var bytes: [UInt8] { [rawValue] }

  init?(bytes: ArraySlice<UInt8>) {
    guard let number = bytes.first else { return nil }
    self.init(rawValue: number)
  }
}

/// A port.
extension UInt16: ElementField {
  var bytes: [UInt8] { [UInt8(self >> 8), UInt8(truncatingIfNeeded: self)] }

  init?(bytes: ArraySlice<UInt8>) {
    self = bytes.reduce(0) { $0 << 8 | UInt16($1) }
  }
}

extension FirewallElement.Ingress: ElementField {
  var bytes: [UInt8] { [rawValue] }

  init?(bytes: ArraySlice<UInt8>) {
    guard let number = bytes.first else { return nil }
    self.init(rawValue: number)
  }
}

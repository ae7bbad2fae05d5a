import CLinux
import Netlink

/// What the printer of rules cannot know from a rule alone.
package struct RuleContext {
  let family: UInt8
  /// The name of a link by its index.
  let linkName: (UInt32) -> String?
  /// The members of an anonymous set.
  let members: (String) -> [SetMember]

  package init(
    family: UInt8, linkName: @escaping (UInt32) -> String?,
    members: @escaping (String) -> [SetMember]
  ) {
    self.family = family
    self.linkName = linkName
    self.members = members
  }
}

extension InstalledRule {
  /// The rule as nft spells it, without counters; `…` stands for what this version does not know.
  package func text(in context: RuleContext) -> String {
    var printer = RuleText(context)
    for expression in expressions { printer.append(expression) }
    return printer.text
  }

  /// The names of the anonymous sets and maps that it looks up, which its text needs.
  package var anonymousSets: [String] {
    expressions.filter { $0.name == "lookup" }
      .compactMap { $0.string(ExpressionAttribute.lookupSet) }
      .filter { RuleText.isAnonymous($0) }
  }
}

/// Prints a rule expression by expression.
struct RuleText {
  let context: RuleContext
  private var clauses: [Clause] = []
  private var registers: [UInt32: RegisterContents] = [:]
  /// The protocols that the rule has compared so far; they decide what header bytes mean.
  var networkFamily: UInt8?
  var transport: UInt8?

  static let unknown = "…"

  /// A part of the text. nft leaves out comparisons of protocols that a later part implies.
  private struct Clause {
    let text: String
    let implied: Implication?
  }

  private enum Implication { case link, network, transport }

  init(_ context: RuleContext) {
    self.context = context
    switch context.family {
    case NetfilterFamily.ipv4, NetfilterFamily.ipv6: networkFamily = context.family
    default: networkFamily = nil
    }
  }

  var text: String { clauses.map(\.text).joined(separator: " ") }

  mutating func append(_ expression: InstalledExpression) {
    switch expression.name {
    case "meta": appendMeta(expression)
    case "payload": load(expression, payload(expression))
    case "ct": load(expression, conntrackKey(expression))
    case "fib": load(expression, fibKey(expression))
    case "socket", "rt", "osf", "numgen", "hash", "exthdr", "xfrm", "tunnel":
      load(expression, RegisterContents(text: expression.name, type: .integer))
    case "bitwise": mask(expression)
    case "cmp": compare(expression)
    case "range": appendRange(expression)
    case "lookup": lookUp(expression)
    case "immediate": appendImmediate(expression)
    case "counter": break
    case "match": appendMatch(expression)
    case "target": add(targetText(expression))
    default: add(statementText(expression))
    }
  }

  mutating func add(_ text: String) { clauses.append(Clause(text: text, implied: nil)) }

  private mutating func load(_ expression: InstalledExpression, _ contents: RegisterContents) {
    guard let register = expression.destination else { return add(Self.unknown) }
    registers[register] = contents
  }

  private mutating func appendMeta(_ expression: InstalledExpression) {
    let key = metaKey(expression)
    guard let source = expression.number(ExpressionAttribute.metaSource) else {
      return load(expression, key)
    }
    let value = registers[InstalledExpression.slot(source)]?.constantText(key.type, context)
    add("\(key.text) set \(value ?? Self.unknown)")
  }

  private mutating func mask(_ expression: InstalledExpression) {
    guard let source = expression.register(ExpressionAttribute.maskSource),
      let target = expression.register(ExpressionAttribute.maskRegister),
      var contents = registers[source],
      let mask = expression.value(ExpressionAttribute.mask)
    else { return add(Self.unknown) }
    contents.mask = mask
    registers[target] = contents
  }

  private mutating func compare(_ expression: InstalledExpression) {
    guard let register = expression.register(ExpressionAttribute.compareRegister),
      let contents = registers[register],
      let value = expression.value(ExpressionAttribute.compareValue),
      let operation = expression.number(ExpressionAttribute.compareOperation)
    else { return add(Self.unknown) }
    drop(impliedBy: contents)
    let isEqual = operation == UInt32(NFT_CMP_EQ.rawValue)
    var implied: Implication?
    if isEqual, contents.mask == nil { implied = remember(contents, value) }
    clauses.append(
      Clause(text: contents.comparison(operation, value, context), implied: implied))
  }

  /// Keeps a protocol that was compared; later header fields depend on it.
  private mutating func remember(_ contents: RegisterContents, _ value: [UInt8]) -> Implication? {
    switch (contents.type, value.count) {
    case (.networkFamily, 1):
      networkFamily = value[0]
      return .network
    case (.etherType, 2):
      switch UInt16(value[0]) << 8 | UInt16(value[1]) {
      case 0x0800: networkFamily = NetfilterFamily.ipv4
      case 0x86dd: networkFamily = NetfilterFamily.ipv6
      default: return nil
      }
      return .network
    case (.transport, 1):
      transport = value[0]
      return contents.layer == nil ? .transport : nil
    case (.linkType, _): return .link
    default: return nil
    }
  }

  /// Removes the comparison of the protocol that a header field implies.
  private mutating func drop(impliedBy contents: RegisterContents) {
    clauses.removeAll { clause in
      switch clause.implied {
      case .link: contents.layer == .link
      case .network: contents.layer == .network || contents.layer == .icmp
      case .transport: contents.layer == .transport || contents.layer == .icmp
      case nil: false
      }
    }
  }

  private mutating func appendRange(_ expression: InstalledExpression) {
    guard let register = expression.register(UInt16(NFTA_RANGE_SREG.rawValue)),
      let contents = registers[register],
      let first = expression.value(UInt16(NFTA_RANGE_FROM_DATA.rawValue)),
      let last = expression.value(UInt16(NFTA_RANGE_TO_DATA.rawValue))
    else { return add(Self.unknown) }
    drop(impliedBy: contents)
    let isNot =
      expression.number(UInt16(NFTA_RANGE_OP.rawValue)) == UInt32(NFT_RANGE_NEQ.rawValue)
    add(
      "\(contents.text) \(isNot ? "!= " : "")\(contents.type.text(first, context))-"
        + contents.type.text(last, context))
  }

  private mutating func lookUp(_ expression: InstalledExpression) {
    guard let first = expression.register(ExpressionAttribute.lookupSource),
      let set = expression.string(ExpressionAttribute.lookupSet)
    else { return add(Self.unknown) }
    var parts: [RegisterContents] = []
    var slot = first
    while let part = registers[slot] {
      parts.append(part)
      drop(impliedBy: part)
      slot += UInt32((part.type.length + 3) / 4)
    }
    registers = [:]
    let key = parts.isEmpty ? Self.unknown : parts.map(\.text).joined(separator: " . ")
    let flags = expression.number(ExpressionAttribute.lookupFlags) ?? 0
    let isNot = flags & UInt32(NFT_LOOKUP_F_INV.rawValue) != 0
    let contents = setText(set, parts.map(\.type))
    guard let target = expression.number(ExpressionAttribute.lookupRegister) else {
      return add("\(key) \(isNot ? "!= " : "")\(contents)")
    }
    if target == UInt32(NFT_REG_VERDICT.rawValue) { return add("\(key) vmap \(contents)") }
    registers[InstalledExpression.slot(target)] = RegisterContents(
      text: "\(key) map \(contents)", type: .integer)
  }

  static func isAnonymous(_ set: String) -> Bool {
    [AnonymousSet.namePrefix, "__map"].contains(where: set.hasPrefix)
  }

  private func setText(_ set: String, _ types: [ValueType]) -> String {
    guard Self.isAnonymous(set) else { return "@\(set)" }
    let members = context.members(set)
    guard !members.isEmpty, !types.isEmpty else { return "{ \(Self.unknown) }" }
    return "{ \(SetMember.texts(members, types, context).joined(separator: ", ")) }"
  }

  private mutating func appendImmediate(_ expression: InstalledExpression) {
    let number = expression.number(ExpressionAttribute.immediateRegister)
    guard let number, let data = expression.attribute(ExpressionAttribute.immediateData) else {
      return add(Self.unknown)
    }
    if number == UInt32(NFT_REG_VERDICT.rawValue) {
      return add(Self.verdict(in: data) ?? Self.unknown)
    }
    var contents = RegisterContents(text: Self.unknown, type: .integer)
    contents.constant = data.dataValue
    registers[InstalledExpression.slot(number)] = contents
  }

  private mutating func appendMatch(_ expression: InstalledExpression) {
    guard let text = matchText(expression) else { return }
    if ["tcp", "udp"].contains(where: text.hasPrefix) {
      clauses.removeAll { $0.implied == .transport }
    }
    add(text)
  }

  /// The constant or expression of a register that a statement refers to by an attribute.
  func argument(_ type: UInt16, of expression: InstalledExpression, as value: ValueType) -> String?
  {
    guard let number = expression.number(type) else { return nil }
    guard let contents = registers[InstalledExpression.slot(number)] else { return Self.unknown }
    return contents.constantText(value, context) ?? contents.text
  }

  /// A verdict as nft spells it; nil for one unknown to this version.
  static func verdict(in data: Attribute) -> String? {
    switch Verdict(data) {
    case .accept: return "accept"
    case .drop: return "drop"
    case .return: return "return"
    case .jump(let chain): return "jump \(chain.rawValue)"
    case .goto(let chain): return "goto \(chain.rawValue)"
    case nil: break
    }
    let code = data.attributes.first { $0.type == DataAttribute.verdict }?
      .attributes.first { $0.type == DataAttribute.verdictCode }?.bigEndian(Int32.self)
    return code == NFT_CONTINUE.rawValue ? "continue" : nil
  }
}

extension InstalledExpression {
  /// The 32-bit slot of a register number, which may be that of a 16-byte register.
  static func slot(_ number: UInt32) -> UInt32 {
    number < UInt32(NFT_REG32_00.rawValue)
      ? (number &- 1) &* 4 : number - UInt32(NFT_REG32_00.rawValue)
  }

  func attribute(_ type: UInt16) -> Attribute? { attributes.first { $0.type == type } }
  func register(_ type: UInt16) -> UInt32? { number(type).map(Self.slot) }
  func value(_ type: UInt16) -> [UInt8]? { attribute(type)?.dataValue }
  func string(_ type: UInt16) -> String? { attribute(type)?.string }

  /// The register that it loads.
  fileprivate var destination: UInt32? {
    switch name {
    case "meta": register(ExpressionAttribute.metaRegister)
    case "payload": register(ExpressionAttribute.payloadRegister)
    case "ct": register(ExpressionAttribute.connectionRegister)
    case "fib": register(ExpressionAttribute.routeRegister)
    // The first attribute of the others.
    default: register(1)
    }
  }
}

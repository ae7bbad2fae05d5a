import CLinux
import Netlink

/// A netfilter hook and priority; chains without one are only jump targets.
package struct ChainHook: Sendable {
  package enum Kind: String, Sendable {
    case filter
    case nat
  }

  package enum Position: CaseIterable, Sendable {
    case prerouting
    case input
    case forward
    case output
    case postrouting
    /// The hooks of family arp, which have numbers of their own.
    case inputOfARP
    case outputOfARP
  }

  let kind: Kind
  let position: Position
  let priority: Int32

  package init(kind: Kind, position: Position, priority: Int32) {
    self.kind = kind
    self.position = position
    self.priority = priority
  }
}

/// The name of a chain.
package struct ChainName: Hashable, Sendable {
  package let rawValue: String

  package init(_ text: String) { rawValue = text }
}

/// A chain and its rules.
package struct ChainDefinition: Sendable {
  package let name: ChainName
  package let hook: ChainHook?
  package let comment: String?
  package let rules: [Rule]

  package init(
    _ name: ChainName, hook: ChainHook? = nil, comment: String? = nil, rules: [Rule]
  ) {
    self.name = name
    self.hook = hook
    self.comment = comment
    self.rules = rules
  }
}

extension ChainDefinition {
  func write(in table: String, devices: [String] = [], to writer: inout MessageWriter) {
    writer.attribute(ChainAttribute.table, string: table)
    writer.attribute(ChainAttribute.name, string: name.rawValue)
    if let hook {
      writer.attribute(ChainAttribute.type, string: hook.kind.rawValue)
      writer.attribute(ChainAttribute.policy, bigEndian: UInt32(NF_ACCEPT))
      writer.nest(ChainAttribute.hook) { (writer: inout MessageWriter) in
        writer.attribute(ChainAttribute.hookNumber, bigEndian: hook.position.number)
        writer.attribute(ChainAttribute.hookPriority, bigEndian: hook.priority)
        guard !devices.isEmpty else { return }
        writer.nest(ChainAttribute.hookDevices) { (writer: inout MessageWriter) in
          for device in devices { writer.attribute(ChainAttribute.deviceName, string: device) }
        }
      }
    }
    if let comment {
      writer.attribute(ChainAttribute.userData) { (writer: inout MessageWriter) in
        writer.appendNote(UserData.chainComment, comment)
      }
    }
  }

  func write(_ rule: Rule, in table: String, to writer: inout MessageWriter) {
    writer.attribute(RuleAttribute.table, string: table)
    writer.attribute(RuleAttribute.chain, string: name.rawValue)
    writer.nest(RuleAttribute.expressions) { (writer: inout MessageWriter) in
      for expression in rule.expressions { expression.write(to: &writer) }
    }
  }
}

extension ChainHook.Position {
  init?(number: UInt32?) {
    guard let position = Self.allCases.first(where: { $0.number == number }) else { return nil }
    self = position
  }

  fileprivate var number: UInt32 {
    switch self {
    case .prerouting: UInt32(NF_INET_PRE_ROUTING.rawValue)
    case .input: UInt32(NF_INET_LOCAL_IN.rawValue)
    case .forward: UInt32(NF_INET_FORWARD.rawValue)
    case .output: UInt32(NF_INET_LOCAL_OUT.rawValue)
    case .postrouting: UInt32(NF_INET_POST_ROUTING.rawValue)
    case .inputOfARP: UInt32(NF_ARP_IN)
    case .outputOfARP: UInt32(NF_ARP_OUT)
    }
  }
}

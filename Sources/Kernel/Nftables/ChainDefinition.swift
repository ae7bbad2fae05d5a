import CLinux
import Netlink

/// A netfilter hook and priority; chains without one are only jump targets.
struct ChainHook {
  enum Kind: String {
    case filter
    case nat
  }

  enum Position {
    case prerouting
    case input
    case forward
    case output
    case postrouting
  }

  let kind: Kind
  let position: Position
  let priority: Int32
}

/// A chain and its rules.
struct ChainDefinition {
  let name: ChainName
  let hook: ChainHook?
  let comment: StaticString?
  let rules: [[Statement]]

  init(
    _ name: ChainName, hook: ChainHook? = nil, comment: StaticString? = nil, _ rules: [Statement]...
  ) {
    self.name = name
    self.hook = hook
    self.comment = comment
    self.rules = rules
  }
}

extension ChainDefinition {
  func write(to writer: inout MessageWriter) {
    writer.attribute(ChainAttribute.table, string: Ruleset.table)
    writer.attribute(ChainAttribute.name, string: name.rawValue)
    if let hook {
      writer.attribute(ChainAttribute.type, string: hook.kind.rawValue)
      writer.attribute(ChainAttribute.policy, bigEndian: UInt32(NF_ACCEPT))
      writer.nest(ChainAttribute.hook) { (writer: inout MessageWriter) in
        writer.attribute(ChainAttribute.hookNumber, bigEndian: hook.position.number)
        writer.attribute(ChainAttribute.hookPriority, bigEndian: hook.priority)
      }
    }
    if let comment {
      writer.attribute(ChainAttribute.userData) { (writer: inout MessageWriter) in
        writer.appendNote(UserData.chainComment, comment)
      }
    }
  }

  func write(_ rule: [Statement], to writer: inout MessageWriter) {
    writer.attribute(RuleAttribute.table, string: Ruleset.table)
    writer.attribute(RuleAttribute.chain, string: name.rawValue)
    writer.nest(RuleAttribute.expressions) { (writer: inout MessageWriter) in
      for statement in rule {
        for expression in statement.expressions {
          expression.write(to: &writer)
        }
      }
    }
  }
}

extension ChainHook.Position {
  fileprivate var number: UInt32 {
    switch self {
    case .prerouting: UInt32(NF_INET_PRE_ROUTING.rawValue)
    case .input: UInt32(NF_INET_LOCAL_IN.rawValue)
    case .forward: UInt32(NF_INET_FORWARD.rawValue)
    case .output: UInt32(NF_INET_LOCAL_OUT.rawValue)
    case .postrouting: UInt32(NF_INET_POST_ROUTING.rawValue)
    }
  }
}

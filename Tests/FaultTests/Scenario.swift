import Testing

/// A command of `netctl network`, what stands before it, and what takes it back.
struct Scenario: Sendable, CustomTestStringConvertible {
  let testDescription: String
  var prepare: [String] = []
  let command: String
  /// After these everything is as it was before the command, byte for byte.
  let undo: [String]
  /// What netctl says when the command was carried out already.
  let repeated: String

  /// Whether something is taken away, which cannot always be put back.
  var takesAway: Bool { !repeated.contains("already") }

  static let all = creations + removals + publications

  private static let families = [("IPv4", ""), ("dual stack", " --ipv6")]

  private static let creations = families.map { family, option in
    Scenario(
      testDescription: "create, \(family)", prepare: ["create m"], command: "create\(option) n",
      undo: ["rm n"], repeated: "network with name n already exists")
  }

  private static let removals = families.map { family, option in
    Scenario(
      testDescription: "rm, \(family)", prepare: ["create m", "create\(option) n"],
      command: "rm n", undo: ["create\(option) n"], repeated: "network n not found")
  }

  private static let publications = [
    Scenario(
      testDescription: "connect with ports", prepare: ["create --ipv6 n"],
      command: "connect -p 8080:80 -p 53:53/udp n {d}",
      undo: ["unpublish {d} 80 53/udp", "disconnect n {d}"],
      repeated: "already exists in network n"),
    Scenario(
      testDescription: "publish", prepare: ["create --ipv6 n", "connect -p 8081:81 n {d}"],
      command: "publish {d} 8080:80 53:53/udp", undo: ["unpublish {d} 80 53/udp"],
      repeated: "port is already allocated"),
    Scenario(
      testDescription: "unpublish",
      prepare: ["create --ipv6 n", "connect -p 8081:81 -p 8080:80 -p 53:53/udp n {d}"],
      command: "unpublish {d} 80 53/udp", undo: ["publish {d} 8080:80 53:53/udp"],
      repeated: "No public port '80/tcp' published"),
  ]
}

import NetworkModel
package import OrderedJSON

/// A CDI specification (Container Device Interface) with a device for each network, whose hooks
/// connect a container to it.
package enum CDIDocument {
  /// The document for networks by name, whose hooks run the program at a path.
  package static func json(networks: [String], program: String) -> JSONValue {
    [
      "cdiVersion": .string(version(networks)),
      "kind": "netctl.io/net",
      "devices": .array(networks.map { device($0, program) }),
    ]
  }

  // The lowest that has what is used, since engines refuse those that they do not know: names of
  // devices may begin with a digit since 0.5.0.
  private static func version(_ networks: [String]) -> String {
    let isDigit = { (name: String) in name.utf8.first.map { $0 < UInt8(ascii: "A") } == true }
    return networks.contains(where: isDigit) ? "0.5.0" : "0.3.0"
  }

  /// Whether a network's name can be that of a device: letters, digits and `_-.:`, with a letter or
  /// a digit at each end (CDI's specification).
  package static func canName(_ name: String) -> Bool {
    guard let first = name.utf8.first, let last = name.utf8.last else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && name.utf8.allSatisfy { isAlphanumeric($0) || "_-.:".utf8.contains($0) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }

  private static func device(_ network: String, _ program: String) -> JSONValue {
    let hooks: [JSONValue] = ["createRuntime", "poststop"].map { stage in
      [
        "hookName": .string(stage),
        "path": .string(program),
        "args": ["netctl", "oci-hook", .string(network)],
      ]
    }
    return ["name": .string(network), "containerEdits": ["hooks": .array(hooks)]]
  }
}

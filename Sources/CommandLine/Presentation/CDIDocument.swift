import NetworkModel
package import OrderedJSON

/// A CDI specification (Container Device Interface 0.6.0) with a device for each network, whose
/// hooks connect a container to it.
package enum CDIDocument {
  /// The document for networks by name, whose hooks run the program at a path.
  package static func json(networks: [String], program: String) -> JSONValue {
    [
      "cdiVersion": "0.6.0",
      "kind": "netctl.io/net",
      "devices": .array(networks.map { device($0, program) }),
    ]
  }

  /// Whether a network's name can be that of a device.
  package static func canName(_ name: String) -> Bool {
    name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
      default: "_-.:".utf8.contains(byte)
      }
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

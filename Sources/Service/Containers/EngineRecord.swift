import LinuxSystem
import OrderedJSON

/// What an engine has recorded of a container that it is about to start, and whose hooks it waits
/// for: it answers no questions meanwhile.
package struct EngineRecord: Sendable {
  /// The name of the container.
  package let name: String
  /// Whether the engine gives the container networks of its own, with a default route, after the
  /// hooks.
  package let addsDefaultRoute: Bool

  /// Reads Docker's record, which is beside the hosts file that the configuration in a bundle's
  /// directory mounts; nil if there is none.
  package static func docker(bundle: String) -> EngineRecord? {
    let mount = document("config.json", in: bundle)?.object?["mounts"]?.array?.first {
      $0.object?["destination"]?.string == "/etc/hosts"
    }
    guard let folder = mount?.object?["source"]?.string.flatMap(parent),
      let name = document("config.v2.json", in: folder)?.object?["Name"]?.string,
      let host = document("hostconfig.json", in: folder)?.object,
      let mode = host["NetworkMode"]?.string
    else { return nil }
    return EngineRecord(name: name.withoutSlash, addsDefaultRoute: mode != "none")
  }

  /// Reads Podman's record of the container with an ID, which is two directories above a bundle's;
  /// nil if there is none. Podman adds its networks before the hooks.
  package static func podman(bundle: String, id: String) -> EngineRecord? {
    guard let folder = parent(of: bundle).flatMap(parent) else { return nil }
    let record = document("containers.json", in: folder)?.array?.first {
      $0.object?["id"]?.string == id
    }
    guard let name = record?.object?["names"]?.array?.first?.string else { return nil }
    return EngineRecord(name: name, addsDefaultRoute: false)
  }

  private static func document(_ name: String, in path: String) -> JSONValue? {
    guard path.hasPrefix("/") else { return nil }
    let folder = RecordFolder(path)
    guard let root = (try? folder.open()) ?? nil else { return nil }
    return (try? folder.value(name, in: root)) ?? nil
  }

  private static func parent(of path: String) -> String? {
    path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}

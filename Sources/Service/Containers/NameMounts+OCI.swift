import LinuxSystem
package import NetworkModel
import OrderedJSON

extension NameMounts {
  /// The files that the bundle of an OCI container mounts (`config.json` of the runtime
  /// specification); nil if there are none, or the directory is not root's.
  package init?(ofBundle path: String) {
    guard path.hasPrefix("/"),
      let folder = (try? UserFolders.open(path, below: "/", of: 0)) ?? nil,
      let bytes = try? folder.contents(of: "config.json"),
      let configuration = try? JSONValue(parsing: bytes)
    else { return nil }
    self.init(ofConfiguration: configuration, bundle: path)
  }

  /// The files that Podman is about to mount in root's container with an ID, whose network it has
  /// connected first; nil if it has none of this ID.
  package init?(ofPodmanContainer id: String) {
    let storage = "/run/containers/storage"
    // The folder is called after the storage driver, such as `overlay-containers`.
    guard id.isFileName,
      let folder = (try? UserFolders.open(storage, below: "/", of: 0)) ?? nil,
      let kind = (try? folder.names())?.sorted().first(where: {
        $0.hasSuffix("-containers") && folder.isDirectory("\($0)/\(id)")
      })
    else { return nil }
    let data = "\(storage)/\(kind)/\(id)/userdata"
    self.init(hosts: data + "/hosts", resolver: data + "/resolv.conf")
  }

  /// The same, from the bundle's configuration.
  init?(ofConfiguration configuration: JSONValue, bundle: String) {
    let root = configuration.object?["root"]?.object?["path"]?.string ?? "rootfs"
    self.init(
      mounts: configuration.object?["mounts"],
      root: root.hasPrefix("/") ? root : bundle + "/" + root)
  }

  /// From a list of mounts and the path of the container's root. A file below that root, which the
  /// container could exchange, is none; neither is the host's own.
  init?(mounts: JSONValue?, root: String) {
    let sources = mounts?.array?.compactMap(\.object) ?? []
    // What was mounted last covers the others.
    let source = { (target: String) -> String? in
      let mount = sources.last { $0["destination"]?.string == target }
      guard let path = mount?["source"]?.string, path.hasPrefix("/"),
        !(path + "/").hasPrefix(root.hasSuffix("/") ? root : root + "/"),
        RegularFile.stamp(of: path) != RegularFile.stamp(of: target)
      else { return nil }
      return path
    }
    self.init(hosts: source("/etc/hosts"), resolver: source("/etc/resolv.conf"))
  }
}

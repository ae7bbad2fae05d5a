import NetworkModel
import OrderedJSON

/// What an OCI runtime was told of a container.
struct OCIConfiguration {
  /// The files with which it resolves names, if some were mounted.
  let nameMounts: NameMounts?
  /// Whose network namespace it uses.
  let sharing: FoundContainer.Sharing
  /// The process whose network namespace it joined.
  let joinedProcess: Int32?

  /// Takes the namespaces of the configuration, in which the one of the network has this type: its
  /// path is where it was before, and a container without one stays in that of the runtime.
  init(namespaces: JSONValue?, type: String, nameMounts: NameMounts?) {
    self.nameMounts = nameMounts
    let namespaces = namespaces?.array?.compactMap(\.object)
    let network = namespaces?.first { $0["type"]?.string == type }
    let parts = network?["path"]?.string?.split(separator: "/") ?? []
    joinedProcess =
      parts.count == 4 && parts[0] == "proc" && parts[2...] == ["ns", "net"]
      ? Int32(parts[1]) : nil
    sharing =
      if namespaces != nil, network == nil {
        .ofHost
      } else {
        joinedProcess == nil ? .none : .ofAnother
      }
  }
}

import LinuxSystem

/// The containers that a reference could refer to now, as far as this user may see them.
package enum NamespaceScanner {
  /// A process with a network namespace of its own.
  package struct Process: Hashable, Sendable {
    /// The process ID.
    package let identifier: Int
    /// The program's name.
    package let name: String

    /// Takes both members.
    package init(identifier: Int, name: String) {
      self.identifier = identifier
      self.name = name
    }
  }

  /// The namespaces created by `ip netns add`, except the host's own.
  package static func namedNamespaces() -> [String] {
    let folder = NamedNamespaceFinder.folder
    guard let own = try? FileIdentity.at(ownNamespace),
      let names = try? Directory.open(folder).names()
    else { return [] }
    return names.filter { name in
      guard let found = try? FileIdentity.at(folder + name),
        found.device == own.device, found.inode != own.inode
      else { return false }
      // Namespaces of other types are on the same device, so the file is opened to check its type.
      // Files elsewhere are not opened, because that may have side effects.
      return (try? NetworkNamespace.open(path: folder + name)) != nil
    }
  }

  /// For each namespace that processes are in, the first of them; not those of the host.
  package static func processes() -> [Process] {
    guard let own = try? FileIdentity.at(ownNamespace),
      let names = try? Directory.open("/proc").names()
    else { return [] }
    var seen: Set = [own]
    return names.compactMap { Int($0) }.sorted().compactMap { number in
      guard let found = try? FileIdentity.at("/proc/\(number)/ns/net"),
        seen.insert(found).inserted
      else { return nil }
      let name = (try? PseudoFile.read("/proc/\(number)/comm")) ?? ""
      return Process(identifier: number, name: name)
    }
  }

  private static let ownNamespace = "/proc/thread-self/ns/net"
}

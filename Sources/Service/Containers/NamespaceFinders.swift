package import LinuxSystem

/// Namespaces created by `ip netns add`, and namespace files.
package struct NamedNamespaceFinder: ContainerFinder {
  package let kind = ContainerKind.namespace

  package static let folder = "/run/netns/"

  package init() {}

  /// The namespace, if a file has this name. Whether that is a namespace shows when it is opened.
  package func container(_ name: String) throws(FinderError) -> FoundContainer? {
    guard name.isFileName, Directory.exists(Self.folder + name) else { return nil }
    return FoundContainer(.namespace, name: name, location: .file(Self.folder + name))
  }

  /// The named namespaces, except the host's own.
  package func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] {
    NamespaceScanner.namedNamespaces().map { name in
      ListedContainer(
        FoundContainer(.namespace, name: name, location: .file(Self.folder + name)))
    }
  }

  /// The namespace of a file, which has a name if `ip netns add` made it.
  package static func container(atPath path: String) -> FoundContainer {
    let name = path.dropFirst(folder.count)
    if path.hasPrefix(folder), String(name).isFileName {
      return FoundContainer(.namespace, name: String(name), location: .file(path))
    }
    return FoundContainer(.path, name: path, location: .file(path))
  }
}

/// The namespaces of processes.
package struct ProcessFinder: ContainerFinder {
  package let kind = ContainerKind.process

  package init() {}

  /// The namespace of the process with an ID.
  package func container(_ name: String) throws(FinderError) -> FoundContainer? {
    // Exactly one spelling per process: no sign, no leading zeros.
    guard let number = UInt32(exactSpelling: name), number > 0 else { return nil }
    return FoundContainer(
      .process, name: "pid:\(number)", reference: name, location: .file("/proc/\(number)/ns/net"))
  }

  /// None: most processes are in containers, or are none.
  package func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] { [] }
}

extension String {
  /// Whether this can be the name of a directory entry that exists besides `.` and `..`.
  var isFileName: Bool {
    !isEmpty && self != "." && self != ".." && !utf8.contains { $0 == 0 || $0 == UInt8(ascii: "/") }
  }

  /// Whether this consists of ASCII letters, digits and others of these characters, and begins with
  /// a letter or digit.
  package func isName(with others: String) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
      default: false
      }
    }
    return utf8.first.map(isAlphanumeric) ?? false
      && utf8.allSatisfy { isAlphanumeric($0) || others.utf8.contains($0) }
  }
}

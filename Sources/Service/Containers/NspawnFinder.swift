package import LinuxSystem

/// Containers of systemd-nspawn, by the name in its arguments: one that is not registered with
/// systemd-machined is recorded nowhere.
package struct NspawnFinder: ContainerFinder {
  package let kind = ContainerKind.nspawn
  private let folder: RecordFolder

  /// Takes a directory that systemd-nspawn makes before it starts a container.
  package init(_ folder: RecordFolder) {
    self.folder = folder
  }

  private static let program = "systemd-nspawn"

  package func container(_ name: String) throws(FinderError) -> FoundContainer? {
    try all().first { $0.name == name }
  }

  package func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] {
    try all().map(ListedContainer.init)
  }

  private func all() throws(FinderError) -> [FoundContainer] {
    guard try folder.open() != nil else { return [] }
    // Another user's process may call itself anything.
    return RunningProcess.all(called: Self.program, of: 0).compactMap { process in
      Self.name(in: process.arguments).map { name in
        FoundContainer(
          .nspawn, name: name, location: FoundContainer.Location(process.identity.children.first))
      }
    }
  }

  /// The name given by `-M` or `--machine`, otherwise that of the directory.
  static func name(in arguments: [String]) -> String? {
    if let name = value(of: "-M", "--machine", in: arguments) { return name }
    let directory = value(of: "-D", "--directory", in: arguments)
    return directory?.split(separator: "/").last.map(String.init)
  }

  private static func value(
    of short: String, _ long: String, in arguments: [String]
  ) -> String? {
    for (index, argument) in arguments.enumerated() {
      if argument == short || argument == long {
        return index + 1 < arguments.count ? arguments[index + 1] : nil
      }
      if argument.hasPrefix(long + "=") { return String(argument.dropFirst(long.count + 1)) }
      if argument.hasPrefix(short) { return String(argument.dropFirst(short.count)) }
    }
    return nil
  }
}

import LinuxSystem
package import Naming
package import SystemErrors

/// The hosts files of named namespaces: `/etc/netns/NAME/hosts`, which `ip netns exec` mounts on
/// `/etc/hosts`. The folder is made with the first of them.
///
/// A file or folder that another user could exchange, and a symbolic link, is refused.
public struct NameFiles: Sendable {
  /// The folder of the namespaces' folders.
  private let folder: String
  /// The host's own hosts file.
  private let hostFile: String

  /// The host's own resolver configuration.
  private let hostResolverFile: String
  private let marks: HostsFile.Marks

  private static let fileName = "hosts"

  /// Takes the paths of the state directory, of the folder and of the host's files.
  public init(
    statePath: String, folder: String = "/etc/netns", hostFile: String = "/etc/hosts",
    hostResolverFile: String = "/etc/resolv.conf"
  ) {
    self.folder = folder
    self.hostFile = hostFile
    self.hostResolverFile = hostResolverFile
    marks = HostsFile.Marks(statePath: statePath)
  }

  /// The name of the namespace whose file is at a path; nil if no hosts file belongs to it.
  package static func name(ofNamespaceAt path: String) -> String? {
    let found = NamedNamespaceFinder.container(atPath: path)
    return found.kind == .namespace ? found.name : nil
  }

  /// The path of a namespace's hosts file.
  package func path(of name: String) -> String { "\(folder)/\(name)/\(Self.fileName)" }

  /// The path that an error about a namespace's hosts file names: the file, or the folder if that
  /// does not exist.
  package func obstacle(for name: String) -> String {
    Directory.exists(folder) ? path(of: name) : folder
  }

  /// The namespaces whose hosts files have lines of netctl.
  package func namesWithBlocks() throws(Errno) -> [String] {
    guard Directory.exists(folder) else { return [] }
    return try Directory.openOwn(folder).names().filter { name in
      ((try? file(of: name)) ?? nil)?.hasBlock == true
    }
  }

  /// A namespace's hosts file; nil when there is none.
  package func file(of name: String) throws(Errno) -> HostsFile? {
    do throws(Errno) {
      return HostsFile(
        try Directory.openOwn(folder).directory(name).contents(of: Self.fileName), marks)
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw error
    }
  }

  /// The resolver configuration of a namespace, and its path: its own, or else the host's.
  package func resolverConfiguration(
    of name: String?
  ) -> (path: String, configuration: ResolverConfiguration) {
    let own = name.map(resolverPath)
    for path in [own, hostResolverFile].compactMap(\.self) {
      guard let bytes = try? RegularFile.contents(of: path) else { continue }
      return (path, ResolverConfiguration(String(decoding: bytes, as: UTF8.self)))
    }
    return (hostResolverFile, ResolverConfiguration())
  }

  /// Whether the lines of netctl in a namespace's hosts file are these.
  package func isCurrent(_ name: String, _ lines: [String]) throws(Errno) -> Bool {
    guard let file = try file(of: name) else { return lines.isEmpty }
    return Set(file.lines) == Set((file.hasHostLines ? hostLines : []) + lines)
  }

  /// Makes these lines those of netctl in a namespace's hosts file. Makes the file if there are
  /// any; nothing remains of it for a namespace that is gone unless it has other lines.
  package func update(_ name: String, to lines: [String], isGone: Bool = false) throws(Errno) {
    if !Directory.exists(folder) {
      if lines.isEmpty { return }
      try Directory.makePublic(folder)
    }
    let root = try Directory.openOwn(folder)
    do throws(Errno) {
      try update(in: try root.directory(name), to: lines, isGone: isGone)
    } catch {
      guard error == .noSuchFileOrDirectory else { throw error }
      if !lines.isEmpty { try create(name, in: root, lines) }
    }
    // Stays if it has other files.
    if isGone { try? root.removeDirectory(name) }
  }

  // The namespace may have a folder already, with other files.
  private func create(
    _ name: String, in root: borrowing Directory, _ lines: [String]
  ) throws(Errno) {
    if !root.isDirectory(name) { try root.makePublicDirectory(name) }
    do throws(Errno) {
      try root.directory(name).createPublicFile(
        Self.fileName, with: HostsFile.contents(host: hostLines, lines: lines, marks))
    } catch {
      try? root.removeDirectory(name)
      throw error
    }
  }

  private func update(
    in place: borrowing Directory, to lines: [String], isGone: Bool
  ) throws(Errno) {
    let descriptor = try place.openForEditing(Self.fileName)
    let bytes = try descriptor.readToEnd(upTo: Self.largestSize)
    let file = HostsFile(bytes, marks)
    if isGone && file.isOwn { return try place.remove(Self.fileName) }
    let wanted = (file.hasHostLines && !isGone ? hostLines : []) + lines
    for edit in file.edits(to: wanted) {
      do throws(Errno) {
        try apply(edit, to: descriptor)
      } catch {
        // What a full disk had no room for.
        if case .write(_, at: bytes.count) = edit { try? descriptor.truncate(to: bytes.count) }
        throw error
      }
    }
  }

  private func apply(
    _ edit: HostsFile.Edit, to file: borrowing FileDescriptor
  ) throws(Errno) {
    switch edit {
    case .write(let bytes, let offset): try file.writeAll(bytes, at: offset)
    case .truncate(let size): try file.truncate(to: size)
    }
  }

  // MARK: Resolver configurations

  private static let resolverFileName = "resolv.conf"

  /// The path of a namespace's resolver configuration.
  package func resolverPath(of name: String) -> String {
    "\(folder)/\(name)/\(Self.resolverFileName)"
  }

  /// A namespace's resolver configuration; nil when it has none of its own.
  package func resolverFile(of name: String) throws(Errno) -> [UInt8]? {
    do throws(Errno) {
      return try Directory.openOwn(folder).directory(name).contents(of: Self.resolverFileName)
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw error
    }
  }

  /// Writes a namespace's resolver configuration, in place; leaves one alone that netctl did not
  /// write, or that somebody changed.
  package func writeResolverFile(_ name: String, _ contents: [UInt8]) throws(Errno) {
    let old = try resolverFile(of: name)
    if old == contents || old.map(ResolverFile.isOwn) == false { return }
    if !Directory.exists(folder) { try Directory.makePublic(folder) }
    let root = try Directory.openOwn(folder)
    guard let old else {
      if !root.isDirectory(name) { try root.makePublicDirectory(name) }
      return try root.directory(name).createPublicFile(Self.resolverFileName, with: contents)
    }
    let file = try root.directory(name).openForEditing(Self.resolverFileName)
    // One that becomes shorter has blank lines until its end is there.
    let padding = [UInt8](repeating: UInt8(ascii: "\n"), count: max(0, old.count - contents.count))
    try file.writeAll(contents + padding, at: 0)
    if !padding.isEmpty { try file.truncate(to: contents.count) }
  }

  /// Removes the resolver configuration of a namespace that is gone, if it is still netctl's.
  package func removeResolverFile(_ name: String) throws(Errno) {
    guard try resolverFile(of: name).map(ResolverFile.isOwn) == true else { return }
    let root = try Directory.openOwn(folder)
    try root.directory(name).remove(Self.resolverFileName)
    try? root.removeDirectory(name)
  }

  private static let largestSize = 1024 * 1024

  // Docker's containers do not see them; a named namespace did until it got a file of its own.
  private var hostLines: [String] {
    ((try? RegularFile.contents(of: hostFile)) ?? nil).map { HostsFile($0, marks).allLines } ?? []
  }
}

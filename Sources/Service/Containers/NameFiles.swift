import LinuxSystem
package import Naming
import NetworkModel
package import SystemErrors

/// The files with which containers resolve names: those of named namespaces in `/etc/netns/NAME`,
/// which `ip netns exec` mounts, and those that a runtime has mounted. The directories of
/// namespaces are made with the first of their files.
///
/// A file or directory that another user could exchange, and a symbolic link, is refused.
public struct NameFiles: Sendable {
  /// The directory of the namespaces' directories.
  let folder: String
  /// The host's own files.
  private let hostFiles: [NameFile: String]
  let marks: HostsFile.Marks

  /// Takes the paths of the state directory, of the directory and of the host's files.
  public init(
    statePath: String, folder: String = "/etc/netns", hostFile: String = "/etc/hosts",
    hostResolverFile: String = "/etc/resolv.conf"
  ) {
    self.folder = folder
    hostFiles = [.hosts: hostFile, .resolver: hostResolverFile]
    marks = HostsFile.Marks(statePath: statePath)
  }

  /// The path of a container's file; nil if it has none that could be changed.
  package func path(of file: NameFile, in place: NameFilePlace) -> String? {
    switch place {
    case .namespace(let name): "\(folder)/\(name)/\(file.rawValue)"
    case .mounted(let mounts): file == .hosts ? mounts.hosts : mounts.resolver
    }
  }

  /// The path that an error about a container's file names: the file, or the directory of all if
  /// that does not exist.
  package func erroneousPath(of file: NameFile, in place: NameFilePlace) -> String {
    if case .namespace = place, !Directory.exists(folder) { return folder }
    return path(of: file, in: place) ?? ""
  }

  /// Whether this process may write a container's file, or make it.
  package func isWritable(_ file: NameFile, in place: NameFilePlace) -> Bool {
    guard let path = path(of: file, in: place) else { return false }
    guard case .namespace(let name) = place else { return Directory.isWritable(path) }
    do throws(Errno) {
      if !Directory.exists(folder) { return Directory.isWritable(Directory.parent(of: folder)) }
      let root = try Directory.openOwn(folder)
      if !root.contains(name) { return Directory.isWritable(folder) }
      let own = try root.directory(name)
      guard own.contains(file.rawValue) else { return Directory.isWritable("\(folder)/\(name)") }
      _ = try own.contents(of: file.rawValue)
      return Directory.isWritable(path)
    } catch {
      return false
    }
  }

  /// The namespaces whose hosts files have lines of netctl.
  package func namesWithBlocks() throws(Errno) -> [String] {
    guard Directory.exists(folder) else { return [] }
    return try Directory.openOwn(folder).names().filter { name in
      ((try? hosts(of: .namespace(name))) ?? nil)?.hasBlock == true
    }
  }

  // MARK: Contents

  /// A container's hosts file; nil when there is none.
  package func hosts(of place: NameFilePlace) throws(Errno) -> HostsFile? {
    try contents(of: .hosts, in: place).map { HostsFile($0, marks) }
  }

  /// A container's resolver configuration; nil when it has none of its own.
  package func resolver(of place: NameFilePlace) throws(Errno) -> [UInt8]? {
    try contents(of: .resolver, in: place)
  }

  /// The resolver configuration that a container uses, and its path: its own, or else the host's.
  package func resolverConfiguration(
    of place: NameFilePlace?
  ) -> (path: String, configuration: ResolverConfiguration) {
    if let place, let path = path(of: .resolver, in: place),
      let bytes = (try? resolver(of: place)) ?? nil
    {
      return (path, ResolverConfiguration(String(decoding: bytes, as: UTF8.self)))
    }
    let path = hostPath(of: .resolver)
    let bytes = (try? RegularFile.contents(of: path)) ?? []
    return (path, ResolverConfiguration(String(decoding: bytes, as: UTF8.self)))
  }

  private func contents(
    of file: NameFile, in place: NameFilePlace
  ) throws(Errno) -> [UInt8]? {
    do throws(Errno) {
      return try openFolder(of: file, in: place) {
        (folder: borrowing Directory, name) throws(Errno) in
        try folder.contents(of: name)
      }
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw error
    }
  }

  /// Calls `body` with the directory of a container's file, and the file's name in it. Throws
  /// ENOENT where there is no directory, and where there could be no file.
  func openFolder<Result: ~Copyable>(
    of file: NameFile, in place: NameFilePlace,
    _ body: (borrowing Directory, String) throws(Errno) -> Result
  ) throws(Errno) -> Result {
    switch place {
    case .namespace(let name):
      return try body(try Directory.openOwn(folder).directory(name), file.rawValue)
    case .mounted:
      guard let path = path(of: file, in: place), let slash = path.lastIndex(of: "/") else {
        throw .noSuchFileOrDirectory
      }
      let folder = try UserFolders.open(String(path[..<slash]), below: "/", of: 0)
      return try body(folder, String(path[path.index(after: slash)...]))
    }
  }

  private func hostPath(of file: NameFile) -> String { hostFiles[file] ?? "" }

  // MARK: The host's lines

  /// The lines of the host's file, in which names that a container resolves do not lead elsewhere.
  /// Docker's containers do not see the host's; a named namespace did until it got a file of its
  /// own.
  func hostLines(beside scope: NameScope) -> [String] {
    guard let bytes = try? RegularFile.contents(of: hostPath(of: .hosts)) else { return [] }
    return HostsFile(bytes, marks).lines { scope.knows($0) }
  }

  // MARK: Resolver configurations

  /// Writes a container's resolver configuration, in place; `contents` gets the one that its
  /// runtime made. One that was changed since netctl wrote it is left alone, and so is a
  /// namespace's that netctl did not write.
  package func writeResolver(
    _ place: NameFilePlace, _ contents: (_ former: [UInt8]?) -> [UInt8]
  ) throws(Errno) {
    guard let old = try resolver(of: place) else {
      guard case .namespace(let name) = place else { return }
      if !Directory.exists(folder) { try Directory.makePublic(folder) }
      let root = try Directory.openOwn(folder)
      if !root.isDirectory(name) { try root.makePublicDirectory(name) }
      return try root.directory(name).createPublicFile(
        NameFile.resolver.rawValue, with: contents(nil))
    }
    var former = ResolverFile.former(in: old)
    if !ResolverFile.isOwn(old) {
      // An engine may have a name server of its own at the same address.
      guard case .mounted = place, !ResolverFile.usesServer(old) else { return }
      former = old
    }
    let new = contents(former)
    if old == new { return }
    try openFolder(of: .resolver, in: place) {
      (folder: borrowing Directory, name) throws(Errno) in
      let file = try folder.openForEditing(name)
      // One that becomes shorter has blank lines until its end is there.
      let padding = max(0, old.count - new.count)
      try file.writeAll(new + [UInt8](repeating: UInt8(ascii: "\n"), count: padding), at: 0)
      if padding > 0 { try file.truncate(to: new.count) }
    }
  }

  /// Removes the resolver configuration of a namespace that is gone, if it is still netctl's.
  package func removeResolver(ofNamespace name: String) throws(Errno) {
    guard try resolver(of: .namespace(name)).map(ResolverFile.isOwn) == true else { return }
    let root = try Directory.openOwn(folder)
    try root.directory(name).remove(NameFile.resolver.rawValue)
    try? root.removeDirectory(name)
  }
}

import LinuxSystem
package import Naming
import NetworkModel
package import SystemErrors

/// Changes the hosts files of many containers, most of which get the same lines, or checks them.
package final class HostsFileWriter {
  private let files: NameFiles
  private var root: OpenFolder?
  private var prepared: Prepared?

  private static let largestSize = 1024 * 1024

  // A class, since an optional cannot be borrowed.
  private final class OpenFolder {
    let directory: Directory

    init(_ directory: consuming Directory) { self.directory = directory }
  }

  /// Takes where the files are.
  package init(_ files: NameFiles) {
    self.files = files
  }

  /// Whether a container's hosts file has what it resolves.
  package func isCurrent(_ place: NameFilePlace, _ scope: NameScope) throws(Errno) -> Bool {
    let prepared = prepare(scope)
    guard let file = try files.hosts(of: place) else { return prepared.lines.isEmpty }
    return file.hasExactly(prepared.lines(for: file))
  }

  /// Writes what a container resolves into its hosts file. Makes the file of a namespace if there
  /// is anything; nothing remains of it for a container that is gone unless it has other lines.
  package func update(
    _ place: NameFilePlace, to scope: NameScope, isGone: Bool = false
  ) throws(Errno) {
    let prepared = prepare(scope)
    switch place {
    case .namespace(let name): try updateFile(ofNamespace: name, to: prepared, isGone: isGone)
    case .mounted(let mounts) where mounts.hosts != nil:
      do throws(Errno) {
        let opened = try files.openFolder(of: .hosts, in: place) {
          (folder: borrowing Directory, name) throws(Errno) in
          try folder.openFileForEditing(name)
        }
        try update(opened) { file in
          file.edits(to: prepared.lines(for: file, isGone: isGone))
        }
      } catch {
        // Runtimes make the files of their containers after the network, and remove them before.
        if error != .noSuchFileOrDirectory { throw error }
      }
    case .mounted: return
    }
  }

  /// Writes what a container resolves into the existing hosts file of its namespace, if all lines
  /// of netctl in it are some of these or of the former ones: then it has no names of another
  /// network. Returns whether that is so.
  package func update(
    namespace name: String, to scope: NameScope, replacing former: HostsLines
  ) throws(Errno) -> Bool {
    let prepared = prepare(scope)
    guard let root = try openRoot(makingIt: false) else { return false }
    do throws(Errno) {
      let opened = try root.directory.openFileForEditing(NameFile.hosts.rawValue, in: name)
      return try update(opened) { file in
        file.edits(to: prepared.lines(for: file), replacing: former)
      }
    } catch {
      if error == .noSuchFileOrDirectory { return false }
      throw error
    }
  }

  private func updateFile(
    ofNamespace name: String, to prepared: Prepared, isGone: Bool
  ) throws(Errno) {
    guard let root = try openRoot(makingIt: !prepared.lines.isEmpty) else { return }
    var isEmpty = false
    do throws(Errno) {
      let opened = try root.directory.openFileForEditing(NameFile.hosts.rawValue, in: name)
      try update(opened) { file in
        isEmpty = isGone && file.isOwn
        return isEmpty ? [] : file.edits(to: prepared.lines(for: file, isGone: isGone))
      }
    } catch {
      guard error == .noSuchFileOrDirectory else { throw error }
      if !prepared.lines.isEmpty { try create(name, in: root.directory, prepared) }
    }
    if isEmpty { try root.directory.directory(name).remove(NameFile.hosts.rawValue) }
    // Stays if it has other files.
    if isGone { try? root.directory.removeDirectory(name) }
  }

  private func openRoot(makingIt isMade: Bool) throws(Errno) -> OpenFolder? {
    if let root { return root }
    if !Directory.exists(files.folder) {
      guard isMade else { return nil }
      try Directory.makePublic(files.folder)
    }
    let opened = OpenFolder(try Directory.openOwn(files.folder))
    root = opened
    return opened
  }

  // The namespace may have a directory already, with other files.
  private func create(
    _ name: String, in root: borrowing Directory, _ prepared: Prepared
  ) throws(Errno) {
    if !root.isDirectory(name) { try root.makePublicDirectory(name) }
    do throws(Errno) {
      try root.directory(name).createPublicFile(
        NameFile.hosts.rawValue,
        with: HostsFile.contents(host: prepared.hostLines, lines: prepared.lines, files.marks))
    } catch {
      try? root.removeDirectory(name)
      throw error
    }
  }

  // Returns whether there are edits.
  @discardableResult
  private func update(
    _ opened: borrowing RegularFile.OpenFile, _ edits: (HostsFile) -> [HostsFile.Edit]?
  ) throws(Errno) -> Bool {
    let bytes = try opened.contents(upTo: Self.largestSize)
    guard let edits = edits(HostsFile(bytes, files.marks)) else { return false }
    for edit in edits {
      do throws(Errno) {
        try apply(edit, to: opened.file)
      } catch {
        // What a full disk had no room for.
        if case .write(_, at: bytes.count) = edit { try? opened.file.truncate(to: bytes.count) }
        throw error
      }
    }
    return true
  }

  private func apply(
    _ edit: HostsFile.Edit, to file: borrowing FileDescriptor
  ) throws(Errno) {
    switch edit {
    case .write(let bytes, let offset): try file.writeAll(bytes, at: offset)
    case .truncate(let size): try file.truncate(to: size)
    }
  }

  // MARK: Lines

  // The lines of a container, ready for the comparison with files.
  private final class Prepared {
    let lines: [String]
    let hostLines: [String]
    private lazy var alone = HostsLines(lines)
    private lazy var withHost = HostsLines(hostLines + lines)

    init(_ lines: [String], hostLines: [String]) {
      self.lines = lines
      self.hostLines = hostLines
    }

    func lines(for file: HostsFile, isGone: Bool = false) -> HostsLines {
      file.hasHostLines && !isGone ? withHost : alone
    }
  }

  // Containers that are on one network alone share an array, which is compared in no time.
  private func prepare(_ scope: NameScope) -> Prepared {
    let lines = scope.hostsLines
    if let prepared, prepared.lines == lines { return prepared }
    let new = Prepared(lines, hostLines: files.hostLines(beside: scope))
    prepared = new
    return new
  }
}

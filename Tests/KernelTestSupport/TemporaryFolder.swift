import Glibc
import LinuxSystem

/// Runs `body` with the path of a new, empty directory, which is removed afterwards.
///
/// It is in memory where that can be had: nothing in it needs to survive, and fsync costs nothing.
package func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
  var template = Array("\(parent)/netctl-test-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { throw Errno.current }
  let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer { removeTree(path) }
  return try body(path)
}

/// Everything below a directory, to be compared with what it was before or will be.
package struct FolderSnapshot: Hashable, Sendable, CustomStringConvertible {
  /// What one path holds.
  package enum Entry: Hashable, Sendable {
    /// A directory with its mode.
    case folder(mode: UInt32)
    /// A regular file with its mode and bytes.
    case file(mode: UInt32, [UInt8])
    /// Anything else.
    case other
  }

  /// The entries by their path below the directory.
  public private(set) var entries: [String: Entry] = [:]

  /// Looks at the directory at `path`, which may be absent.
  package init(of path: String) {
    collect(path, prefix: "")
  }

  /// The same without some of its paths.
  package func without(_ paths: String...) -> FolderSnapshot {
    var copy = self
    for path in paths { copy.entries[path] = nil }
    return copy
  }

  /// The text of a file.
  package func text(_ path: String) -> String? {
    guard case .file(_, let bytes) = entries[path] else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Makes the directory at `path` hold this and nothing else.
  package func replace(folderAt path: String) {
    for name in namesInFolder(path) { removeTree("\(path)/\(name)") }
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      switch entry {
      case .folder(let mode): mkdir("\(path)/\(name)", mode)
      case .file(let mode, let bytes): writeFile("\(path)/\(name)", bytes, mode: mode)
      case .other: continue
      }
    }
  }

  /// One line for each path.
  package var description: String {
    entries.sorted { $0.key < $1.key }.map { path, entry in
      switch entry {
      case .folder(let mode): "\(path)/ \(String(mode, radix: 8))"
      case .file(let mode, _): "\(path) \(String(mode, radix: 8)) \(text(path) ?? "")"
      case .other: "\(path) ?"
      }
    }.joined(separator: "\n")
  }

  private mutating func collect(_ path: String, prefix: String) {
    for name in namesInFolder(path) {
      let file = "\(path)/\(name)"
      var status = stat()
      guard lstat(file, &status) == 0 else { continue }
      let mode = status.st_mode & 0o7777
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        entries[prefix + name] = .folder(mode: mode)
        collect(file, prefix: prefix + name + "/")
      case S_IFREG: entries[prefix + name] = .file(mode: mode, readFile(file))
      default: entries[prefix + name] = .other
      }
    }
  }
}

/// Replaces the file at `path` by these bytes.
package func writeFile(_ path: String, _ bytes: some Sequence<UInt8>, mode: UInt32 = 0o600) {
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
  guard file >= 0 else { fatalError("cannot write \(path): \(Errno.current)") }
  defer { close(file) }
  let bytes = Array(bytes)
  guard write(file, bytes, bytes.count) == bytes.count else {
    fatalError("cannot write \(path): \(Errno.current)")
  }
}

/// Makes the directory at `path`, unless it is there.
package func makeFolder(_ path: String) {
  mkdir(path, 0o700)
}

/// Removes the directory at `path`, unless something is in it.
package func removeFolder(_ path: String) {
  rmdir(path)
}

/// The bytes of the file at `path`; none when it cannot be read.
package func readFile(_ path: String) -> [UInt8] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return [] }
  defer { close(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 64 * 1024)
  while true {
    let count = read(file, &buffer, buffer.count)
    guard count > 0 else { return bytes }
    bytes += buffer.prefix(count)
  }
}

private func namesInFolder(_ path: String) -> [String] {
  guard let stream = opendir(path) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names
}

private func removeTree(_ path: String) {
  if unlink(path) == 0 { return }
  for name in namesInFolder(path) { removeTree("\(path)/\(name)") }
  rmdir(path)
}

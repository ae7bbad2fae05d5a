/// The files from which the values of sysctls are set at boot, as sysctl.d(5) has them.
package struct SysctlFiles {
  /// The directories in the order of precedence: a file hides those of its name in later ones.
  private static let folders = [
    "/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d",
    "/lib/sysctl.d",
  ]
  /// Read last; systemd only knows it by a link in a directory.
  private static let last = "/etc/sysctl.conf"

  private let root: String

  /// The files below `root`, which is that of the file system for an empty string.
  package init(root: String = "") {
    self.root = root
  }

  /// The value that the first of the keys to match is set to at boot, and the file that sets it;
  /// nil if none does. All keys are names of one setting, with slashes, such as
  /// `net/ipv4/ip_forward`.
  package func setting(of keys: [String]) -> (value: String, file: String)? {
    var setting: (value: String, file: String)?
    for file in files {
      guard let bytes = try? RegularFile.contents(of: root + file) else { continue }
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        guard let (key, value) = Self.assignment(line), keys.contains(where: { key.matches($0) })
        else { continue }
        setting = (value, file)
      }
    }
    return setting
  }

  // In the order of their names, whatever directory they are in.
  private var files: [String] {
    var chosen: [String: String] = [:]
    for folder in Self.folders {
      let names = (try? Directory.open(root + folder).names()) ?? []
      for name in names where name.hasSuffix(".conf") && chosen[name] == nil {
        chosen[name] = "\(folder)/\(name)"
      }
    }
    let sorted = chosen.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return sorted.map(\.value) + [Self.last]
  }

  // KEY = VALUE; a dash before the key lets errors pass.
  private static func assignment(_ line: Substring) -> (key: Key, value: String)? {
    let text = line.trimmingBlanks
    guard let first = text.first, first != "#", first != ";",
      let equals = text.firstIndex(of: "=")
    else { return nil }
    let key = text[..<equals].trimmingBlanks
    return (
      Key(key.first == "-" ? key.dropFirst() : key),
      String(text[text.index(after: equals)...].trimmingBlanks)
    )
  }

  /// A key, in which the first separator tells whether it is written with dots or slashes.
  private struct Key {
    private let parts: [Substring]

    init(_ text: Substring) {
      let separator = text.first { $0 == "." || $0 == "/" } ?? "."
      parts = text.split(separator: separator)
    }

    /// Whether it is this one; an asterisk stands for one part.
    func matches(_ path: String) -> Bool {
      let other = path.split(separator: "/")
      return parts.count == other.count && zip(parts, other).allSatisfy { $0 == "*" || $0 == $1 }
    }
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    let start = drop { $0.isWhitespace }
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
    return start[...end]
  }
}

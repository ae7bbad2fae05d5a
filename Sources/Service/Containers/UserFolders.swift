import LinuxSystem

/// The directories in which the runtimes of one user keep what they know.
struct UserFolders {
  let user: UInt32

  init(_ user: UInt32) {
    self.user = user
  }

  /// `XDG_RUNTIME_DIR` as pam_systemd(8) makes it.
  var runtime: String { "/run/user/\(user)" }

  /// Opens a directory below `runtime`; no symbolic link is followed, and nothing is accepted that
  /// belongs to other users.
  func open(_ path: String) throws(Errno) -> Directory {
    try Self.open(path, below: runtime, of: user)
  }

  /// Opens a directory below another, of which only the upper may be reached through a link.
  static func open(
    _ path: String, below root: String, of user: UInt32
  ) throws(Errno) -> Directory {
    var folder = try Directory.open(root, ownedBy: user)
    for name in path.dropFirst(root.count).split(separator: "/") {
      folder = try folder.directory(String(name))
    }
    return folder
  }

  /// The home directory (passwd(5)); nil if the user is not listed there.
  var home: String? {
    guard let file = try? RegularFile.contents(of: "/etc/passwd") else { return nil }
    for line in String(decoding: file, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      if fields.count > 5, fields[2] == "\(user)", fields[5].hasPrefix("/") {
        return String(fields[5])
      }
    }
    return nil
  }
}

public import LinuxSystem
public import OrderedJSON

/// What keeps the state folder from being read or written. `file` is the path below the folder.
public enum StateError: Error, Hashable, Sendable {
  /// The folder itself cannot be opened or made.
  case folder(path: String, Errno)
  /// A process keeps the lock; nil when it is not to be seen.
  case locked(folder: String, process: Int32?, command: String, isStopped: Bool)
  /// A file cannot be read.
  case unreadable(file: String, Errno)
  /// A file cannot be written, renamed or removed.
  case unwritable(file: String, Errno)
  /// A file is not JSON.
  case notJSON(file: String, JSONSyntaxError)
  /// A document has a member of the wrong kind, or lacks one.
  case malformed(file: String, DocumentError)
  /// A document has another name than its identity gives it, as a copy has.
  case misnamed(file: String)
  /// A document was written by a later netctl.
  case newerSchema(file: String)
}

extension StateError {
  /// What the folder does not accept, whatever is in it.
  public enum Cause: Sendable {
    /// A symbolic link in the place of a folder or a file.
    case symbolicLink
    /// A folder or a file of another user, or one that nobody may change.
    case owner
  }

  /// Why it was refused, where its number does not say it plainly.
  public var cause: Cause? {
    switch self {
    case .folder(_, .tooManySymbolicLinks), .unreadable(_, .tooManySymbolicLinks),
      .unwritable(_, .tooManySymbolicLinks):
      .symbolicLink
    case .folder(_, .permission), .unreadable(_, .permission), .unwritable(_, .permission): .owner
    default: nil
    }
  }
}

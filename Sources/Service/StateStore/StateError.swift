public import LinuxSystem
public import OrderedJSON

/// What keeps the state folder from being read or written. `file` is the path below the folder, or
/// the whole one (`inside`).
public enum StateError: Error, Hashable, Sendable {
  /// The folder itself cannot be opened or made.
  case folder(path: String, Errno)
  /// Others could put another folder in the folder's place, by way of one above it.
  case unsafePlace(folder: String, ancestor: String)
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
  /// A document has another name than its identity gives it; a copy, when there is one that has it.
  case misnamed(file: String, isCopy: Bool)
  /// A document was written by a later netctl.
  case newerSchema(file: String)
}

extension StateError {
  /// The same with the whole path of the file that it names.
  public func inside(_ folder: String) -> StateError {
    switch self {
    case .folder, .unsafePlace, .locked: self
    case .unreadable(let file, let errno): .unreadable(file: "\(folder)/\(file)", errno)
    case .unwritable(let file, let errno): .unwritable(file: "\(folder)/\(file)", errno)
    case .notJSON(let file, let error): .notJSON(file: "\(folder)/\(file)", error)
    case .malformed(let file, let error): .malformed(file: "\(folder)/\(file)", error)
    case .misnamed(let file, let isCopy):
      .misnamed(file: "\(folder)/\(file)", isCopy: isCopy)
    case .newerSchema(let file): .newerSchema(file: "\(folder)/\(file)")
    }
  }

  /// What the folder does not accept, whatever is in it.
  public enum Cause: Sendable {
    /// A symbolic link in the place of a folder or a file.
    case symbolicLink
    /// A folder or a file of another user, one that others may change, or one that nobody may.
    case owner
    /// A pipe, a device or a socket in the place of a file.
    case kind
    /// A user who may not read or write there.
    case privilege
  }

  /// What a document is for.
  public enum Subject: Sendable {
    /// The host.
    case host
    /// A network's definition.
    case network
    /// A network's addresses that are in use.
    case leases
    /// Connections and published ports, and what an interrupted command left.
    case other
  }

  /// What a damaged document is for; nil when the folder, the disk or the lock is at fault.
  public var damagedSubject: Subject? {
    switch self {
    case .folder, .unsafePlace, .locked, .unreadable, .unwritable, .newerSchema: nil
    case .notJSON(let file, _), .malformed(let file, _), .misnamed(let file, _):
      Layout.subject(of: file)
    }
  }

  /// Whether a network may be known by the damaged document alone.
  var mayHideANetwork: Bool {
    if case .misnamed(_, isCopy: true) = self { false } else { true }
  }

  /// Why it was refused, where its number does not say it plainly.
  public var cause: Cause? {
    switch self {
    case .folder(_, .tooManySymbolicLinks), .unreadable(_, .tooManySymbolicLinks),
      .unwritable(_, .tooManySymbolicLinks):
      .symbolicLink
    case .folder(_, .permission), .unreadable(_, .permission), .unwritable(_, .permission): .owner
    case .folder(_, .accessDenied), .unreadable(_, .accessDenied), .unwritable(_, .accessDenied):
      .privilege
    case .unreadable(_, .noSuchDeviceOrAddress), .unwritable(_, .noSuchDeviceOrAddress): .kind
    default: nil
    }
  }
}

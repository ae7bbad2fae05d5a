public import LinuxSystem
public import OrderedJSON

/// An error in reading or writing the state directory. `file` is the path below the directory, or
/// the full one after `inside`.
public enum StateError: Error, Hashable, Sendable {
  /// The directory itself cannot be opened or created.
  case folder(path: String, Errno)
  /// Other users could replace the directory by way of one of its ancestors.
  case unsafePlace(folder: String, ancestor: String)
  /// Another process holds the lock; nil when it cannot be determined.
  case locked(folder: String, process: Int32?, command: String, isStopped: Bool)
  /// A file cannot be read.
  case unreadable(file: String, Errno)
  /// A file cannot be written, renamed or removed.
  case unwritable(file: String, Errno)
  /// A file is not JSON.
  case notJSON(file: String, JSONSyntaxError)
  /// A document has a member of the wrong type, or lacks one.
  case malformed(file: String, DocumentError)
  /// A document's file name does not match its identity; a copy if the matching file exists as
  /// well.
  case misnamed(file: String, isCopy: Bool)
  /// A document was written by a newer netctl.
  case newerSchema(file: String)
}

extension StateError {
  /// The same with the full path of the file it names.
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

  /// Properties of a file that make the state directory unusable, whatever its contents.
  public enum Cause: Sendable {
    /// A symbolic link instead of a directory or a file.
    case symbolicLink
    /// A directory or file that belongs to another user, is writable by others, or is immutable.
    case owner
    /// A pipe, device or socket instead of a file.
    case kind
    /// The user lacks read or write permission.
    case privilege
  }

  /// What a document describes.
  public enum Subject: Sendable {
    /// The host.
    case host
    /// A network's definition.
    case network
    /// The leased addresses of a network.
    case leases
    /// Connections, published ports, and pending changes.
    case other
  }

  /// What a damaged document describes; nil when the directory, the disk or the lock is at fault.
  public var damagedSubject: Subject? {
    switch self {
    case .folder, .unsafePlace, .locked, .unreadable, .unwritable, .newerSchema: nil
    case .notJSON(let file, _), .malformed(let file, _), .misnamed(let file, _):
      Layout.subject(of: file)
    }
  }

  /// Whether the damaged document may be the only record of a network.
  var mayHideANetwork: Bool {
    if case .misnamed(_, isCopy: true) = self { false } else { true }
  }

  /// The underlying cause, where the error number does not make it obvious.
  public var cause: Cause? {
    switch self {
    case .folder(_, .tooManySymbolicLinks), .unreadable(_, .tooManySymbolicLinks),
      .unwritable(_, .tooManySymbolicLinks):
      .symbolicLink
    case .folder(_, .notPermitted), .unreadable(_, .notPermitted), .unwritable(_, .notPermitted):
      .owner
    case .folder(_, .permissionDenied), .unreadable(_, .permissionDenied),
      .unwritable(_, .permissionDenied):
      .privilege
    case .unreadable(_, .noSuchDeviceOrAddress), .unwritable(_, .noSuchDeviceOrAddress): .kind
    default: nil
    }
  }
}

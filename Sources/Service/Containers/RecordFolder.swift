import LinuxSystem
import OrderedJSON

/// A directory in which a runtime keeps records. Nothing in it is reached through a symbolic link,
/// and nothing is accepted that belongs to others than its owner and root.
package struct RecordFolder: Sendable {
  let path: String
  /// The user whose directory it is; nil for root's.
  let user: UInt32?
  /// The part of the path up to which links are followed.
  private let base: String

  /// The largest record that is read, in bytes.
  private static let largestRecord = 16 * 1024 * 1024

  /// A directory of root's.
  package init(_ path: String) {
    self.path = path
    base = path
    user = nil
  }

  /// A directory below the runtime directory of a user.
  package init(runtime path: String, of user: UInt32) {
    base = UserFolders(user).runtime
    self.path = base + "/" + path
    self.user = user
  }

  /// A directory below the home directory of a user; nil if the user has none.
  package init?(home path: String, of user: UInt32) {
    guard let home = UserFolders(user).home else { return nil }
    base = home
    self.path = base + "/" + path
    self.user = user
  }

  /// Opens the directory; nil if it does not exist.
  func open() throws(FinderError) -> Directory? {
    try found(path) { () throws(Errno) in
      try UserFolders.open(path, below: base, of: user ?? 0)
    }
  }

  /// Opens a directory in this one, of which `path` is the path for errors.
  func open(_ name: String, in folder: borrowing Directory) throws(FinderError) -> Directory? {
    do throws(Errno) {
      return try folder.directory(name)
    } catch {
      guard let failure = failure(error, name) else { return nil }
      throw failure
    }
  }

  /// The names in a directory.
  func names(in folder: borrowing Directory) throws(FinderError) -> [String] {
    do throws(Errno) { return try folder.names() } catch { throw .inaccessible(path, error) }
  }

  /// The contents of a file; nil if it does not exist. `place` is the path of the open folder from
  /// this one, for errors.
  func contents(
    _ name: String, in folder: borrowing Directory, at place: String = ""
  ) throws(FinderError) -> [UInt8]? {
    do throws(Errno) {
      return try folder.contents(of: name, upTo: Self.largestRecord)
    } catch {
      guard let failure = failure(error, Self.path(name, at: place)) else { return nil }
      throw failure
    }
  }

  /// The JSON value in a file, likewise.
  func value(
    _ name: String, in folder: borrowing Directory, at place: String = ""
  ) throws(FinderError) -> JSONValue? {
    guard let contents = try contents(name, in: folder, at: place) else { return nil }
    guard let value = try? JSONValue(parsing: contents) else {
      throw .unintelligible(path + "/" + Self.path(name, at: place))
    }
    return value
  }

  private static func path(_ name: String, at place: String) -> String {
    place.isEmpty ? name : place + "/" + name
  }

  private func found<Result: ~Copyable>(
    _ path: String, _ body: () throws(Errno) -> Result
  ) throws(FinderError) -> Result? {
    do throws(Errno) {
      return try body()
    } catch {
      if error == .noSuchFileOrDirectory || error == .notDirectory { return nil }
      throw .inaccessible(path, error)
    }
  }

  private func failure(_ error: Errno, _ name: String) -> FinderError? {
    [.noSuchFileOrDirectory, .notDirectory, .fileNameTooLong].contains(error)
      ? nil : .inaccessible(path + "/" + name, error)
  }
}

import EngineAPI
import HTTPMessage
import LinuxSystem
import OrderedJSON

/// The socket of a runtime's daemon. The daemon has a second for each answer.
package struct RuntimeSocket: Sendable {
  /// The socket file.
  let path: String
  /// The user whose runtime it is; nil for root's, or any daemon that the user named.
  private let user: UInt32?

  private static let timeout = Duration.seconds(1)

  /// The socket at a path. What a daemon of another user than root says is that user's word.
  package init(_ path: String) {
    self.path = path
    user = nil
  }

  /// The socket at a path below the runtime directory of a user, which is the user's word.
  package init(_ path: String, of user: UInt32) {
    self.path = UserFolders(user).runtime + "/" + path
    self.user = user
  }

  /// The answer to a request for a path, and the user whose word it is; nil if nothing listens.
  func get(
    _ target: String, until deadline: Deadline = Deadline(after: Self.timeout)
  ) throws(FinderError) -> (response: HTTPResponse, user: UInt32?)? {
    guard let request = HTTPRequest(.get, target) else { return nil }
    guard let stream = try connect(until: deadline) else { return nil }
    do throws(EngineError) {
      return (
        try EngineConnection.exchange(request, on: stream, until: deadline),
        stream.peer == 0 ? nil : stream.peer
      )
    } catch {
      switch error {
      case .connection(.timedOut): throw .unresponsive(path)
      case .connection(let errno): throw .inaccessible(path, errno)
      case .malformed: throw .unintelligible(path)
      }
    }
  }

  /// Connects; nil if nothing listens.
  func connect(until deadline: Deadline) throws(FinderError) -> LocalStream? {
    do throws(Errno) {
      return try open(until: deadline)
    } catch {
      switch error {
      case .noSuchFileOrDirectory, .notDirectory, .connectionRefused: return nil
      case .timedOut: throw .unresponsive(path)
      default: throw .inaccessible(path, error)
      }
    }
  }

  private func open(until deadline: Deadline) throws(Errno) -> LocalStream {
    guard let user else { return try LocalStream.connect(to: .path(path), until: deadline) }
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let folder = try UserFolders(user).open(String(path[..<slash]))
    let stream = try folder.connect(to: String(path[path.index(after: slash)...]), until: deadline)
    // The user could otherwise pass on the answers of root's daemon.
    if stream.peer != user { throw .notPermitted }
    return stream
  }

  /// The document in a response. Throws if it is not one.
  func document(_ response: HTTPResponse) throws(FinderError) -> ObjectReader {
    guard let value = try? JSONValue(parsing: response.body), let reader = try? ObjectReader(value)
    else { throw .unintelligible(path) }
    return reader
  }

  /// The document about one container, and the user whose word it is; nil if nothing listens or
  /// there is no such container.
  func documentIfFound(
    _ target: String
  ) throws(FinderError) -> (document: ObjectReader, user: UInt32?)? {
    guard let (response, user) = try get(target), response.status != 404 else { return nil }
    guard response.status == 200 else { throw refusal(response) }
    return (try document(response), user)
  }

  /// The error for an answer that says nothing about the container.
  func refusal(_ response: HTTPResponse) -> FinderError {
    let message = (try? document(response))?.object["message"]?.string
    return .refused(path, message: message ?? "HTTP status \(response.status)")
  }
}

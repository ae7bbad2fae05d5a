package import Addressing
import LinuxSystem
import OrderedJSON
public import SystemErrors

/// What the configuration says of name servers, in the members that Docker's `daemon.json` has:
/// `dns` (also `false`), `dns-search` and `dns-opts`.
public struct ResolverSettings: Hashable, Sendable {
  /// Why a file is not used.
  public enum Failure: Error, Hashable, Sendable {
    /// It cannot be read.
    case unreadable(Errno)
    /// It is not JSON, or not an object.
    case malformed
    /// This member has another form.
    case member(String)
  }

  /// Whether containers get the name server of netctl.
  package var isEnabled = true
  /// What it asks, from the container; empty for the servers of the host, which it asks from the
  /// host.
  package var servers: [IPAddress] = []
  /// The domains that are tried behind a name; nil for the host's.
  package var search: [String]?
  /// Options of containers' resolvers; nil for the host's.
  package var options: [String]?

  package init() {}

  /// Reads a file; without one, nothing is set.
  package static func read(_ path: String) throws(Failure) -> ResolverSettings {
    let bytes: [UInt8]
    do throws(Errno) {
      bytes = try RegularFile.contents(of: path)
    } catch {
      if error == .noSuchFileOrDirectory || error == .notDirectory { return ResolverSettings() }
      throw .unreadable(error)
    }
    guard let object = (try? JSONValue(parsing: bytes))?.object else { throw .malformed }
    return try ResolverSettings(object)
  }

  private init(_ object: JSONObject) throws(Failure) {
    if let value = object["dns"], value != .bool(true) {
      if value == .bool(false) {
        isEnabled = false
      } else {
        let servers = try Self.strings(value, "dns").map { IPAddress($0) }
        guard !servers.contains(nil) else { throw .member("dns") }
        self.servers = servers.compactMap(\.self)
      }
    }
    if let value = object["dns-search"] { search = try Self.strings(value, "dns-search") }
    if let value = object["dns-opts"] { options = try Self.strings(value, "dns-opts") }
  }

  // They become words of a file.
  private static func strings(
    _ value: JSONValue, _ member: String
  ) throws(Failure) -> [String] {
    guard let elements = value.array else { throw .member(member) }
    let strings = elements.compactMap(\.string)
    guard strings.count == elements.count,
      strings.allSatisfy({ !$0.isEmpty && !$0.utf8.contains { $0 <= 0x20 } })
    else { throw .member(member) }
    return strings
  }
}

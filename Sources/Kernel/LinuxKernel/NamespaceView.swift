import LinuxSystem
import Netlink
import RouteNetlink

/// One network namespace and the socket for it, opened on first use.
final class NamespaceView {
  let namespace: NetworkNamespace
  /// The namespace that the thread is in; nil if it is this one.
  private let home: NamespaceView?
  private var socket: RouteSocket?
  private let trace: NetlinkObserver?
  private var indexes: [String: UInt32] = [:]

  init(_ namespace: consuming NetworkNamespace, from home: NamespaceView?, trace: NetlinkObserver?)
  {
    self.namespace = namespace
    self.home = home
    self.trace = trace
  }

  /// Runs `body` on this thread inside the namespace.
  func perform<Result: ~Copyable, Failure: SystemError>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let home else { return try body() }
    return try namespace.perform(leaving: home.namespace, body)
  }

  /// The namespace cookie, which is unique until the next boot; nil before Linux 5.14.
  var cookie: UInt64? {
    get throws(Errno) {
      do throws(NetlinkError) {
        return try withRoutes { (routes) throws(NetlinkError) in try routes.namespaceCookie }
      } catch {
        throw error.errno
      }
    }
  }

  func withRoutes<Result>(
    _ body: (inout RouteSocket) throws(NetlinkError) -> Result
  ) throws(NetlinkError) -> Result {
    var routes: RouteSocket
    if let open = socket.take() {
      routes = open
    } else {
      routes = try perform { () throws(NetlinkError) in try RouteSocket.open() }
      if let trace { routes.observe(trace) }
    }
    do throws(NetlinkError) {
      let result = try body(&routes)
      socket = consume routes
      return result
    } catch {
      socket = consume routes
      throw error
    }
  }

  /// Opens a monitor of this namespace's links.
  func openMonitor() throws(NetlinkError) -> LinkMonitor {
    var monitor = try perform { () throws(NetlinkError) in try LinkMonitor.open() }
    if let trace { monitor.observe(trace) }
    return monitor
  }

  /// The index of a link; queried once.
  func index(of name: String) throws(NetlinkError) -> UInt32 {
    if let index = indexes[name] { return index }
    let index = try withRoutes { (routes) throws(NetlinkError) in try routes.index(named: name) }
    guard let index else { throw NetlinkError(.noDevice) }
    indexes[name] = index
    return index
  }

  /// Caches an index that was learned otherwise.
  func remember(_ index: UInt32, of name: String) {
    indexes[name] = index
  }

  /// Removes a deleted link's index from the cache.
  func forget(_ name: String) {
    indexes[name] = nil
  }
}

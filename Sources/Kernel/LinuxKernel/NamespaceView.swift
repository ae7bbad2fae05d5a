import LinuxSystem
import Netlink
import RouteNetlink

/// One network namespace and the socket for it, opened on first use.
final class NamespaceView {
  let namespace: NetworkNamespace
  private var socket: RouteSocket?
  private let trace: NetlinkObserver?
  private var indexes: [String: UInt32] = [:]

  init(_ namespace: consuming NetworkNamespace, trace: NetlinkObserver?) {
    self.namespace = namespace
    self.trace = trace
  }

  func withRoutes<Result>(
    _ body: (inout RouteSocket) throws(NetlinkError) -> Result
  ) throws(NetlinkError) -> Result {
    var routes: RouteSocket
    if let open = socket.take() {
      routes = open
    } else {
      routes = try RouteSocket.open(in: namespace)
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
    var monitor = try LinkMonitor.open(in: namespace)
    if let trace { monitor.observe(trace) }
    return monitor
  }

  /// The index of a link; queried once.
  func index(of name: String) throws(NetlinkError) -> UInt32 {
    if let index = indexes[name] { return index }
    let link = try withRoutes { (routes) throws(NetlinkError) in try routes.link(named: name) }
    guard let link else { throw NetlinkError(.noDevice) }
    indexes[name] = link.index
    return link.index
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

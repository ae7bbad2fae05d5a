import Addressing
import KernelModel
import NetworkModel

/// Whether the kernel holds what the records say of endpoints.
extension KernelView {
  /// Whether an endpoint still exists. A host end also proves that the namespace of its peer
  /// exists. Without one, the endpoint lives as long as the namespace: the link inside can be made
  /// again.
  func isAlive(_ endpoint: Endpoint) throws(ServiceError) -> Bool {
    try isAlive(endpoint, among: nil)
  }

  // Links of the host that were listed already are not asked for one by one.
  private func isAlive(
    _ endpoint: Endpoint, among links: [InterfaceName: ObservedLink]?
  ) throws(ServiceError) -> Bool {
    guard endpoint.container.boot == boot else { return false }
    guard endpoint.interface?.hostName != nil else { return isPresent(endpoint.container) }
    guard try isConnected(endpoint, among: links) else { return false }
    // A runtime may keep the namespace of a container that has ended.
    if endpoint.container.runtime.hasFirstProcess { return isPresent(endpoint.container) }
    return isAtItsPath(endpoint.container) ? true : try isConnectedForLong(endpoint)
  }

  private func isConnected(
    _ endpoint: Endpoint, among links: [InterfaceName: ObservedLink]? = nil
  ) throws(ServiceError) -> Bool {
    try hostLink(of: endpoint, among: links)?.connects(endpoint) ?? false
  }

  // Whatever has just used the namespace, including netctl, may hold it slightly longer than its
  // processes do.
  private func isConnectedForLong(_ endpoint: Endpoint) throws(ServiceError) -> Bool {
    if knowsHiddenNamespace { return true }
    guard let link = try hostLink(of: endpoint) else { return false }
    try perform([.awaitRemoval(link.name)])
    knownRenamedEnds = nil
    knowsHiddenNamespace = try isConnected(endpoint)
    return knowsHiddenNamespace
  }

  /// How many links take as long to ask for as all of a host with no others.
  private static let fewEndpoints = 16

  /// The given endpoints that still exist in the kernel.
  func liveEndpoints(among recorded: [Endpoint]) throws(ServiceError) -> [Endpoint] {
    var links: [InterfaceName: ObservedLink]?
    if recorded.count >= Self.fewEndpoints {
      links = Dictionary(try self.links(in: .host).map { ($0.name, $0) }) { first, _ in first }
    }
    var live: [Endpoint] = []
    for endpoint in recorded where try isAlive(endpoint, among: links) { live.append(endpoint) }
    return live
  }

  /// The host end of an endpoint, found by name, or by its alias if it was renamed.
  func hostLink(of endpoint: Endpoint) throws(ServiceError) -> ObservedLink? {
    try hostLink(of: endpoint, among: nil)
  }

  private func hostLink(
    of endpoint: Endpoint, among links: [InterfaceName: ObservedLink]?
  ) throws(ServiceError) -> ObservedLink? {
    guard let hostName = endpoint.interface?.hostName else { return nil }
    let named = if let links { links[hostName] } else { try link(hostName) }
    if let named, named.mayBelong(to: endpoint.owner) { return named }
    return try renamedEnds()[endpoint.owner]
  }

  /// The interface of an endpoint without a host end, found by its alias, and the namespace it is
  /// in; nil if either is gone.
  func innerLink(
    of endpoint: Endpoint
  ) throws(ServiceError) -> (link: ObservedLink, namespace: TargetNamespace)? {
    guard let interface = endpoint.interface, let handle = try enter(endpoint.container) else {
      return nil
    }
    let namespace = TargetNamespace.container(handle)
    let links = try links(in: namespace)
    let own =
      links.first { $0.owner == endpoint.owner }
      ?? links.first { $0.isIncomplete && $0.name == interface.name }
    return own.map { ($0, namespace) }
  }

  /// The link that has to be deleted to remove an endpoint, and the namespace it is in; nil if it
  /// is gone.
  func ownLink(
    of endpoint: Endpoint
  ) throws(ServiceError) -> (link: ObservedLink, namespace: TargetNamespace)? {
    guard let interface = endpoint.interface else { return nil }
    if interface.hostName == nil {
      if let inner = try innerLink(of: endpoint) { return inner }
      // It may have been moved out of its container.
      return try links(in: .host).first { $0.owner == endpoint.owner }.map { ($0, .host) }
    }
    return try hostLink(of: endpoint).map { ($0, .host) }
  }

  /// Forgets the renamed host end of an endpoint whose links have been deleted.
  func forgetRenamedEnd(of endpoint: Endpoint) {
    knownRenamedEnds?[endpoint.owner] = nil
  }

  // Searched once per command: most links that are not found are gone.
  private func renamedEnds() throws(ServiceError) -> [LinkOwner: ObservedLink] {
    if let knownRenamedEnds { return knownRenamedEnds }
    let links = try links(in: .host)
    var ends: [LinkOwner: ObservedLink] = [:]
    for link in links {
      guard let owner = link.owner, case .endpoint(let id) = owner,
        EndpointID(id)?.hostInterfaceName != link.name
      else { continue }
      ends[owner] = link
    }
    knownRenamedEnds = ends
    return ends
  }
}

extension ObservedLink {
  /// Whether it is the host end of an endpoint whose container end is in a live namespace.
  func connects(_ endpoint: Endpoint) -> Bool { owner == endpoint.owner && !isOrphaned }
}

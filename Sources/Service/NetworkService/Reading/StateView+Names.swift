import Containers
import KernelModel
import NameService
import Naming
import NetworkModel
import StateStore
import SystemErrors

/// Names of containers, and the hosts files that have them.
extension StateView {
  /// The hosts files that do not have what they should, of the containers on these networks; with
  /// `isOfAll`, also of containers that are on none.
  func staleHostsFiles(
    of networks: [Network], isOfAll: Bool
  ) throws(ServiceError) -> [(path: String, container: String?)] {
    let records = NameRecords(self)
    var stale: [(path: String, container: String?)] = []
    var seen: Set<ContainerID> = []
    for network in networks {
      for endpoint in try records.endpoints(of: network.id) {
        let container = endpoint.container
        guard seen.insert(container.id).inserted,
          let name = NameFiles.name(ofNamespaceAt: container.path), kernel.isAtItsPath(container)
        else { continue }
        let lines = try records.scope(of: container.id).hostsLines
        // One that cannot be read does not have them either.
        if (try? nameFiles.isCurrent(name, lines)) != true {
          stale.append((nameFiles.path(of: name), container.name))
        }
      }
    }
    guard isOfAll else { return stale }
    // A file that only has the host's lines, of a namespace that is gone, misleads nobody.
    return stale
      + (try unconnectedNames(records)).filter { (try? nameFiles.isCurrent($0, [])) != true }
      .map { (nameFiles.path(of: $0), nil) }
  }

  /// The named namespaces that are on no network but have a hosts file of netctl's: one with names
  /// of containers, or one that nobody needs since the namespace is gone.
  func unconnectedNames(_ records: NameRecords) throws(ServiceError) -> [String] {
    guard let names = try? nameFiles.namesWithBlocks(), !names.isEmpty else { return [] }
    var connected: Set<String> = []
    for network in try networksWithEndpoints() {
      let endpoints = try records.endpoints(of: network)
      connected.formUnion(
        endpoints.compactMap { NameFiles.name(ofNamespaceAt: $0.container.path) })
    }
    // The file of a living namespace, which may be mounted in a process, keeps the host's lines.
    return names.filter { name in
      !connected.contains(name)
        && ((try? nameFiles.isCurrent(name, [])) != true || !kernel.isPresent(named: name))
    }
  }
}

extension StateView {
  /// The resolver configurations that name the name server although it does not answer, of the
  /// containers on these networks.
  func deadResolverFiles(
    of networks: [Network]
  ) throws(ServiceError) -> [(path: String, container: String)] {
    var dead: [(path: String, container: String)] = []
    var seen: Set<String> = []
    for network in networks {
      for endpoint in try readEndpoints(of: network.id).endpoints {
        let container = endpoint.container
        guard let name = NameFiles.name(ofNamespaceAt: container.path),
          kernel.isAtItsPath(container),
          seen.insert(name).inserted,
          let file = (try? nameFiles.resolverFile(of: name)) ?? nil, ResolverFile.usesServer(file)
        else { continue }
        if nameServer.isPresent, nameServer.serve(container.id) == .served { continue }
        dead.append((nameFiles.resolverPath(of: name), container.name))
      }
    }
    return dead
  }
}

extension KernelView {
  /// Whether there is a network namespace of this name.
  func isPresent(named name: String) -> Bool {
    (try? kernel.namespace(atPath: "/run/netns/" + name)) != nil
  }
}

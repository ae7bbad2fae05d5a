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
  ) throws(ServiceError) -> [(path: String, container: String?, isWritable: Bool)] {
    let records = NameRecords(self)
    let files = HostsFileWriter(nameFiles)
    var stale: [(path: String, container: String?, isWritable: Bool)] = []
    var seen: Set<ContainerID> = []
    for network in networks {
      for endpoint in try records.endpoints(of: network.id) {
        let container = endpoint.container
        guard seen.insert(container.id).inserted, records.isAtItsPath(container),
          let place = try records.place(of: container),
          let path = nameFiles.path(of: .hosts, in: place)
        else { continue }
        let scope = try records.scope(of: container.id)
        // One that cannot be read does not have them either.
        if (try? files.isCurrent(place, scope)) != true {
          stale.append((path, container.name, nameFiles.isWritable(.hosts, in: place)))
        }
      }
    }
    guard isOfAll else { return stale }
    // A file that only has the host's lines, of a namespace that is gone, misleads nobody.
    return stale
      + (try unconnectedNames(records)).map { NameFilePlace.namespace($0) }
      .filter { (try? files.isCurrent($0, NameScope([]))) != true }
      .map {
        (nameFiles.path(of: .hosts, in: $0) ?? "", nil, nameFiles.isWritable(.hosts, in: $0))
      }
  }

  /// The named namespaces that are on no network but have a hosts file of netctl's: one with names
  /// of containers, or one that nobody needs since the namespace is gone.
  func unconnectedNames(_ records: NameRecords) throws(ServiceError) -> [String] {
    guard let names = try? nameFiles.namesWithBlocks(), !names.isEmpty else { return [] }
    var connected: Set<NameFilePlace> = []
    for network in try networksWithEndpoints() {
      let endpoints = try records.endpoints(of: network)
      connected.formUnion(endpoints.compactMap { NameFilePlace(of: $0.container) })
    }
    let files = HostsFileWriter(nameFiles)
    // The file of a live namespace, which may be mounted in a process, keeps the host's lines.
    return names.filter { name in
      let place = NameFilePlace.namespace(name)
      if connected.contains(place) { return false }
      return (try? files.isCurrent(place, NameScope([]))) != true
        || !kernel.isPresent(named: name)
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
    var seen: Set<NameFilePlace> = []
    for network in networks {
      for endpoint in try readEndpoints(of: network.id).endpoints {
        let container = endpoint.container
        guard let place = NameFilePlace(of: container), kernel.isAtItsPath(container),
          seen.insert(place).inserted,
          let file = (try? nameFiles.resolver(of: place)) ?? nil, ResolverFile.isOwn(file),
          ResolverFile.usesServer(file)
        else { continue }
        if nameServer.isPresent, nameServer.serve(container.id) == .served { continue }
        dead.append((nameFiles.path(of: .resolver, in: place) ?? "", container.name))
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

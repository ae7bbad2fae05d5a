import Configuration
import Containers
import KernelModel
import NameService
import Naming
import NetworkModel
import SystemErrors

/// The name server of containers, and the resolver configurations that name it. Nothing of this
/// fails a command; what cannot be had is reported.
extension Transaction {
  /// Lets the name server answer a container that has these endpoints, and then names it in the
  /// container's resolver configuration; takes it out of there if the container is on no network
  /// with one, or if it does not run. A configuration that is not netctl's is left alone.
  func settleNameServer(of container: Container, on endpoints: [Endpoint]) {
    let place = ([container] + endpoints.map(\.container)).lazy
      .compactMap { NameFilePlace(of: $0) }.first
    let present = place.flatMap { (try? view.nameFiles.resolver(of: $0)) ?? nil }
    let usesServer = present.map(ResolverFile.usesServer) == true
    guard usesServer || view.nameServer.isPresent else { return }
    guard kernel.isAtItsPath(container) else {
      if case .namespace(let name) = place, !kernel.isPresent(named: name) {
        removeResolver(ofNamespace: name)
      }
      return
    }
    let isWanted = endpoints.contains { endpoint in
      ((try? view.network(endpoint.network)) ?? nil)?.hasNameServer == true
    }
    let settings = configuration.resolver
    let isServed = isWanted && settings.isEnabled && isServed(container)
    guard let place, isServed || usesServer else { return }
    write(.resolver, in: place) { () throws(Errno) in
      try view.nameFiles.writeResolver(place) { former in
        if !isServed, let former { return former }
        let basis = view.nameServer.configuration(settings, former)
        return isServed
          ? ResolverFile.contents(basis, former: former) : ResolverFile.plainContents(basis)
      }
    }
  }

  private func isServed(_ container: Container) -> Bool {
    guard view.nameServer.isPresent else { return false }
    switch view.nameServer.serve(container.id) {
    case .served: return true
    case .refused(let reason):
      notices.append(.notServed(container: container.name, reason: reason))
    case .unavailable(let errno): notices.append(.nameServerDown(errno))
    }
    return false
  }

  /// Removes the resolver configuration of a namespace that is gone, if it is netctl's.
  func removeResolver(ofNamespace name: String) {
    write(.resolver, in: .namespace(name)) { () throws(Errno) in
      try view.nameFiles.removeResolver(ofNamespace: name)
    }
  }
}

public import Addressing
import Configuration
import Containers
import KernelModel
import NameService
import Naming
public import NetworkModel

/// What a container is answered when it asks for a name, and why.
public enum NameLookup: Hashable, Sendable {
  /// An address, and the network on which a container has it; nil for others.
  public struct Answer: Hashable, Sendable {
    /// The address.
    public let address: IPAddress
    /// The network's name.
    public let network: String?
  }

  /// The container's hosts file at this path has the name.
  case hostsFile(String, [Answer])
  /// Containers have the name, and the name server that the file at this path names says so.
  case nameServer([Answer], file: String)
  /// Containers have the name, but nothing that the container asks says so.
  case unlisted([Answer])
  /// No container that it could reach has the name: these servers of this file are asked, by the
  /// name server of netctl if the file names that.
  case forwarded([IPAddress], file: String, byNameServer: Bool)
}

extension NetworkService {
  /// Whether the names that a container resolves are written into a hosts file.
  public func hasHostsFile(_ container: Container) -> Bool {
    NameFilePlace(of: container).flatMap { nameFiles.path(of: .hosts, in: $0) } != nil
  }

  /// What a container is answered when it asks for a name. Dead containers have none.
  public func lookup(
    _ name: String, by reference: String
  ) throws(ServiceError) -> NameLookup {
    let view = try hostView()
    let (container, _) = try self.container(reference)
    return try view.lookup(name, by: container)
  }

  /// The names of containers that a container resolves, without those that end in a network's name.
  public func names(resolvedBy reference: String) throws(ServiceError) -> [String] {
    let (container, _) = try self.container(reference)
    let scope = try NameRecords(try hostView()).scope(of: container.id)
    return scope.names
  }
}

extension StateView {
  fileprivate func lookup(
    _ name: String, by container: Container
  ) throws(ServiceError) -> NameLookup {
    let records = NameRecords(self)
    let scope = try records.scope(of: container.id)
    let known = AddressFamily.allCases.flatMap { scope.matches(name, $0) }
    let gateways = known.isEmpty ? scope.hostGateways(named: name) : []
    let place = try records.place(of: container)
    if let place, let path = nameFiles.path(of: .hosts, in: place),
      let file = (try? nameFiles.hosts(of: place)) ?? nil
    {
      let answers = file.addresses(of: name).map { address in
        NameLookup.Answer(
          address: address, network: known.first { $0.address == address }?.network)
      }
      if !answers.isEmpty { return .hostsFile(path, answers) }
    }
    let (path, configuration) = nameFiles.resolverConfiguration(of: place)
    let usesServer = configuration.servers.contains(ResolverFile.server)
    if !known.isEmpty || !gateways.isEmpty {
      let answers =
        known.map { NameLookup.Answer(address: $0.address, network: $0.network) }
        + gateways.map { NameLookup.Answer(address: $0, network: nil) }
      return usesServer ? .nameServer(answers, file: path) : .unlisted(answers)
    }
    guard usesServer else {
      return .forwarded(configuration.servers, file: path, byNameServer: false)
    }
    return .forwarded(try upstreams(of: scope), file: path, byNameServer: true)
  }

  // The same that the name server does.
  private func upstreams(of scope: NameScope) throws(ServiceError) -> [IPAddress] {
    var networks: [Network] = []
    for attachment in scope.attachments {
      if let network = try network(attachment.endpoint.network) { networks.append(network) }
    }
    let settings = configuration.resolver
    let container = scope.attachments.first?.endpoint.container
    return NameServerClient.upstreams(
      of: networks, given: container.map(NameServerClient.givenServers) ?? [], settings,
      nameServer.configuration(settings).configuration
    ).map(\.address)
  }
}

import Addressing
import NetworkModel
import StateStore

/// The journal of what happened to networks. An event that cannot be written is lost: the command
/// has done what it was asked for.
extension Transaction {
  /// Records what has happened to a network.
  func report(
    _ action: NetworkEvent.Action, _ network: Network, _ attributes: [String: String] = [:]
  ) {
    record([event(action, network, attributes)])
  }

  /// Records what has happened to a container on a network.
  func report(_ action: NetworkEvent.Action, _ network: Network, of container: Container) {
    report(action, network, container.eventAttributes)
  }

  /// Records that ports of a container were published or withdrawn, for each network through which
  /// they are, or were, reached. `known` is one that was read already.
  func report(
    _ action: NetworkEvent.Action, _ ports: [PublishedPort], of container: Container,
    on endpoints: [Endpoint], knowing known: Network? = nil
  ) {
    if ports.isEmpty { return }
    for (id, ports) in networks(publishing: ports, on: endpoints) {
      let network = known?.id == id ? known : (try? view.network(id)) ?? nil
      guard let network else { continue }
      var attributes = container.eventAttributes
      attributes["ports"] = Set(ports.map(\.eventText)).sorted().joined(separator: ",")
      report(action, network, attributes)
    }
  }

  private func networks(
    publishing ports: [PublishedPort], on endpoints: [Endpoint]
  ) -> [NetworkID: [PublishedPort]] {
    // Most containers are on one network.
    if endpoints.count == 1 { return [endpoints[0].network: ports] }
    guard let publishing = try? view.publishingEndpoints(among: endpoints) else { return [:] }
    var networks: [NetworkID: [PublishedPort]] = [:]
    for port in ports {
      guard let endpoint = publishing.endpoint(publishing: port) else { continue }
      networks[endpoint.network, default: []].append(port)
    }
    return networks
  }

  /// Records several events at once.
  func record(_ events: [NetworkEvent]) {
    if events.isEmpty { return }
    attempt { () throws(ServiceError) in try append(events) }
  }

  /// What has happened to a network now.
  func event(
    _ action: NetworkEvent.Action, _ network: Network?, _ attributes: [String: String] = [:]
  ) -> NetworkEvent {
    var attributes = attributes
    if let network {
      attributes["name"] = network.name
      attributes["type"] = network.driver.rawValue
    }
    if !command.isEmpty { attributes["command"] = command }
    return NetworkEvent(
      action: action.rawValue, network: network?.id.description ?? "",
      scope: network?.scope ?? "local", attributes: attributes, time: now())
  }
}

extension Container {
  fileprivate var eventAttributes: [String: String] {
    ["container": id.description, "containerName": name]
  }
}

extension PublishedPort {
  /// As in `8080:80/tcp`, with the address of the host if it is a single one.
  fileprivate var eventText: String {
    let address = host.family == .ipv6 ? "[\(host)]" : "\(host)"
    return (host.isUnspecified ? "" : address + ":")
      + (hostPort.map { "\($0):" } ?? "") + "\(containerPort)/\(transport.name)"
  }
}

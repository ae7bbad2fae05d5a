import Addressing
import Containers
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// The way out of overlay networks, as in Docker: a second interface on a bridge of this host, with
/// the default route, and with published ports.
extension NetworkService {
  /// Gives a container that is about to be on an overlay network a way out, unless it has one;
  /// returns whether it did.
  func connectWayOut(
    for pending: PendingConnection, on hostNamespace: NetworkNamespaceID
  ) throws(ServiceError) -> Bool {
    if pending.network.isInternal || pending.others.contains(where: \.offersDefaultRoute) {
      return false
    }
    let view = try view()
    let network =
      if let known = try view.network(named: Network.wayOutName, in: try view.index()) {
        known
      } else {
        try createWayOut()
      }
    var request = ConnectRequest(network: network.id.description, container: "")
    // Any other network is preferred.
    request.gatewayPriority = -1000
    request.driverOptions = [
      Endpoint.wayOutMark: "",
      EndpointOptions.interfaceNameKey: try pending.secondInterfaceName.description,
    ]
    let (container, handle) = (pending.container, pending.handle)
    try step { (transaction) throws(ServiceError) in
      _ = try transaction.connect(container, handle, on: hostNamespace, as: request)
    }
    return true
  }

  // With Docker's options and name, unless an engine has its own.
  private func createWayOut() throws(ServiceError) -> Network {
    var request = CreateRequest(name: Network.wayOutName)
    request.options = [
      "com.docker.network.bridge.enable_icc": "false",
      "com.docker.network.bridge.enable_ip_masquerade": "true",
    ]
    let link = try kernel.link(InterfaceName(ofLink: Network.wayOutName))
    if link == nil { request.options["com.docker.network.bridge.name"] = Network.wayOutName }
    return try create(request)
  }
}

extension Transaction {
  /// Takes the way out from a container that is on no overlay network but one that it leaves.
  func disconnectWayOut(without endpoint: Endpoint) throws(ServiceError) {
    let others = try view.endpoints(of: endpoint.container.id).filter { $0.id != endpoint.id }
    for other in others {
      if let network = try view.network(other.network), network.isOverlay, !network.isInternal {
        return
      }
    }
    for other in others where other.settings.driverOptions[Endpoint.wayOutMark] != nil {
      try detachAttached(other)
    }
  }
}

extension Endpoint {
  /// The driver option that marks an endpoint made as the way out of overlay networks.
  static let wayOutMark = "io.netctl.overlay.gateway"

  fileprivate var offersDefaultRoute: Bool {
    AddressFamily.allCases.contains { route.routes.gateway($0) != nil }
      || !route.routes.onLink.isEmpty
  }
}

extension PendingConnection {
  /// The name of the interface after the one that the endpoint itself gets.
  fileprivate var secondInterfaceName: InterfaceName {
    get throws(ServiceError) {
      do throws(OptionError) {
        let naming = InterfaceNaming(prefix: "eth", hasHostEnd: true)
        let own = container.runtime.numbersInterfaces ? naming.avoidingEngines : naming
        var taken = Set(
          links.flatMap { link in
            [link.name] + link.alternativeNames.compactMap { try? InterfaceName($0) }
          })
        taken.formUnion((others + reserved).compactMap(\.interface?.name))
        let chosen = try EndpointOptions(request.driverOptions).interfaceName
        if let chosen { taken.insert(chosen) } else { taken.insert(try own.name(besides: taken)) }
        return try own.name(besides: taken)
      } catch {
        throw .option(error)
      }
    }
  }
}

import Addressing
import KernelModel
import NetworkModel
import NetworkService
import Presentation

extension Diagnostics {
  /// Docker's message, and the owner of the port.
  static func text(_ error: PortError) -> String {
    switch error {
    case .taken(let host, let port, let container):
      "Bind for \(PortText.socket(host, port)) failed: port is already allocated to container "
        + TerminalText.escaped(container)
    case .obstructed(let host, let port, let request, let bindFailure, let process):
      "failed to bind host port \(PortText.socket(host, port))/\(request.transport.name): "
        + text(bindFailure) + (process.map(text) ?? "")
    case .noneFree(let request): "cannot publish \(text(request)): all ports are allocated"
    case .noPublishingEndpoint(let request, let container):
      "cannot publish \(text(request)): container \(TerminalText.escaped(container)) is not on a "
        + "network "
        + "that is reachable from outside"
        + (request.host.map { " over \($0.family.name)" } ?? "")
    case .noFirewall(let request):
      "cannot publish \(text(request)): published ports need the firewall, which the configuration "
        + "switches off (iptables, ip6tables)"
    case .unpublishingDriver(let request, let driver, let container):
      "cannot publish \(text(request)): networks of the driver \(driver) publish no ports; "
        + "container \(TerminalText.escaped(container)) is reached at its own address"
    case .notPublished(let request, let container):
      "No public port '\(text(request))' published for \(TerminalText.escaped(container))"
    }
  }

  /// Warns that host addresses and ports have no effect on a routed network.
  static func ignored(_ requests: [PortRequest], by ports: [PublishedPort]) -> [String] {
    if ports.allSatisfy({ $0.hostPort != nil }) { return [] }
    let candidates = Dictionary(grouping: ports) { $0.containerPort }
    return requests.filter { request in
      let found = (candidates[request.containerPort] ?? []).filter(request.matches)
      return request.namesHost && !found.isEmpty && found.allSatisfy { $0.hostPort == nil }
    }.map { request in
      "Warning: \(text(request)): the network is routed, so no host port leads to "
        + "\(target(request)); it is reachable at the container's own address"
    }
  }

  // Go's messages for errno values start in lower case.
  private static func text(_ bindFailure: PortUnavailability) -> String {
    switch bindFailure {
    case .inUse: "address already in use"
    case .noSuchAddress: "cannot assign requested address"
    case .refused(let reason): reason.prefix(1).lowercased() + reason.dropFirst()
    }
  }

  private static func text(_ process: HostProcess) -> String {
    " by process \(process.id) (\(TerminalText.escaped(process.command)))"
  }

  /// The request in command line syntax.
  private static func text(_ request: PortRequest) -> String {
    let target = target(request)
    let ports = request.hostPorts.map { ports in
      ports.count == 1 ? "\(ports.lowerBound)" : "\(ports.lowerBound)-\(ports.upperBound)"
    }
    guard let host = request.host else { return ports.map { "\($0):\(target)" } ?? target }
    return "\(PortText.address(host)):\(ports ?? ""):\(target)"
  }

  private static func target(_ request: PortRequest) -> String {
    "\(request.containerPort)/\(request.transport.name)"
  }
}

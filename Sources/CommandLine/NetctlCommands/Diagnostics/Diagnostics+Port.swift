import Addressing
import KernelModel
import NetworkModel
import NetworkService
import Presentation

extension Diagnostics {
  /// Docker's sentence, and who has the port.
  static func text(_ error: PortError) -> String {
    switch error {
    case .taken(let host, let port, let container):
      "Bind for \(PortText.socket(host, port)) failed: port is already allocated to container "
        + Printable.text(container)
    case .obstructed(let host, let port, let request, let obstacle, let process):
      "failed to bind host port \(PortText.socket(host, port))/\(request.transport.name): "
        + text(obstacle) + (process.map(text) ?? "")
    case .noneFree(let request): "cannot publish \(text(request)): all ports are allocated"
    case .noCarrier(let request, let container):
      "cannot publish \(text(request)): container \(Printable.text(container)) is on no network "
        + "that is reached from outside"
        + (request.host.map { " over \(word($0.family))" } ?? "")
    case .notPublished(let request, let container):
      "No public port '\(text(request))' published for \(Printable.text(container))"
    }
  }

  /// What was asked of the host and came to nothing: a routed network needs no port of it.
  static func ignored(_ requests: [PortRequest], by ports: [PublishedPort]) -> [String] {
    requests.filter { request in
      let found = ports.filter(request.matches)
      return request.namesHost && !found.isEmpty && found.allSatisfy { $0.hostPort == nil }
    }.map { request in
      "Warning: \(text(request)): the network is routed, so no port of the host leads to "
        + "\(target(request)); it is reached at the container's own address"
    }
  }

  // Go begins the kernel's sentences with a small letter.
  private static func text(_ obstacle: PortObstacle) -> String {
    switch obstacle {
    case .inUse: "address already in use"
    case .noSuchAddress: "cannot assign requested address"
    case .refused(let reason): reason.prefix(1).lowercased() + reason.dropFirst()
    }
  }

  private static func text(_ process: HostProcess) -> String {
    " by process \(process.id) (\(Printable.text(process.command)))"
  }

  /// The request as it could have been typed.
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

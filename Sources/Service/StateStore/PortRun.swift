import Addressing
import NetworkModel

/// Published ports that differ in nothing but their numbers: each has the host port and the
/// container port after those of the one before.
struct PortRun: Hashable, Sendable {
  let first: PublishedPort
  private(set) var count: Int

  /// Creates a run; nil if it has no port, or goes beyond the last one.
  init?(_ first: PublishedPort, count: Int) {
    let greatest = max(first.containerPort, first.hostPort ?? 0)
    guard count > 0, count - 1 <= UInt16.max - greatest else { return nil }
    self.first = first
    self.count = count
  }

  /// A single port.
  init(_ port: PublishedPort) {
    first = port
    count = 1
  }

  /// Its ports, in order.
  var ports: some Sequence<PublishedPort> { (0..<count).lazy.map(port) }

  func contains(_ transport: Transport, hostPort: UInt16) -> Bool {
    guard transport == first.transport, let start = first.hostPort else { return false }
    return hostPort >= start && hostPort - start < count
  }

  private func port(_ index: Int) -> PublishedPort {
    PublishedPort(
      host: first.host, hostPort: first.hostPort.map { $0 + UInt16(index) },
      transport: first.transport, containerPort: first.containerPort + UInt16(index))
  }

  /// The runs that the ports form, in the order of their first ports. Ports of several addresses of
  /// the host may alternate.
  static func runs(of ports: some Sequence<PublishedPort>) -> [PortRun] {
    var runs: [PortRun] = []
    var latest: [Line: Int] = [:]
    for port in ports {
      let line = Line(host: port.host, transport: port.transport, hasHostPort: port.hostPort != nil)
      if let index = latest[line], runs[index].isFollowed(by: port) {
        runs[index].count += 1
      } else {
        latest[line] = runs.count
        runs.append(PortRun(port))
      }
    }
    return runs
  }

  private struct Line: Hashable {
    let host: IPAddress
    let transport: Transport
    let hasHostPort: Bool
  }

  // The host, the transport and whether there is a host port are known to be the same.
  private func isFollowed(by port: PublishedPort) -> Bool {
    Int(port.containerPort) == Int(first.containerPort) + count
      && port.hostPort.map(Int.init) == first.hostPort.map { Int($0) + count }
  }
}

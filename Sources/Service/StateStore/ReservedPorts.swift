import Addressing
import NetworkModel

/// Ports of a container, stored as the name of an empty file, so that the allocated host ports can
/// be read from one directory.
struct ReservedPorts: Hashable, Sendable {
  let run: PortRun
  let container: ContainerID

  init(_ run: PortRun, of container: ContainerID) {
    self.run = run
    self.container = container
  }

  init?(name: String) {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 5, let transport = Transport(name: parts[0]),
      let hostPort = UInt16(parts[1]), let host = IPAddress(String(parts[2])),
      let container = ContainerID(String(parts[4]))
    else { return nil }
    let numbers = parts[3].split(separator: Self.plus, omittingEmptySubsequences: false)
    guard numbers.count <= 2, let containerPort = UInt16(numbers[0]),
      let count = numbers.count == 1 ? 1 : Int(numbers[1]),
      let run = PortRun(
        PublishedPort(
          host: host, hostPort: hostPort == 0 ? nil : hostPort, transport: transport,
          containerPort: containerPort), count: count)
    else { return nil }
    self.init(run, of: container)
  }

  var name: String {
    let port = run.first
    let count = run.count == 1 ? "" : "\(Self.plus)\(run.count)"
    return "\(port.transport.name)-\(port.hostPort ?? 0)-\(port.host)-\(port.containerPort)\(count)"
      + "-\(container)"
  }

  /// Whether a name may be that of several ports.
  static func isRun(_ name: String) -> Bool { name.utf8.contains(UInt8(ascii: "+")) }

  /// Its ports, one by one.
  var reservations: some Sequence<PortReservation> {
    run.ports.lazy.map { [container] in PortReservation($0, of: container) }
  }

  private static let plus: Character = "+"
}

extension PortReservation {
  /// The same as the only port of a file.
  var file: ReservedPorts { ReservedPorts(PortRun(port), of: container) }
}

package import Addressing
import NetworkModel

/// The published ports of all containers, including those that are gone.
///
/// They are parsed from file names, most of which are never examined closely.
package struct PortReservations: Sendable {
  private let names: [String]
  /// The names of single ports, by protocol and host port.
  private let places: [Substring: [Int]]
  private let runs: [ReservedPorts]

  init(names: [String]) {
    self.names = names
    var places: [Substring: [Int]] = [:]
    var runs: [ReservedPorts] = []
    for (place, name) in names.enumerated() {
      if ReservedPorts.isRun(name) {
        if let ports = ReservedPorts(name: name) { runs.append(ports) }
      } else {
        places[Self.beginning(of: name), default: []].append(place)
      }
    }
    self.places = places
    self.runs = runs
  }

  /// The reservations of this host port.
  package func reservations(_ transport: Transport, _ hostPort: UInt16) -> [PortReservation] {
    var found: [PortReservation] = []
    if !places.isEmpty {
      found += (places["\(transport.name)-\(hostPort)"] ?? []).flatMap { reservations(at: $0) }
    }
    for ports in runs where ports.run.contains(transport, hostPort: hostPort) {
      found += ports.reservations.filter { $0.port.hostPort == hostPort }
    }
    return found
  }

  /// All reservations, each parsed when it is reached.
  package var reservations: some Sequence<PortReservation> {
    names.lazy.compactMap { ReservedPorts(name: $0) }.flatMap(\.reservations)
  }

  private func reservations(at place: Int) -> [PortReservation] {
    ReservedPorts(name: names[place]).map { Array($0.reservations) } ?? []
  }

  /// A name up to its second dash: protocol and host port.
  private static func beginning(of name: String) -> Substring {
    let bytes = name.utf8
    let dash = UInt8(ascii: "-")
    guard let first = bytes.firstIndex(of: dash),
      let second = bytes[bytes.index(after: first)...].firstIndex(of: dash)
    else { return name[...] }
    return name[..<second]
  }
}

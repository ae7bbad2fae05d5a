package import Addressing
import NetworkModel

/// The published ports of all containers, including those that are gone.
///
/// They are parsed from file names, most of which are never examined closely.
package struct PortReservations: Sendable {
  private let names: [String]
  private let places: [Substring: [Int]]

  init(names: [String]) {
    self.names = names
    var places: [Substring: [Int]] = [:]
    for (place, name) in names.enumerated() {
      places[Self.beginning(of: name), default: []].append(place)
    }
    self.places = places
  }

  /// The reservations of this host port.
  package func reservations(_ transport: Transport, _ hostPort: UInt16) -> [PortReservation] {
    (places["\(transport.name)-\(hostPort)"] ?? []).compactMap { PortReservation(name: names[$0]) }
  }

  /// All reservations, each parsed when it is reached.
  package var reservations: some Sequence<PortReservation> {
    names.lazy.compactMap { PortReservation(name: $0) }
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

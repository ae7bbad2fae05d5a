public import Addressing
import NetworkModel

/// The published ports of all containers, those that are gone included.
///
/// They are read from the names of files, most of which are never looked at closely.
public struct TakenPorts: Sendable {
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

  /// The ports with this number on the host.
  public func markers(_ transport: Transport, _ hostPort: UInt16) -> [PortMarker] {
    (places["\(transport.name)-\(hostPort)"] ?? []).compactMap { PortMarker(name: names[$0]) }
  }

  /// All ports, each read when it is reached.
  public var markers: some Sequence<PortMarker> {
    names.lazy.compactMap { PortMarker(name: $0) }
  }

  /// A name up to its second dash: protocol and port of the host.
  private static func beginning(of name: String) -> Substring {
    let bytes = name.utf8
    let dash = UInt8(ascii: "-")
    guard let first = bytes.firstIndex(of: dash),
      let second = bytes[bytes.index(after: first)...].firstIndex(of: dash)
    else { return name[...] }
    return name[..<second]
  }
}

import Addressing
import NetworkModel
import Presentation

/// Labels of boxes and edges for formats that are laid out by other programs.
extension GraphNetwork {
  /// The maximum width of a name in a box, in cells.
  static let widestName = 60

  /// The lines of a network's box.
  var labelLines: [String] {
    [TerminalText.escaped(name).shortened(to: Self.widestName), device ?? driver.rawValue]
      + subnets.map { subnet in
        subnet.subnet.description + (subnet.gateway.map { " gateway \($0)" } ?? "")
      } + (isInternal ? ["internal"] : [])
  }

  /// The egress, with its families if there are several.
  func text(of egress: (families: [AddressFamily], egress: Egress)) -> String {
    let families =
      egresses.count > 1 ? egress.families.map(\.name).joined(separator: ", ") + " " : ""
    return families + egress.egress.text
  }
}

extension GraphAttachment {
  /// The lines on an edge.
  var labelLines: [String] {
    [interface?.name.description, interface?.mac?.description].compactMap { $0 } + addresses + ports
  }
}

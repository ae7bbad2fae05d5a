import Addressing
import NetworkModel
import Presentation

/// What the languages that draw by themselves say in boxes and at lines.
extension GraphNetwork {
  /// The widest that a name is shown in a box, in cells.
  static let widestName = 60

  /// The lines of a network's box.
  var labelLines: [String] {
    [VisibleText.of(name).shortened(to: Self.widestName), device ?? driver.rawValue]
      + subnets.map { subnet in
        subnet.subnet.description + (subnet.gateway.map { " gateway \($0)" } ?? "")
      } + (isInternal ? ["internal"] : [])
  }

  /// A way out, with its families where there are several ways.
  func text(of way: (families: [AddressFamily], way: WayOut)) -> String {
    let families = waysOut.count > 1 ? way.families.map(\.word).joined(separator: ", ") + " " : ""
    return families + way.way.text
  }
}

extension GraphAttachment {
  /// The lines at a connection.
  var labelLines: [String] {
    [interface?.name, interface?.mac.description].compactMap { $0 } + addresses + ports
  }
}

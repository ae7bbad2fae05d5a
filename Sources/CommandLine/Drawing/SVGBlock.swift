import Addressing
import NetworkModel
import Presentation

/// A network in an SVG drawing, with the boxes of its containers.
struct SVGBlock {
  private let network: GraphNetwork
  let boxes: [SVGBox]
  /// The lines below the name on the network's card.
  let lines: [String]

  static let lineHeight = 17
  static let padding = 9
  /// The vertical centre of the first line.
  static let firstLine = padding + lineHeight / 2
  private static let boxGap = 5

  init(_ network: GraphNetwork, _ containers: [GraphContainer]) {
    self.network = network
    boxes = network.attachments.map { SVGBox($0, containers[$0.container]) }
    lines =
      [network.device ?? network.driver.rawValue]
      + network.subnets.flatMap { subnet in
        [subnet.subnet.description] + (subnet.gateway.map { ["gateway \($0)"] } ?? [])
      }
  }

  /// The displayed name.
  var name: String { TerminalText.escaped(network.name).shortened(to: SVGMeasures.widestName) }

  /// The displayed egresses.
  var egresses: [String] { network.egresses.map { network.text(of: $0) } }

  /// Whether any packet leaves the host.
  var leavesHost: Bool { network.egresses.contains { $0.egress.kind != .none } }

  var height: Int {
    let boxes = boxes.reduce(0) { $0 + $1.height + Self.boxGap } - Self.boxGap
    return max(cardHeight, boxes)
  }

  private var cardHeight: Int { (lines.count + 1) * Self.lineHeight + Self.padding * 2 }

  func draw(on canvas: inout SVGCanvas, left: Int, top: Int, _ measures: SVGMeasures) {
    drawWaysOut(on: &canvas, left: left, top: top, measures)
    drawConnections(on: &canvas, left: left, top: top, measures)
    let x = left + measures.wayWidth
    canvas.group(title: "\(network.name) \(network.id)") { canvas in
      canvas.rectangle(
        x: x, y: top, width: measures.cardWidth, height: cardHeight,
        class: network.isInternal ? "card inner" : "card")
      canvas.text(name, x: x + 12, y: Self.baseline(top, 0), class: "name")
      for (index, line) in lines.enumerated() {
        canvas.text(
          line, x: x + 12, y: Self.baseline(top, index + 1),
          class: index == 0 || line.hasPrefix("gateway") ? "faint" : "")
      }
    }
    var y = top
    for box in boxes {
      box.draw(on: &canvas, left: left + measures.boxOffset, top: y, measures)
      y += box.height + Self.boxGap
    }
  }

  static func baseline(_ top: Int, _ line: Int) -> Int { top + padding + 12 + line * lineHeight }

  private func drawWaysOut(
    on canvas: inout SVGCanvas, left: Int, top: Int, _ measures: SVGMeasures
  ) {
    let y = top + Self.firstLine
    let isCautious = network.egresses.contains { $0.egress.isUnprotected }
    if leavesHost {
      canvas.path(
        "M\(left + measures.wayWidth) \(y)H\(left + 3)m7 -4l-7 4l7 4",
        class: isCautious ? "way cautious" : "way")
    }
    for (index, egress) in network.egresses.enumerated() {
      canvas.text(
        network.text(of: egress), x: left + 16,
        // The first above the line, the others below it.
        y: leavesHost ? (index == 0 ? y - 6 : y + 2 + index * 14) : y + 4,
        class: egress.egress.isUnprotected
          ? "small caution" : leavesHost ? "small good" : "small faint")
    }
  }

  // A trunk with a branch to each box; parts with default routes are painted dark afterwards.
  private func drawConnections(
    on canvas: inout SVGCanvas, left: Int, top: Int, _ measures: SVGMeasures
  ) {
    let start = left + measures.wayWidth + measures.cardWidth
    let end = left + measures.boxOffset
    let trunk = (start + end) / 2
    let root = top + Self.firstLine
    var y = top
    var branches: [(y: Int, isRoute: Bool)] = []
    for box in boxes {
      branches.append((y + Self.firstLine, box.isRoute))
      y += box.height + Self.boxGap
    }
    for isRoute in [false, true] {
      let reached = branches.filter { $0.isRoute == isRoute }
      guard let last = reached.last else { continue }
      let data =
        "M\(start) \(root)H\(trunk)V\(last.y)" + reached.map { "M\(trunk) \($0.y)H\(end)" }.joined()
      canvas.path(data, class: isRoute ? "line route" : "line")
    }
  }
}

/// A container on one of its networks.
struct SVGBox {
  private let attachment: GraphAttachment
  private let container: GraphContainer

  init(_ attachment: GraphAttachment, _ container: GraphContainer) {
    self.attachment = attachment
    self.container = container
  }

  /// The displayed name.
  var name: String { container.label(within: SVGMeasures.widestName) }
  /// The interface in the container.
  var interface: String { attachment.interface?.name.description ?? "" }
  var addresses: [String] { attachment.addresses }
  /// The hardware address.
  var mac: String { attachment.interface?.mac?.description ?? "" }
  /// Whether the endpoint owns a default route.
  var isRoute: Bool { !attachment.routes.isEmpty }
  var height: Int {
    (max(1, addresses.count) + notes.count) * SVGBlock.lineHeight + SVGBlock.padding * 2
  }

  private var notes: [(text: String, isPort: Bool)] {
    let names = attachment.otherNetworks.map(TerminalText.escaped).joined(separator: ", ")
    return attachment.ports.map { ($0, true) }
      + (names.isEmpty ? [] : [("also on " + names, false)])
  }

  func draw(on canvas: inout SVGCanvas, left: Int, top: Int, _ measures: SVGMeasures) {
    let mark = container.mark.map { "m\($0 % 6)" }
    let x = left + 14
    canvas.group(title: title) { canvas in
      canvas.rectangle(x: left, y: top, width: measures.boxWidth, height: height, class: "box")
      if let mark {
        canvas.rectangle(x: left, y: top, width: 5, height: height, class: mark)
      }
      let y = SVGBlock.baseline(top, 0)
      canvas.text(name, x: x, y: y, class: mark.map { "name " + $0 } ?? "name")
      canvas.text(interface, x: x + measures.interfaceOffset, y: y)
      canvas.text(mac, x: x + measures.macOffset, y: y, class: "faint")
      for (index, address) in addresses.enumerated() {
        canvas.text(address, x: x + measures.addressOffset, y: SVGBlock.baseline(top, index))
      }
      for (index, note) in notes.enumerated() {
        canvas.text(
          note.text.shortened(to: measures.noteCells), x: x,
          y: SVGBlock.baseline(top, max(1, addresses.count) + index),
          class: "small \(note.isPort ? "good" : mark ?? "")")
      }
    }
  }

  private var title: String {
    let names = container.memberships.map(\.name).joined(separator: ", ")
    return "\(container.label) \(container.id) on \(names)"
      + (attachment.routeText.map { "; \($0)" } ?? "")
  }
}

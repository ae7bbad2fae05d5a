import Addressing
import NetworkModel
import Presentation

/// A graph as lines for a terminal: networks, and below each its containers, in columns that are
/// aligned throughout.
struct TreeDrawing {
  private let style: TreeStyle

  /// The widest that a name is shown.
  private static let widestName = 40

  init(_ style: TreeStyle) {
    self.style = style
  }

  /// The lines; on a terminal too narrow for all columns, gateways and hardware addresses stand
  /// below the addresses.
  func text(of graph: NetworkGraph) -> String {
    let wide = grid(graph, isNarrow: false)
    guard let width = style.width, wide.width > width else { return wide.text(style) }
    return grid(graph, isNarrow: true).text(style)
  }

  private func grid(_ graph: NetworkGraph, isNarrow: Bool) -> TextGrid {
    var grid = TextGrid()
    var titles = ["NETWORK", "INTERFACE", "ADDRESS", "GATEWAY, MAC", "WAY OUT, PORTS"]
    if isNarrow { titles.remove(at: 3) }
    grid.add(titles.map { [StyledText($0, .faint)] })
    for network in graph.networks {
      grid.addSeparator()
      add(network, to: &grid, isNarrow)
      for attachment in network.attachments {
        let isLast = attachment.container == network.attachments.last?.container
        add(
          attachment, graph.containers[attachment.container], to: &grid, isLast: isLast, isNarrow)
      }
    }
    return grid
  }

  private func add(_ network: GraphNetwork, to grid: inout TextGrid, _ isNarrow: Bool) {
    var (subnets, gateways, ways): ([StyledText], [StyledText], [StyledText]) = ([], [], [])
    for subnet in network.subnets {
      let gateway = StyledText(subnet.gateway?.description ?? "", .faint)
      subnets.append(StyledText(subnet.subnet.description))
      ways.append(StyledText(subnet.wayOut.text, Self.look(subnet.wayOut)))
      if isNarrow {
        subnets.append(gateway)
        ways.append(StyledText(""))
      } else {
        gateways.append(gateway)
      }
    }
    let stem = network.attachments.isEmpty ? "" : marks.trunk
    let names = [StyledText(name(network.name), .strong)]
    let device = [StyledText(network.device ?? network.driver.rawValue, .faint)]
    grid.add(
      [names, device, subnets] + (isNarrow ? [] : [gateways]) + [ways],
      continuing: StyledText(stem, .faint))
  }

  private func add(
    _ attachment: GraphAttachment, _ container: GraphContainer, to grid: inout TextGrid,
    isLast: Bool, _ isNarrow: Bool
  ) {
    let mac = StyledText(attachment.interface?.mac.description ?? "", .faint)
    let addresses = attachment.addresses.map { StyledText($0) }
    let look = container.mark.map { StyledText.Look.mark($0) } ?? .plain
    let columns =
      [
        [StyledText(container.label(within: Self.widestName, mark: ellipsis), look)],
        [StyledText(attachment.interface?.name ?? "")],
        isNarrow ? addresses + [mac] : addresses,
      ] + (isNarrow ? [] : [[mac]]) + [notes(attachment, look)]
    grid.add(
      columns, prefix: StyledText(isLast ? marks.lastBranch : marks.branch, .faint),
      continuing: StyledText(isLast ? "" : marks.trunk, .faint))
  }

  private func notes(_ attachment: GraphAttachment, _ look: StyledText.Look) -> [StyledText] {
    var notes: [StyledText] = []
    if let route = attachment.routeText { notes.append(StyledText(route, .faint)) }
    notes += attachment.ports.map { StyledText($0, .good) }
    if !attachment.otherNetworks.isEmpty {
      let names = attachment.otherNetworks.map { name($0) }.joined(separator: ", ")
      notes.append(StyledText("also on \(names)", look))
    }
    return notes
  }

  private func name(_ text: String) -> String {
    VisibleText.of(text).shortened(to: Self.widestName, mark: ellipsis)
  }

  private var ellipsis: String { style.hasUnicode ? "…" : "..." }

  private static func look(_ way: WayOut) -> StyledText.Look {
    switch way.kind {
    case _ where way.isUnprotected: .caution
    case .none: .faint
    case .masquerade, .sourceAddress, .routed, .untranslated: .good
    }
  }

  private var marks: (branch: String, lastBranch: String, trunk: String) {
    style.hasUnicode ? ("├─ ", "└─ ", "│") : ("|- ", "`- ", "|")
  }
}

import Addressing
import NetworkModel
import Presentation

/// A tree for a terminal: networks, and below each its containers, in aligned columns.
struct TreeDrawing {
  private let style: TreeStyle

  /// The maximum width of a name.
  private static let widestName = 40

  init(_ style: TreeStyle) {
    self.style = style
  }

  private enum Layout {
    case wide
    /// Gateways and hardware addresses are below the addresses.
    case narrow
    /// Everything is below the name.
    case stacked
  }

  /// The lines, in the widest layout that fits the terminal.
  func text(of graph: NetworkGraph) -> String {
    for layout in [Layout.wide, .narrow] {
      let grid = grid(graph, layout)
      if grid.width <= style.width ?? .max { return grid.text(style) }
    }
    return grid(graph, .stacked).text(style)
  }

  private func grid(_ graph: NetworkGraph, _ layout: Layout) -> TextGrid {
    var grid = TextGrid()
    if let titles = titles(layout) { grid.add(titles.map { [StyledText($0, .faint)] }) }
    for (place, network) in graph.networks.enumerated() {
      if place > 0 || layout != .stacked { grid.addSeparator() }
      add(network, to: &grid, layout)
      for attachment in network.attachments {
        let isLast = attachment.container == network.attachments.last?.container
        add(
          attachment, graph.containers[attachment.container], to: &grid, isLast: isLast, layout)
      }
    }
    return grid
  }

  private func titles(_ layout: Layout) -> [String]? {
    switch layout {
    case .wide: ["NETWORK", "INTERFACE", "ADDRESS", "GATEWAY, MAC", "WAY OUT, PORTS"]
    case .narrow: ["NETWORK", "INTERFACE", "ADDRESS", "WAY OUT, PORTS"]
    case .stacked: nil
    }
  }

  private func add(_ network: GraphNetwork, to grid: inout TextGrid, _ layout: Layout) {
    let name = StyledText(name(network.name), .strong)
    let device = StyledText(TerminalText.escaped(network.device ?? network.driver.rawValue), .faint)
    let subnets = network.subnets.map { StyledText($0.subnet.description) }
    let gateways = network.subnets.map { StyledText($0.gateway?.description ?? "", .faint) }
    let egresses = network.subnets.map { StyledText($0.egress.text, Self.look($0.egress)) }
    let columns: [[StyledText]]
    switch layout {
    case .wide: columns = [[name], [device], subnets, gateways, egresses]
    case .narrow:
      let addresses = zip(subnets, gateways).flatMap { [$0, $1] }
      columns = [[name], [device], addresses, egresses.flatMap { [$0, StyledText("")] }]
    case .stacked:
      let details = zip(zip(subnets, gateways), egresses).flatMap { [$0.0, $0.1, $1] }
      columns = [[name, device] + details.filter { !$0.text.isEmpty }]
    }
    grid.add(columns, continuing: stem(isLast: network.attachments.isEmpty, layout))
  }

  private func add(
    _ attachment: GraphAttachment, _ container: GraphContainer, to grid: inout TextGrid,
    isLast: Bool, _ layout: Layout
  ) {
    let look = container.mark.map { StyledText.Look.mark($0) } ?? .plain
    let name = StyledText(container.label(within: Self.widestName, mark: ellipsis), look)
    let interface =
      attachment.interface.map { [StyledText(TerminalText.escaped($0.name.description))] } ?? []
    let mac = attachment.interface?.mac.map { [StyledText($0.description, .faint)] } ?? []
    let addresses = attachment.addresses.map { StyledText($0) }
    let notes = notes(attachment, look)
    let columns: [[StyledText]] =
      switch layout {
      case .wide: [[name], interface, addresses, mac, notes]
      case .narrow: [[name], interface, addresses + mac, notes]
      case .stacked: [[name] + interface + addresses + mac + notes]
      }
    grid.add(
      columns, prefix: StyledText(isLast ? marks.lastBranch : marks.branch, .faint),
      continuing: stem(isLast: isLast, layout))
  }

  // Lines below a name in its column are offset from the stem.
  private func stem(isLast: Bool, _ layout: Layout) -> StyledText {
    let trunk = isLast ? "" : marks.trunk
    let text = layout == .stacked ? trunk + String(repeating: " ", count: 3 - trunk.count) : trunk
    return StyledText(text, .faint)
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
    TerminalText.escaped(text).shortened(to: Self.widestName, mark: ellipsis)
  }

  private var ellipsis: String { style.hasUnicode ? "…" : "..." }

  private static func look(_ egress: Egress) -> StyledText.Look {
    switch egress.kind {
    case _ where egress.isUnprotected: .caution
    case .none, .plugin: .faint
    case .masquerade, .sourceAddress, .routed, .untranslated: .good
    }
  }

  private var marks: (branch: String, lastBranch: String, trunk: String) {
    style.hasUnicode ? ("├─ ", "└─ ", "│") : ("|- ", "`- ", "|")
  }
}

import NetworkModel
import Presentation

/// An SVG drawing: networks below each other in lanes, each with its containers on the right and a
/// line to the outside on the left.
///
/// A container on several networks appears at each of them in the same colour, so that no lines
/// cross. A dark line leads from a container to the network that owns its default route.
struct SVGDrawing {
  private let graph: NetworkGraph
  private let blocks: [SVGBlock]
  private let measures: SVGMeasures
  private var canvas = SVGCanvas()
  private var size = (width: 0, height: 0)

  private static let margin = 28
  private static let heading = 58
  private static let laneGap = 44
  private static let blockGap = 20

  init(_ graph: NetworkGraph) {
    self.graph = graph
    blocks = graph.networks.map { SVGBlock($0, graph.containers) }
    measures = SVGMeasures(blocks)
    draw()
  }

  /// The document.
  var text: String {
    let (width, height) = size
    let head = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)">
      <title>Networks</title>
      <style>\(Self.styles)</style>
      <rect width="\(width)" height="\(height)" fill="#ffffff"/>
      """
    return ([head] + canvas.elements + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private mutating func draw() {
    let lanes = lanes()
    var bottom = 0
    for (number, lane) in lanes.enumerated() {
      let left = Self.margin + number * (measures.laneWidth + Self.laneGap)
      bottom = max(bottom, draw(lane, left: left))
    }
    canvas.text("Networks", x: Self.margin, y: 36, class: "heading")
    canvas.text(summary, x: Self.margin + 92, y: 36, class: "faint")
    let width =
      Self.margin * 2 + lanes.count * (measures.laneWidth + Self.laneGap) - Self.laneGap
    size = (max(width, 480), drawLegend(below: bottom) + Self.margin)
  }

  // Networks keep their order, from top to bottom of a lane, continued in the next.
  private func lanes() -> [[SVGBlock]] {
    guard !blocks.isEmpty else { return [[]] }
    let total = blocks.reduce(0) { $0 + $1.height + Self.blockGap }
    // Aims at the proportions of a landscape sheet.
    let candidates = (1...min(blocks.count, 8)).map { count in
      let width = count * (measures.laneWidth + Self.laneGap)
      return (count: count, distance: abs(width * 10 - total / count * 15))
    }
    let count = candidates.min { $0.distance < $1.distance }?.count ?? 1
    var lanes: [[SVGBlock]] = [[]]
    var (done, height) = (0, 0)
    for block in blocks {
      let middle = done + height + (block.height + Self.blockGap) / 2
      if middle > total * lanes.count / count, lanes[lanes.count - 1].isEmpty == false,
        lanes.count < count
      {
        lanes.append([])
        done += height
        height = 0
      }
      lanes[lanes.count - 1].append(block)
      height += block.height + Self.blockGap
    }
    return lanes
  }

  /// Draws one lane; returns its bottom.
  private mutating func draw(_ lane: [SVGBlock], left: Int) -> Int {
    var top = Self.heading + 34
    var lowestWayOut: Int?
    for block in lane {
      if block.leavesHost { lowestWayOut = top + SVGBlock.firstLine }
      block.draw(on: &canvas, left: left, top: top, measures)
      top += block.height + Self.blockGap
    }
    if let lowestWayOut {
      canvas.path("M\(left) \(Self.heading + 20)V\(lowestWayOut)", class: "rail")
      canvas.text("outside", x: left - 2, y: Self.heading + 12, class: "outside")
    }
    return top - Self.blockGap
  }

  private mutating func drawLegend(below bottom: Int) -> Int {
    let y = bottom + 38
    canvas.path("M\(Self.margin) \(y - 4)h28", class: "line route")
    canvas.text("default route", x: Self.margin + 36, y: y, class: "faint")
    canvas.path("M\(Self.margin + 160) \(y - 4)h28", class: "line")
    canvas.text("other connection", x: Self.margin + 196, y: y, class: "faint")
    return y
  }

  private var summary: String {
    let (networks, containers) = (graph.networks.count, graph.containers.count)
    return "\(networks) \(networks == 1 ? "network" : "networks"), "
      + "\(containers) \(containers == 1 ? "container" : "containers")"
  }

  private static let styles = """

    text{font-family:'DejaVu Sans Mono',Menlo,Consolas,monospace;font-size:12px;fill:#243240;white-space:pre}
    .heading{font-size:17px;font-weight:bold}
    .name{font-weight:bold}
    .faint{fill:#7a8896}
    .small{font-size:11px}
    .card{fill:#eaf2f8;stroke:#8fb3cc}
    .inner{fill:#f0f1f3;stroke:#b4bcc4}
    .box{fill:#fafbfc;stroke:#d3dae1}
    .line{fill:none;stroke:#c4cdd6;stroke-width:1.4}
    .route{stroke:#4b6072;stroke-width:1.8}
    .rail{fill:none;stroke:#3c7a68;stroke-width:3}
    .outside,.good{fill:#2f6f5d}
    .way{fill:none;stroke:#3c7a68;stroke-width:1.6}
    .caution{fill:#b0600f}
    .cautious{stroke:#c8761d}
    .m0{fill:#2f6db3}.m1{fill:#8a4fa3}.m2{fill:#b0600f}.m3{fill:#2c7f86}.m4{fill:#a83e5b}.m5{fill:#5d7a1f}

    """
}

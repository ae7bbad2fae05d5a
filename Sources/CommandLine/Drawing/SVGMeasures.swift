import Presentation

/// The widths that all networks of a drawing share, so that their columns align.
struct SVGMeasures {
  /// The maximum width of a name, in cells.
  static let widestName = 30

  private static let gap = 14
  private static let stem = 46

  /// From the outside to a network's card.
  let wayWidth: Int
  let cardWidth: Int
  let boxWidth: Int
  let interfaceOffset: Int
  let addressOffset: Int
  let macOffset: Int

  init(_ blocks: [SVGBlock]) {
    let boxes = blocks.flatMap(\.boxes)
    wayWidth = Self.width(blocks.flatMap(\.egresses), size: 11) + 34
    cardWidth = max(150, Self.width(blocks.flatMap { [$0.name] + $0.lines }) + 24)
    interfaceOffset = Self.width(boxes.map(\.name)) + Self.gap
    addressOffset = interfaceOffset + Self.width(boxes.map(\.interface)) + Self.gap
    macOffset = addressOffset + Self.width(boxes.flatMap(\.addresses)) + Self.gap
    boxWidth = macOffset + Self.width(boxes.map(\.mac)) + 26
  }

  /// From the left edge of a lane to the boxes of containers.
  var boxOffset: Int { wayWidth + cardWidth + Self.stem }

  /// The width of a lane.
  var laneWidth: Int { boxOffset + boxWidth }

  /// The number of cells for a note in a box.
  var noteCells: Int { (boxWidth - 26) * 100 / (11 * 61) }

  private static func width(_ texts: [String], size: Int = SVGCanvas.textSize) -> Int {
    SVGCanvas.width(ofCells: texts.map(TerminalWidth.of).max() ?? 0, size: size)
  }
}

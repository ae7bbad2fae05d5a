import Presentation

/// The elements of an SVG drawing, in painting order.
///
/// All text uses a monospaced font, so that its width is known without font metrics.
struct SVGCanvas {
  private(set) var elements: [String] = []

  /// The width of a terminal cell at each text size, in hundredths of a pixel.
  static func width(ofCells cells: Int, size: Int = textSize) -> Int {
    (cells * size * 61 + 99) / 100
  }

  static let textSize = 12

  mutating func rectangle(x: Int, y: Int, width: Int, height: Int, class name: String) {
    elements.append(
      #"<rect class="\#(name)" x="\#(x)" y="\#(y)" width="\#(width)" height="\#(height)" rx="4"/>"#)
  }

  mutating func path(_ data: String, class name: String) {
    elements.append(#"<path class="\#(name)" d="\#(data)"/>"#)
  }

  mutating func text(_ text: String, x: Int, y: Int, class name: String = "") {
    guard !text.isEmpty else { return }
    let attribute = name.isEmpty ? "" : #" class="\#(name)""#
    elements.append(#"<text\#(attribute) x="\#(x)" y="\#(y)">\#(Self.escaped(text))</text>"#)
  }

  /// Groups elements; `title` is their tooltip.
  mutating func group(title: String, _ body: (inout SVGCanvas) -> Void) {
    elements.append("<g><title>\(Self.escaped(title))</title>")
    body(&self)
    elements.append("</g>")
  }

  private static func escaped(_ text: String) -> String {
    TerminalText.escaped(text).unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      default: String(scalar)
      }
    }.joined()
  }
}

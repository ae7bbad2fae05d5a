import Presentation

/// The elements of an SVG picture, in the order in which they are painted.
///
/// All text is of one monospaced font, so that its width is known without asking a font.
struct SVGCanvas {
  private(set) var elements: [String] = []

  /// Hundredths of a pixel that a terminal cell takes at each size of text.
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

  /// Draws what belongs together; `title` is shown while the pointer rests on it.
  mutating func group(title: String, _ body: (inout SVGCanvas) -> Void) {
    elements.append("<g><title>\(Self.escaped(title))</title>")
    body(&self)
    elements.append("</g>")
  }

  private static func escaped(_ text: String) -> String {
    VisibleText.of(text).unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      default: String(scalar)
      }
    }.joined()
  }
}

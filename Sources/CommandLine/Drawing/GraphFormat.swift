import OrderedJSON
import Presentation

/// A form in which graphs are drawn.
package enum GraphFormat: String, CaseIterable, Sendable {
  /// Lines for a terminal.
  case tree
  /// Graphviz DOT.
  case dot
  /// Mermaid, which many web pages and Markdown viewers render.
  case mermaid
  case json
  case svg

  /// A short description.
  package var summary: String {
    switch self {
    case .tree: "A tree for a terminal"
    case .dot: "Graphviz"
    case .mermaid: "Mermaid"
    case .json: "A JSON document"
    case .svg: "An SVG image"
    }
  }

  /// The drawing, including its final newline.
  package func drawing(of graph: NetworkGraph, style: TreeStyle) -> [UInt8] {
    switch self {
    case .tree: Array(TreeDrawing(style).text(of: graph).utf8)
    case .dot: Array(DotDrawing.text(of: graph).utf8)
    case .mermaid: Array(MermaidDrawing.text(of: graph).utf8)
    case .json: JSONDrawing.document(of: graph).bytes() + [UInt8(ascii: "\n")]
    case .svg: Array(SVGDrawing(graph).text.utf8)
    }
  }
}

extension String {
  /// The text truncated to a number of terminal cells, ending in a mark if anything is missing.
  func shortened(to cells: Int, mark: String = "…") -> String {
    guard TerminalWidth.of(self) > cells else { return self }
    var (text, width) = ("", TerminalWidth.of(mark))
    for character in self {
      width += TerminalWidth.of(String(character))
      if width > cells { break }
      text.append(character)
    }
    return text + mark
  }
}

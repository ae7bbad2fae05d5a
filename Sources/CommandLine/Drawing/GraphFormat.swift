import OrderedJSON
import Presentation

/// A form in which graphs are drawn.
public enum GraphFormat: String, CaseIterable, Sendable {
  /// Lines for a terminal.
  case tree
  /// The language of Graphviz.
  case dot
  /// The language of Mermaid, which web pages and readers of Markdown draw.
  case mermaid
  /// A document for programs.
  case json
  /// A picture.
  case svg

  /// What it is, in a few words.
  public var summary: String {
    switch self {
    case .tree: "Lines for a terminal"
    case .dot: "Graphviz"
    case .mermaid: "Mermaid"
    case .json: "A document for programs"
    case .svg: "A picture"
    }
  }

  /// The drawing, with the end of its last line.
  public func drawing(of graph: NetworkGraph, style: TreeStyle) -> [UInt8] {
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
  /// The beginning of a text that is wider than so many terminal cells, with a mark of what is
  /// missing.
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

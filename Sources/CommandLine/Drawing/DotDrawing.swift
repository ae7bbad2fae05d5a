import NetworkModel
import Presentation

/// A Graphviz graph: containers on the left, their networks in the middle, the outside on the
/// right. A bold edge is a container's default route.
enum DotDrawing {
  static func text(of graph: NetworkGraph) -> String {
    var lines = [
      "digraph networks {",
      "  graph [rankdir=LR, bgcolor=white, ranksep=1.4, nodesep=0.15, fontname=monospace];",
      "  node [shape=box, style=filled, fillcolor=white, color=gray60, fontname=monospace, "
        + "fontsize=11];",
      "  edge [color=gray50, fontname=monospace, fontsize=9];",
      "  outside [shape=ellipse, fillcolor=gray92];",
    ]
    for (index, container) in graph.containers.enumerated() {
      let color = container.mark == nil ? "" : ", color=\"#2f6db3\", penwidth=1.6"
      lines.append(
        "  c\(index) [label=\(label([container.label(within: GraphNetwork.widestName)]))\(color)];")
    }
    for (index, network) in graph.networks.enumerated() {
      let color = network.isInternal ? "gray92" : "\"#e4f0f7\""
      lines.append(
        "  n\(index) [label=\(label(network.labelLines, ending: "\\l")), fillcolor=\(color)];")
      lines += network.attachments.map { edge($0, network: index) }
      lines += network.egresses.filter { $0.egress.kind != .none }.map { egress in
        "  n\(index) -> outside [label=\(label([network.text(of: egress)]))];"
      }
    }
    return lines.joined(separator: "\n") + "\n}\n"
  }

  private static func edge(_ attachment: GraphAttachment, network: Int) -> String {
    let label = label(attachment.labelLines)
    let look = attachment.routes.isEmpty ? "" : ", style=bold, color=gray20"
    return "  c\(attachment.container) -> n\(network) [dir=none, label=\(label)\(look)];"
  }

  // In a label, a backslash starts an escape sequence, and an ampersand an HTML entity.
  private static func label(_ lines: [String], ending: String = "\\n") -> String {
    let quoted = lines.map { line in
      TerminalText.escaped(line).map { character in
        switch character {
        case "\\", "\"": "\\" + String(character)
        case "&": "&amp;"
        default: String(character)
        }
      }.joined()
    }
    return "\""
      + (ending == "\\l"
        ? quoted.map { $0 + ending }.joined() : quoted.joined(separator: ending))
      + "\""
  }
}

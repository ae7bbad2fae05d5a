import NetworkModel
import Presentation

/// A Mermaid graph: containers on the left, their networks in the middle, the outside on the right.
/// A thick edge is a container's default route.
enum MermaidDrawing {
  static func text(of graph: NetworkGraph) -> String {
    var lines = ["flowchart LR", "  outside([outside])"]
    for (index, container) in graph.containers.enumerated() {
      lines.append("  c\(index)[\(label([container.label(within: GraphNetwork.widestName)]))]")
    }
    for (index, network) in graph.networks.enumerated() {
      lines.append("  n\(index)[\(label(network.labelLines))]:::\(style(of: network))")
      lines += network.attachments.map { attachment in
        let line = attachment.routes.isEmpty ? "---" : "==="
        let label = attachment.labelLines.isEmpty ? "" : "|\(self.label(attachment.labelLines))|"
        return "  c\(attachment.container) \(line)\(label) n\(index)"
      }
      lines += network.egresses.filter { $0.egress.kind != .none }.map { egress in
        "  n\(index) -->|\(label([network.text(of: egress)]))| outside"
      }
    }
    lines += [
      "  classDef default fill:#ffffff,stroke:#8a97a3,color:#1f2933",
      "  classDef network fill:#e4f0f7,stroke:#5d8fb0,color:#1f2933",
      "  classDef inner fill:#eef0f2,stroke:#8a97a3,color:#1f2933",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func style(of network: GraphNetwork) -> String {
    network.isInternal ? "inner" : "network"
  }

  // Mermaid interprets HTML and Markdown in labels; special characters are written as numeric
  // entities, which start with `#` in Mermaid.
  private static func label(_ lines: [String]) -> String {
    let quoted = lines.map { line in
      TerminalText.escaped(line).unicodeScalars.map { scalar in
        isPlain(scalar) ? String(scalar) : "#\(scalar.value);"
      }.joined()
    }
    return "\"" + quoted.joined(separator: "<br/>") + "\""
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ":", "/", "-", ",": true
    default: !scalar.isASCII
    }
  }
}

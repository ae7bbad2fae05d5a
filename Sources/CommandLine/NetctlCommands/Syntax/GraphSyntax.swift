public import Drawing
public import PFlag

/// The command line of `netctl network graph`.
public enum GraphSyntax {
  /// `--format`
  public static let format = Flag<GraphFormat>.choice(
    "format", default: .tree, values: .graphFormat,
    help: "Form of the drawing: " + GraphFormat.allCases.map(\.rawValue).joined(separator: ", "))

  /// The command.
  public static let command = Command<NetctlVerb>(
    "graph", usage: "[OPTIONS] [NETWORK...]",
    summary: "Draw networks, their containers and the routes to the outside",
    flags: [format.declaration],
    arguments: .atLeast(0), words: [.network], action: .graph)
}

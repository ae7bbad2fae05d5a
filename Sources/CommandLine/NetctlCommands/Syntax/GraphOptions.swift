package import Drawing
package import PFlag

/// The command line of `netctl network graph`.
package enum GraphOptions {
  package static let format = Flag<GraphFormat>.choice(
    "format", default: .tree, values: .graphFormat,
    help: "Output format: " + GraphFormat.allCases.map(\.rawValue).joined(separator: ", "))

  package static let command = Command<NetctlVerb>(
    "graph", usage: "[OPTIONS] [NETWORK...]",
    summary: "Draw networks, their containers and the routes to the outside",
    flags: [format.declaration],
    arguments: .atLeast(0), words: [.network], action: .graph)
}

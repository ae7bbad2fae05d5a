package import PFlag

/// The command lines of `netctl container inspect` and `netctl inspect`.
package enum ObjectInspectOptions {
  package static let format = Flag.string(
    "format", short: "f", values: .containerFormat, help: FormatHelp.inspect)

  /// Containers have no sizes for netctl; scripts may ask for them.
  package static let size = Flag.bool(
    "size", short: "s", help: "Accepted for scripts; netctl knows no sizes")
  package static let type = Flag.string(
    "type", values: .objectType, help: "Only inspect objects of the given type")

  /// `netctl container inspect`
  package static let containerCommand = Command<NetctlVerb>(
    "inspect", usage: "[OPTIONS] CONTAINER [CONTAINER...]",
    summary: "Display detailed information on one or more containers",
    flags: [format.declaration, size.declaration],
    arguments: .atLeast(1), words: [.anyContainer], action: .inspectContainer)

  /// `netctl inspect`
  package static let command = Command<NetctlVerb>(
    "inspect", usage: "[OPTIONS] NAME|ID [NAME|ID...]",
    summary: "Return low-level information on containers and networks",
    flags: [format.declaration, size.declaration, type.declaration],
    arguments: .atLeast(1), words: [.containerOrNetwork], action: .inspectObject)
}

package import PFlag

/// The command lines of `netctl system`.
package enum SystemOptions {
  package static let format = Flag.string(
    "format", values: .configurationFormat, help: FormatHelp.list)

  /// `netctl system config`
  static let config = Command<NetctlVerb>(
    "config", usage: "[OPTIONS]", summary: "Show the configuration that is in force",
    flags: [format.declaration], arguments: .none, words: [], action: .showConfiguration)

  /// `netctl system cdi`
  static let cdi = Command<NetctlVerb>(
    "cdi", usage: "", summary: "Offer networks to container engines as devices",
    flags: [], arguments: .none, words: [], action: .writeDevices)
}

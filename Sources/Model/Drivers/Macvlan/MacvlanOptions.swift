import KernelModel
import NetworkModel

/// The options of a macvlan network, parsed from `--opt`. The parent is parsed by ``ParentLink``.
struct MacvlanOptions: Hashable, Sendable {
  static let modeKey = "macvlan_mode"

  let mode: MacvlanMode

  /// Parses the options; unknown ones are ignored.
  init(_ options: [String: String]) throws(OptionError) {
    mode = try OptionReader(options: options).word(
      Self.modeKey, default: .bridge, of: .macvlan, subject: .mode)
    try ParentLink.check(options, .macvlan)
  }
}

extension MacvlanOptions {
  /// The options that users set, ordered by key.
  static let descriptions = [
    OptionDescription(
      AnnouncementOptions.countKey, .any, "0 disables the announcement of new addresses"),
    OptionDescription(OptionReader.mtuKey, .any, "MTU in bytes"),
    OptionDescription(
      modeKey, .words(MacvlanMode.allCases.map(\.rawValue)), "What interfaces may exchange"),
    OptionDescription(ParentLink.key, .interfaces, "Interface of the host, or INTERFACE.VLAN"),
  ]
}

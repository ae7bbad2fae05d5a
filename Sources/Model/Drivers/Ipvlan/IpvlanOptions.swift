import KernelModel
import NetworkModel

/// The options of an ipvlan network, parsed from `--opt`. The parent is parsed by ``ParentLink``.
struct IpvlanOptions: Hashable, Sendable {
  static let modeKey = "ipvlan_mode"
  static let flagKey = "ipvlan_flag"

  let mode: IpvlanMode
  let reach: IpvlanReach

  /// Parses the options; unknown ones are ignored.
  init(_ options: [String: String]) throws(OptionError) {
    let reader = OptionReader(options: options)
    mode = try reader.word(Self.modeKey, default: .l2, of: .ipvlan, subject: .mode)
    reach = try reader.word(Self.flagKey, default: .bridge, of: .ipvlan, subject: .flag)
    try ParentLink.check(options, .ipvlan)
  }
}

extension IpvlanOptions {
  /// The options that users set, ordered by key.
  static let descriptions = [
    OptionDescription(OptionReader.mtuKey, .any, "MTU in bytes"),
    OptionDescription(
      flagKey, .words(IpvlanReach.allCases.map(\.rawValue)), "What interfaces may exchange"),
    OptionDescription(
      modeKey, .words(IpvlanMode.allCases.map(\.rawValue)),
      "Whether the parent switches or routes"),
    OptionDescription(ParentLink.key, .interfaces, "Interface of the host, or INTERFACE.VLAN"),
  ]
}

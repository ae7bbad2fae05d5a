import PFlag

/// The command lines of `netctl system`.
enum SystemOptions {
  /// `netctl system cdi`
  static let cdi = Command<NetctlVerb>(
    "cdi", usage: "", summary: "Offer networks to container engines as devices",
    flags: [], arguments: .none, words: [], action: .writeDevices)
}

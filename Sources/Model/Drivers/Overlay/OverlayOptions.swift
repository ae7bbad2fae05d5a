import KernelModel
package import NetworkModel

/// The options of an overlay network, parsed from `--opt`.
package struct OverlayOptions: Sendable {
  /// The key of the VXLAN network identifiers. Docker takes one for each subnet; all subnets of a
  /// network share the first.
  package static let identifiersKey = "com.docker.network.driver.overlay.vxlanid_list"
  /// The key of the MTU.
  package static let mtuKey = OptionReader.mtuKey
  static let encryptedKey = "encrypted"
  /// What identifiers can be (RFC 7348).
  package static let allowedIdentifiers: ClosedRange<Int64> = 1...0xff_ffff

  /// The identifier; nil if it has yet to be chosen.
  package let identifier: UInt32?
  /// Bytes; nil if it has yet to be chosen.
  package let mtu: UInt32?
  let announces: Bool

  /// Parses the options; unknown ones are ignored. Encryption is refused: frames that were to be
  /// encrypted must not be sent as they are.
  package init(_ network: Network) throws(OptionError) {
    let reader = OptionReader(options: network.options)
    if let value = network.options[Self.encryptedKey] {
      guard let isEncrypted = value.isEmpty ? true : goBool(value) else {
        throw .notABoolean(key: Self.encryptedKey, value: value)
      }
      if isEncrypted { throw .encryptionUnavailable }
    }
    var identifiers: [Int64] = []
    for text in (reader.text(Self.identifiersKey) ?? "").split(separator: ",") {
      let single = OptionReader(options: [Self.identifiersKey: String(text)])
      if let number = try single.integer(Self.identifiersKey, in: Self.allowedIdentifiers) {
        identifiers.append(number)
      }
    }
    identifier = identifiers.first.map { UInt32($0) }
    mtu = try reader.mtu(network.families)
    announces = try AnnouncementOptions(network.options).isEnabled
  }

  static let descriptions = [
    OptionDescription(
      AnnouncementOptions.countKey, .any, "0 disables the announcement of new addresses"),
    OptionDescription(OptionReader.mtuKey, .any, "MTU in bytes"),
    OptionDescription(identifiersKey, .any, "VXLAN network identifier"),
  ]
}

import Addressing
import Drivers
import KernelModel
import Presentation

extension Diagnostics {
  static func text(_ error: OptionError) -> String {
    switch error {
    case .notABoolean(let key, let value):
      parsing(key, value, "must be true or false")
    case .notAnAddress(let key, let value): parsing(key, value, "nil ip")
    case .notANumber(let key, let value):
      switch key {
      case AnnouncementOptions.countKey:
        "value for option \(key) \(TerminalText.quoted(value)) must be an integer"
      case AnnouncementOptions.intervalKey:
        "value for option \(key) \(TerminalText.quoted(value)) must be integer milliseconds"
      default: parsing(key, value, "must be an integer")
      }
    case .outOfRange(let key, let value, let allowed):
      switch key {
      case AnnouncementOptions.countKey, AnnouncementOptions.intervalKey:
        "\(key) must be in the range \(allowed.lowerBound) to \(allowed.upperBound)"
      default:
        parsing(
          key, String(value),
          "must be in the range \(allowed.lowerBound) to \(allowed.upperBound)")
      }
    case .negativeMTU(let mtu): "invalid MTU number: \(mtu)"
    case .unknownGatewayMode(let key, let value, _):
      parsing(key, value, "unknown gateway mode \(TerminalText.escaped(value))")
    case .unknownMode(let driver, let subject, let value, let defaultWord):
      "requested \(driver) \(subject.rawValue) '\(TerminalText.escaped(value))' is not valid, "
        + "'\(defaultWord)' \(subject == .mode ? "mode " : "")is the \(driver) driver default"
    case .loopbackParent(let driver):
      "loopback interface is not a valid \(driver) parent link"
    case .unknownPortSecurity(let key, let value, _):
      parsing(key, value, "unknown level \(TerminalText.escaped(value))")
    case .isolatedNeedsInternal:
      "gateway mode 'isolated' can only be used for an internal network"
    case .interfaceName(let key, let value, let error):
      "\(key): \(TerminalText.quoted(value)) cannot be an interface name: \(reason(error))"
    case .encryptionUnavailable:
      "overlay networks of netctl are not encrypted: it refuses --opt encrypted instead of sending "
        + "in plain text"
    case .several(let errors): errors.map(text).joined(separator: "\n")
    case .sysctl(let entry):
      "unrecognised network interface sysctl \(TerminalText.escaped("'\(entry)'")); represent "
        + "'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'"
    }
  }

  private static func parsing(_ key: String, _ value: String, _ reason: String) -> String {
    "failed to parse \(key) value: \(TerminalText.escaped(value)) (\(reason))"
  }

  private static func reason(_ error: InterfaceNameError) -> String {
    switch error {
    case .empty: "it is empty"
    case .tooLong: "it is longer than 15 bytes"
    case .reserved: "it is reserved"
    case .invalidCharacter: "it contains a character that no interface name can have"
    case .hiddenCharacter: "it contains a control character"
    }
  }
}

import Addressing
import Presentation

extension Diagnostics {
  /// What is wrong with a prefix.
  static func reason(_ error: IPPrefixError) -> String {
    switch error {
    case .missingSlash: "there is no '/' with a prefix length"
    case .badAddress(let error): reason(error)
    case .zone: "an address with a zone cannot be a subnet"
    case .badLength(let text): "\(TerminalText.quoted(text)) is not a prefix length"
    case .lengthOutOfRange: "the prefix length is out of range"
    }
  }

  private static func reason(_ error: IPAddressError) -> String {
    switch error {
    case .ipv4TooShort: "the IPv4 address has fewer than four octets"
    case .ipv4TooLong: "the IPv4 address has more than four octets"
    case .ipv4FieldTooLarge: "an octet of the IPv4 address exceeds 255"
    case .ipv4LeadingZero: "an octet of the IPv4 address has a leading zero"
    case .zone, .emptyZone, .missingIPv6Address: "an address with a zone cannot be a subnet"
    case .unrecognized, .ipv4UnexpectedCharacter, .ipv4EmptyField, .groupTooLong, .emptyGroup,
      .embeddedIPv4Misplaced, .embeddedIPv4DoesNotFit, .missingColon, .trailingColon,
      .multipleEllipses, .trailingText, .ipv6TooShort, .emptyEllipsis:
      "it is not an IP address"
    }
  }
}

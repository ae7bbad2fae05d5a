package import Addressing

extension IPAddress {
  /// The address that a question for the name of an address means: `4.3.2.1.in-addr.arpa`
  /// (RFC 1035, 3.5), or 32 hexadecimal digits before `ip6.arpa`, the last one first (RFC 3596,
  /// 2.5).
  package init?(reverseName text: String) {
    let labels = text.foldedCase.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 2, labels[labels.count - 1] == "arpa" else { return nil }
    let digits = labels.dropLast(2).reversed()
    switch labels[labels.count - 2] {
    case "in-addr":
      guard digits.count == 4 else { return nil }
      self.init(digits.joined(separator: "."))
    case "ip6":
      // Without a sign, which a number could have.
      guard digits.count == 32,
        digits.allSatisfy({ $0.count == 1 && $0.first?.isHexDigit == true }),
        let value = UInt128(digits.joined(), radix: 16)
      else { return nil }
      self.init(family: .ipv6, value: value)
    default: return nil
    }
  }
}

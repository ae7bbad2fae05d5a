/// Replaces what differs between runs by numbered placeholders: identities by `<ID1>` or, where
/// only their first 12 digits stand, `<id1>`; moments, hardware addresses, host ends of veth pairs
/// and unique local prefixes by `<TIME>`, `<MAC>`, `<VETH>` and `<ULA>`.
struct Placeholders {
  private var identities: [Substring] = []

  mutating func replace(in text: String) -> String {
    var text = replaceIdentities(in: text, length: 64) { "<ID\($0)>" }
    text = replaceIdentities(in: text, length: 12) { "<id\($0)>" }
    text = text.replacing(
      #/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?[+-]\d\d:?\d\d)?( UTC|Z)?/#
        .asciiOnlyWordCharacters().wordBoundaryKind(.simple), with: "<TIME>")
    text = text.replacing(
      #/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/#.wordBoundaryKind(.simple), with: "<MAC>")
    text = text.replacing(#/\bveth[0-9a-f]{7}\b/#.wordBoundaryKind(.simple), with: "<VETH>")
    return text.replacing(
      #/\bfd[0-9a-f]{2}:[0-9a-f]{1,4}:[0-9a-f]{1,4}::/#.wordBoundaryKind(.simple),
      with: "<ULA>::")
  }

  // A word of hexadecimal digits that begins like an identity seen before is that one again.
  private mutating func replaceIdentities(
    in text: String, length: Int, with placeholder: (Int) -> String
  ) -> String {
    var output = ""
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let other = rest.prefix { !Self.isWordCharacter($0) }
      output += String(other)
      let word = rest[other.endIndex...].prefix(while: Self.isWordCharacter)
      rest = rest[word.endIndex...]
      let isIdentity = word.count == length && word.allSatisfy(Self.isHexDigit)
      let number = isIdentity ? self.number(of: Substring(word)) : nil
      output += number.map(placeholder) ?? String(word)
    }
    return output
  }

  private mutating func number(of word: Substring) -> Int? {
    if let index = identities.firstIndex(where: { $0.hasPrefix(word) || word.hasPrefix($0) }) {
      if word.count > identities[index].count { identities[index] = word }
      return index + 1
    }
    identities.append(word)
    return identities.count
  }

  private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
  }

  private static func isHexDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || ("a"..."f").contains(scalar)
  }
}

import NetworkModel
import Testing

struct ObjectIDTests {
  @Test(arguments: [
    String(repeating: "0", count: 64), String(repeating: "0123456789abcdef", count: 4),
  ])
  func sixtyFourDigitsAreAnIdentity(_ text: String) throws {
    let id = try #require(NetworkID(text))

    #expect(id.description == text)
    #expect(id.short == String(text.prefix(12)))
  }

  @Test(arguments: [
    "", "0", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
    String(repeating: "A", count: 64), String(repeating: "g", count: 64),
    String(repeating: "0", count: 62) + "é", "../" + String(repeating: "0", count: 61),
  ])
  func otherTextIsNone(_ text: String) {
    #expect(NetworkID(text) == nil)
  }

  @Test func wordsKeepTheirLeadingZeros() {
    var generator = Fixed(word: 0xa)

    let id = NetworkID(using: &generator)

    #expect(id.description == String(repeating: "000000000000000a", count: 4))
  }

  @Test func orderIsThatOfTheDigits() throws {
    let small = try #require(NetworkID("0" + String(repeating: "f", count: 63)))
    let large = try #require(NetworkID("a" + String(repeating: "0", count: 63)))

    #expect([large, small].sorted() == [small, large])
  }

  @Test(arguments: [
    ("", false), ("a", true), ("0123456789ab", true), (String(repeating: "f", count: 64), true),
    (String(repeating: "f", count: 65), false), ("A", false), ("x", false), ("a b", false),
  ])
  func prefixesAreLowerCaseDigits(_ text: String, isPrefix: Bool) {
    #expect(isIdentityPrefix(text) == isPrefix)
  }
}

private struct Fixed: RandomNumberGenerator {
  let word: UInt64

  func next() -> UInt64 { word }
}

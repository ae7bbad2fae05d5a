import Addressing
import Testing

struct InterfaceNameTests {
  @Test(arguments: [
    "a", "docker0", "br-0123456789ab", "exactly15bytes!", "...", "naïve", "-", "eth0.10",
  ])
  func nameThatTheKernelTakes(_ text: String) throws {
    #expect(try InterfaceName(text).description == text)
  }

  @Test(arguments: [
    ("", InterfaceNameError.empty),
    ("sixteen-bytes-16", .tooLong),
    ("fünfzehn-zeich1", .tooLong),
    (".", .reserved),
    ("..", .reserved),
    ("all", .reserved),
    ("default", .reserved),
    ("a/b", .invalidCharacter),
    ("a:b", .invalidCharacter),
    ("a b", .invalidCharacter),
    ("a\tb", .invalidCharacter),
    ("a\nb", .invalidCharacter),
    ("a\u{0b}b", .invalidCharacter),
    ("a\u{0}b", .invalidCharacter),
    ("br%d", .invalidCharacter),
    ("à", .invalidCharacter),
  ])
  func nameThatTheKernelRefuses(_ text: String, reason: InterfaceNameError) {
    #expect(throws: reason) { try InterfaceName(text) }
  }

  @Test func namesAreOrderedByBytes() throws {
    let names = try ["br1", "br0", "Br", "br", "é"].map { try InterfaceName($0) }

    #expect(names.sorted().map(\.description) == ["Br", "br", "br0", "br1", "é"])
  }
}

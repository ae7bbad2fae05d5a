import Presentation
import Testing

struct TerminalTextTests {
  /// nft(8) takes a trailing asterisk for every name that begins so.
  @Test(arguments: [("br0", "\"br0\""), ("br*", "\"br\\*\""), ("b*r", "\"b*r\"")])
  func interfaceNameInARuleIsThatNameOnly(_ name: String, _ quoted: String) {
    #expect(TerminalText.ruleQuoted(name) == quoted)
  }
}

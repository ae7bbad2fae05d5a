import Addressing
import Testing

struct IPAddressTextTests {
  @Test(arguments: ["0.0.0.0", "10.0.0.1"])
  func printsAsTyped(_ text: String) { #expect(IPAddress(text)?.description == text) }
}

import Addressing
import Testing

struct MACAddressTests {
  @Test(arguments: [
    "02:42:ac:11:00:02", "02-42-AC-11-00-02", "0242.ac11.0002", "0242.AC11.0002",
  ])
  func formsOfGoAreRead(_ text: String) {
    #expect(MACAddress(text)?.description == "02:42:ac:11:00:02")
  }

  @Test(arguments: [
    "", "foo", "02:42:ac:11:00", "02:42:ac:11:00:02:03", "02:42:ac:11:00:0g", "02:42-ac:11:00:02",
    "2:42:ac:11:00:02", "0242ac110002", "02:42:ac:11:00:2", "02.42.ac.11.00.02", "0242:ac11:0002",
    "0242.ac11-0002", "02:42:ac:11:00:02:00:01", "02:42:ac:11:00:é",
  ])
  func malformedTextIsRefused(_ text: String) { #expect(MACAddress(text) == nil) }

  @Test func dockerAddressHoldsTheIPv4Address() throws {
    let address = try #require(IPAddress("172.17.0.2"))

    #expect(MACAddress.docker(for: address)?.description == "02:42:ac:11:00:02")
    #expect(MACAddress.docker(for: try #require(IPAddress("::1"))) == nil)
  }

  @Test func bytesAreInTransmissionOrder() throws {
    let bytes: [UInt8] = [1, 2, 3, 4, 5, 0xff]

    #expect(try #require(MACAddress(bytes: bytes)).bytes == bytes)
    #expect(MACAddress(bytes: bytes + [7]) == nil)
    #expect(MACAddress(bytes: bytes.dropLast()) == nil)
  }

  @Test func lowestBitOfFirstByteMarksMulticast() {
    #expect(MACAddress("01:11:22:33:44:55")?.isMulticast == true)
    #expect(MACAddress("ff:ff:ff:ff:ff:ff")?.isMulticast == true)
    #expect(MACAddress("02:11:22:33:44:55")?.isMulticast == false)
  }
}

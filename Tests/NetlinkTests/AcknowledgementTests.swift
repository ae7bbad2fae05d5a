import LinuxSystem
import Testing

@testable import Netlink

struct AcknowledgementTests {
  /// What the kernel sent to `ip link set br0 mtu 70000`, which quotes the whole request.
  private static let refusedMTU: [UInt8] =
    [
      0x60, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x02, 0x7e, 0x0e, 0x01, 0x6b, 0x38, 0x35, 0x00,
      0x00, 0xea, 0xff, 0xff, 0xff, 0x28, 0x00, 0x00, 0x00, 0x10, 0x00, 0x05, 0x00, 0x7e, 0x0e,
      0x01, 0x6b, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00,
      0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x08, 0x00, 0x04, 0x00, 0x70, 0x11, 0x01, 0x00,
      0x24, 0x00, 0x01, 0x00,
    ] + Array("mtu greater than device maximum\0".utf8)

  @Test func refusalBringsTheKernelsSentence() throws {
    let message = try #require(Array(MessageSequence(Self.refusedMTU[...])).first)

    let acknowledgement = try #require(Acknowledgement(message))

    #expect(acknowledgement.errno == .invalidArgument)
    #expect(acknowledgement.message == "mtu greater than device maximum")
  }

  @Test func truncatedRefusalsAreReadAsFarAsTheyGo() throws {
    for length in 16..<Self.refusedMTU.count {
      var bytes = Self.refusedMTU.prefix(length)
      bytes[0] = UInt8(length)
      let message = try #require(Array(MessageSequence(bytes)).first)

      let acknowledgement = Acknowledgement(message)

      #expect(acknowledgement?.errno == (length < 20 ? nil : .invalidArgument))
      #expect(acknowledgement?.message == nil)
    }
  }

  @Test func errorNumberWithoutACounterpartIsNoTrap() throws {
    let bytes: [UInt8] = [20, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x80]
    let message = try #require(Array(MessageSequence(bytes[...])).first)

    #expect(Acknowledgement(message)?.errno == Errno(rawValue: .max))
  }

  @Test func quotedLengthMayLie() throws {
    var bytes = Self.refusedMTU
    bytes.replaceSubrange(20..<24, with: [0xff, 0xff, 0xff, 0xff])
    let message = try #require(Array(MessageSequence(bytes[...])).first)

    let acknowledgement = try #require(Acknowledgement(message))

    #expect(acknowledgement.errno == .invalidArgument)
    #expect(acknowledgement.message == nil)
  }

  @Test func errorsReadAsSentences() {
    #expect(NetlinkError(.fileExists).description == "File exists")
    #expect(
      NetlinkError(.invalidArgument, message: "mtu too big").description
        == "Invalid argument (mtu too big)")
  }
}

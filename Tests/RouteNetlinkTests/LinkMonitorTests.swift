import LinuxSystem
import Netlink
import NetlinkTestSupport
import RouteNetlink
import Testing

/// A monitor that asks again when it may have missed an event.
struct LinkMonitorTests {
  @Test func lostEventsAreMadeUpForByAsking() throws {
    let link = try #require(fixture(.link).first)
    let peer = ScriptedPeer(
      { request in
        let found = PeerMessage(to: request, type: link.type, payload: Array(link.payload))
        return [.messages(found, .verdict(on: request)), .failure(.noBufferSpace)]
      },
      { [.messages(.verdict(on: $0, 19))] })
    var monitor = try LinkMonitor(subscribing: RouteSocket(peer))

    try monitor.waitUntilGone("v0", timeout: .zero)

    #expect(peer.requests.count == 2)
    #expect(peer.groups == [1])
  }
}

import Addressing
import NetworkModel
import Testing

@testable import EtcdMessages
@testable import OverlayAgent

/// The order in which what is read and what is watched arrive.
struct ClusterViewTests {
  private let keys = StoreKeys()
  private let host = HostID(String(repeating: "a", count: 64))!
  private let other = HostID(String(repeating: "b", count: 64))!
  private let network = NetworkID(String(repeating: "c", count: 64))!
  private let endpoint = EndpointID(String(repeating: "d", count: 64))!

  private var record: EndpointRecord {
    EndpointRecord(
      host: other, tunnelAddress: IPAddress("10.77.0.2")!, mac: MACAddress("02:42:0a:00:00:02")!,
      addresses: [try! IPPrefix(parsing: "10.0.0.2/24")],
      container: ContainerID(String(repeating: "e", count: 64))!, containerName: "c", aliases: [])
  }

  private func found(_ key: String, _ value: [UInt8], at revision: Int64) -> EtcdKeyValue {
    var found = EtcdKeyValue()
    found.key = Array(key.utf8)
    found.value = value
    found.modRevision = revision
    return found
  }

  private func event(_ found: EtcdKeyValue, isDeletion: Bool = false) -> EtcdEvent {
    var event = try! EtcdEvent([])
    event.keyValue = found
    event.isDeletion = isDeletion
    return event
  }

  private func node(at revision: Int64) -> EtcdKeyValue {
    let record = NodeRecord(
      name: "h", address: IPAddress("10.77.0.2")!, port: 4789, boot: "b", holdLease: 1,
      version: "")
    return found(keys.node(other), record.value, at: revision)
  }

  private func endpointKey(at revision: Int64) -> EtcdKeyValue {
    found(keys.endpoint(endpoint, of: network), record.value, at: revision)
  }

  @Test func lateEventDoesNotUndoWhatWasRead() {
    var view = ClusterView(keys, host)
    view.replaceBasics(nodes: [node(at: 9)], networks: [], presences: [], at: 10)

    let change = view.apply(event(node(at: 8), isDeletion: true))

    #expect(change == nil)
    #expect(view.nodes.count == 1)
  }

  @Test func lateReadingDoesNotUndoAnEvent() {
    var view = ClusterView(keys, host)
    view.replaceBasics(nodes: [], networks: [], presences: [], at: 10)
    #expect(view.apply(event(node(at: 12))) == .hosts)

    view.replaceBasics(nodes: [], networks: [], presences: [], at: 11)

    #expect(view.nodes.count == 1)
    view.replaceBasics(nodes: [], networks: [], presences: [], at: 13)
    #expect(view.nodes.isEmpty)
  }

  @Test func endpointsOfOtherNetworksAreNotKept() {
    var view = ClusterView(keys, host)

    let change = view.apply(event(endpointKey(at: 5)))

    #expect(change == nil)
    #expect(view.endpoints.isEmpty)
  }

  @Test func confirmedEndpointIsKnownBeforeItIsWatched() {
    var view = ClusterView(keys, host)
    view.replaceEndpoints(of: network, [], at: 10, isWatched: true)

    view.addEndpoint(endpoint, of: network, record, at: 11)

    #expect(view.endpoints[network]?.count == 1)
    #expect(view.positions[network] == 10)
    #expect(view.apply(event(endpointKey(at: 11))) == .endpoint(endpoint, network))
  }

  @Test func removedEndpointDoesNotComeBackByALateConfirmation() {
    var view = ClusterView(keys, host)
    view.replaceEndpoints(of: network, [], at: 10, isWatched: true)
    _ = view.apply(event(endpointKey(at: 11)))
    _ = view.apply(event(endpointKey(at: 12), isDeletion: true))
    view.advance(network, to: 12)

    view.addEndpoint(endpoint, of: network, record, at: 11)

    #expect(view.endpoints[network]?.isEmpty == true)
  }

  // Other hosts go on to send to a host whose agent is silent.
  @Test func hostWithEndpointsStaysWithoutItsAgent() {
    var view = ClusterView(keys, host)
    let presence = PresenceRecord(name: "h", address: IPAddress("10.77.0.2")!)
    view.replaceBasics(
      nodes: [node(at: 5)], networks: [],
      presences: [found(keys.presence(of: other, on: network), presence.value, at: 5)], at: 10)

    _ = view.apply(event(node(at: 11), isDeletion: true))

    #expect(view.hosts[other]?.address == IPAddress("10.77.0.2"))
  }

  @Test func networksWithOtherEndpointsAreOutdated() {
    var view = ClusterView(keys, host)
    view.replaceEndpoints(of: network, [endpointKey(at: 5)], at: 10, isWatched: false)

    #expect(view.outdatedNetworks(comparedWith: [endpointKey(at: 5)]).isEmpty)
    #expect(view.outdatedNetworks(comparedWith: [endpointKey(at: 6)]) == [network])
    #expect(view.outdatedNetworks(comparedWith: []) == [network])
  }

  @Test func keysOfOthersAreIgnored() {
    #expect(keys.subject(of: "/docker/network/x") == nil)
    #expect(keys.subject(of: "/netctl/v1/nodes/short") == nil)
    #expect(keys.subject(of: "/netctl/v1/ep/\(network)/\(endpoint)/more") == nil)
    #expect(StoreKeys(path: "/a/b/").root == "/a/b/netctl/v1/")
  }

  // Later versions may add members, and earlier ones have to leave out what they cannot read.
  @Test func recordsOfLaterVersionsAreRead() {
    let text = String(decoding: record.value, as: UTF8.self)
    let later = text.replacing("{\"v\":1,", with: "{\"v\":1,\"new\":[1],")

    #expect(EndpointRecord(Array(later.utf8)) == record)
    #expect(EndpointRecord(Array("{}".utf8)) == nil)
    #expect(EndpointRecord(Array("x".utf8)) == nil)
  }
}

import Addressing
import CommandLineTestSupport
import EtcdTestSupport
import Glibc
import KernelTestSupport
import NetworkModel
import OrderedJSON
import Testing

@testable import AgentAPI
@testable import OverlayAgent

@Suite(.enabled(if: EtcdServer.problem == nil))
struct ClusterTests {
  @Test func otherHostsLearnOfNetworksAndHosts() throws {
    try AgentLab.run { lab in
      let agents = try (1...3).map { try lab.start($0) }

      let network = try agents[0].create("n1").network

      for agent in agents {
        #expect(agent.host.wait { $0.cluster.networks.map(\.name) == ["n1"] })
        #expect(
          agent.host.wait {
            $0.cluster.membership?.hosts.map(\.name).sorted() == ["h1", "h2", "h3"]
          })
      }
      _ = try agents[1].agent.answer(.remove(network.id))
      for agent in agents { #expect(agent.host.wait { $0.cluster.networks.isEmpty }) }
    }
  }

  @Test func hostsOfANetworkLearnOfItsEndpoints() throws {
    try AgentLab.run { lab in
      let agents = try (1...3).map { try lab.start($0) }
      let network = try agents[0].create("n1").network
      _ = try agents[0].connect("c1", to: network)

      let answer = try agents[1].connect("c2", to: network)
      _ = try agents[1].agent.answer(.barrier(network.id, revision: answer.revision))

      // The barrier is all that is waited for.
      #expect(agents[1].host.names(on: network.id) == ["c1"])
      #expect(agents[0].host.wait { $0.names(on: network.id) == ["c2"] })
      let remote = agents[0].host.memory.read { $0.cluster.endpoints[0].endpoints[0] }
      #expect(remote.tunnelAddress == IPAddress("10.77.100.2"))
      #expect(remote.mac.description == "02:42:0a:00:00:03")
      #expect(remote.addresses.map(\.description) == ["10.0.0.3/24"])
      // One that is not on the network is spared.
      #expect(agents[2].host.names(on: network.id) == [])
      #expect(agents[2].agent.state.read { !$0.view.isWatched(network.id) })

      let id = try #require(agents[1].endpoint("c2", on: network.id))
      try agents[1].disconnect(id, from: network.id)
      #expect(agents[0].host.wait { $0.names(on: network.id) == [] })
      #expect(agents[1].agent.state.read { !$0.view.isWatched(network.id) })
    }
  }

  @Test func synchronisationBringsWhatIsNotFollowed() throws {
    try AgentLab.run { lab in
      let agents = try (1...2).map { try lab.start($0) }
      let network = try agents[0].create("n1").network
      _ = try agents[0].connect("c1", to: network)

      _ = try agents[1].agent.answer(.synchronise)

      #expect(agents[1].host.names(on: network.id) == ["c1"])
    }
  }

  @Test func barrierFailsWhileTheHostCannotFollow() throws {
    try AgentLab.run { lab in
      let agents = try (1...2).map { try lab.start($0) }
      let network = try agents[0].create("n1").network
      _ = try agents[0].connect("c1", to: network)
      agents[1].host.memory.change { $0.failure = HostError("no space left") }

      let answer = try agents[1].connect("c2", to: network)
      let error = refusal { () throws(AgentError) in
        try agents[1].agent.answer(.barrier(network.id, revision: answer.revision))
      }

      #expect(error?.kind == .timeout)
      #expect(agents[1].log.contains("cannot follow the cluster: no space left"))
      agents[1].host.memory.change { $0.failure = nil }
      #expect(agents[1].host.wait { $0.names(on: network.id) == ["c1"] })
    }
  }

  @Test func missedChangesAreFoundAfterACompaction() throws {
    try AgentLab.run { lab in
      let host = TestHost()
      let agents = [try lab.start(1), try lab.start(2, host: host)]
      let network = try agents[0].create("n1").network
      _ = try agents[1].connect("c2", to: network)
      agents[1].end()

      for number in 0..<5 { _ = try agents[0].connect("d\(number)", to: network) }
      let status = try lab.etcd.control("get", "/netctl/v1/meta", "-w", "json").output
      let revision = try #require(
        JSONValue(parsing: status).object?["header"]?.object?["revision"]?.number)
      try lab.etcd.control("compaction", revision.description)
      let again = try lab.start(2, host: host)

      #expect(again.host.names(on: network.id) == ["d0", "d1", "d2", "d3", "d4"])
    }
  }

  // MARK: Outages

  @Test func outageIsNamedAtOnceAndEndsByItself() throws {
    try AgentLab.run { lab in
      let agents = try (1...2).map { try lab.start($0) }
      let network = try agents[0].create("n1").network
      _ = try agents[0].connect("c1", to: network)

      lab.etcd.kill()
      let clock = ContinuousClock()
      var errors: [AgentError?] = []
      let duration = clock.measure {
        errors = [
          refusal { () throws(AgentError) in try agents[0].create("n2") },
          refusal { () throws(AgentError) in try agents[1].connect("c2", to: network) },
          refusal { () throws(AgentError) in try agents[0].agent.answer(.remove(network.id)) },
          refusal { () throws(AgentError) in try agents[0].agent.answer(.synchronise) },
        ]
      }

      #expect(errors.map { $0?.kind } == Array(repeating: .storeUnreachable, count: 4))
      // A connection that the dying process had accepted is reset.
      #expect(errors[1]?.message == "127.0.0.1:2379: Connection refused")
      #expect(duration < .seconds(2))
      #expect(agents[0].host.memory.read { !$0.isFenced && $0.cluster.networks.count == 1 })
      try lab.etcd.start()
      try lab.etcd.waitUntilReady()
      #expect(agents[1].log.wait(for: "the cluster store can be used again"))
      _ = try agents[1].connect("c2", to: network)
      #expect(agents[0].host.wait { $0.names(on: network.id) == ["c2"] })
      #expect(try lab.keys("ep/").count == 2)
    }
  }

  @Test func hangingStoreEndsRequestsInTime() throws {
    try AgentLab.run { lab in
      let agent = try lab.start(1)
      let network = try agent.create("n1").network
      _ = try agent.connect("c1", to: network)

      lab.etcd.signal(SIGSTOP)
      for request in 0..<3 {
        let clock = ContinuousClock()
        var error: AgentError?
        let duration = clock.measure {
          error = refusal { () throws(AgentError) in
            switch request {
            case 0: _ = try agent.create("n2")
            case 1: _ = try agent.connect("c2", to: network)
            default: _ = try agent.agent.answer(.remove(network.id))
            }
          }
        }
        #expect(error?.kind == .storeUnreachable)
        #expect(error?.message.contains("127.0.0.1:2379") == true)
        #expect(duration < .seconds(5.2))
      }
      lab.etcd.signal(SIGCONT)
      #expect(agent.log.wait(for: "the cluster store can be used again"))
      _ = try agent.connect("c3", to: network)
    }
  }

  @Test func agentStartsWithoutTheStore() throws {
    try AgentLab.run { lab in
      let host = TestHost()
      let first = try lab.start(1, host: host)
      let other = try lab.start(2)
      let network = try first.create("n1").network
      _ = try first.connect("c1", to: network)
      _ = try other.connect("c2", to: network)
      #expect(host.wait { $0.names(on: network.id) == ["c2"] })
      first.end()
      lab.etcd.kill()

      let again = try lab.start(1, host: host, isAwaited: false)
      #expect(again.log.wait(for: "the cluster store cannot be used: 127.0.0.1:2379"))
      #expect(
        refusal { () throws(AgentError) in try again.connect("c3", to: network) }?.kind
          == .storeUnreachable)
      #expect(host.names(on: network.id) == ["c2"])
      try lab.etcd.start()
      try again.waitUntilRegistered()

      #expect(host.names(on: network.id) == ["c2"])
      #expect(try lab.keys("ep/").count == 2)
    }
  }

  @Test func removalDuringAnOutageIsMadeUpForOnce() throws {
    try AgentLab.run { lab in
      let agents = try (1...2).map { try lab.start($0) }
      let network = try agents[0].create("n1").network
      _ = try agents[0].connect("c1", to: network)
      _ = try agents[1].connect("c2", to: network)
      let id = try #require(agents[0].endpoint("c1", on: network.id))
      lab.etcd.kill()

      let error = refusal { () throws(AgentError) in
        try agents[0].disconnect(id, from: network.id)
      }
      agents[0].host.memory.change {
        $0.removals = [PendingRemoval(endpoint: id, network: network.id, isForced: false)]
      }
      try lab.etcd.start()

      #expect(error?.kind == .storeUnreachable)
      #expect(agents[0].host.wait { $0.removals.isEmpty })
      #expect(try lab.keys("ep/").count == 1)
      #expect(try lab.keys("ipam/").count == 2)
      #expect(agents[1].host.wait { $0.names(on: network.id) == [] })
    }
  }

  // MARK: Leases

  @Test func restartOfTheAgentKeepsEndpoints() throws {
    try AgentLab.run { lab in
      let host = TestHost()
      let first = try lab.start(1, host: host)
      let network = try first.create("n1").network
      _ = try first.connect("c1", to: network)
      let before = try lab.etcd.control("get", "--prefix", "/netctl/v1/ep/").output
      first.end()

      let again = try lab.start(1, host: host)

      #expect(try lab.etcd.control("get", "--prefix", "/netctl/v1/ep/").output == before)
      #expect(again.agent.state.read { $0.view.isWatched(network.id) })
    }
  }

  @Test func restartOfTheHostReleasesItsEndpoints() throws {
    try AgentLab.run { lab in
      let first = try lab.start(1)
      let other = try lab.start(2)
      let network = try first.create("n1").network
      _ = try first.connect("c1", to: network)
      _ = try other.connect("c2", to: network)
      first.end()

      try lab.start(1, boot: "another boot")

      #expect(other.host.wait { $0.names(on: network.id) == [] })
      #expect(try lab.keys("ipam/\(network.id)/10.0.0.2").isEmpty)
    }
  }

  // As long as it is short, since endpoints live for another lease.
  @Test func deadAgentLeavesItsEndpoints() throws {
    try AgentLab.run { lab in
      let first = try lab.start(1) { $0.nodeTTL = 2 }
      let other = try lab.start(2)
      let network = try first.create("n1").network
      _ = try first.connect("c1", to: network)
      _ = try other.connect("c2", to: network)
      #expect(other.host.wait { $0.names(on: network.id) == ["c1"] })

      first.end()
      try other.wait { $0.view.nodes.count == 1 }

      #expect(other.host.names(on: network.id) == ["c1"])
      #expect(
        other.host.memory.read { $0.cluster.membership?.hosts.map(\.name).sorted() }
          == ["h1", "h2"])
    }
  }

  @Test func hostWithoutAHeartbeatForLongIsFencedAndComesBack() throws {
    try AgentLab.run { lab in
      let host = TestHost()
      let agent = try lab.start(1, host: host) {
        $0.endpointTTL = 4
        $0.nodeTTL = 3
      }
      let network = try agent.create("n1").network
      _ = try agent.connect("c1", to: network)

      lab.etcd.signal(SIGSTOP)
      let isFenced = host.wait { $0.isFenced }
      lab.etcd.signal(SIGCONT)

      #expect(isFenced)
      #expect(host.wait { !$0.isFenced })
      try agent.wait { $0.registration != nil }
      #expect(agent.log.wait(for: "overlay networks are connected again"))
      #expect(try lab.keys("ep/").count == 1)
      _ = try agent.connect("c2", to: network)
    }
  }

  @Test func addressThatBecameAnothersIsNotTakenBack() throws {
    try AgentLab.run { lab in
      let host = TestHost()
      let first = try lab.start(1, host: host) { $0.endpointTTL = 2 }
      let other = try lab.start(2)
      let network = try first.create("n1").network
      _ = try first.connect("c1", to: network)
      _ = try other.connect("c2", to: network)
      first.end()
      #expect(other.host.wait { $0.names(on: network.id) == [] })
      _ = try other.connect("c3", to: network, address: "10.0.0.2")

      let again = try lab.start(1, host: host)

      #expect(again.log.wait(for: "c1 (10.0.0.2) on network"))
      #expect(again.log.contains("has lost its address or name to another container"))
      #expect(try lab.keys("ep/").count == 2)
    }
  }

  @Test func endpointWithoutARecordIsRemoved() throws {
    try AgentLab.run { lab in
      let host = TestHost()
      let first = try lab.start(1, host: host)
      let network = try first.create("n1").network
      _ = try first.connect("c1", to: network)
      first.end()
      host.memory.change { $0.local = [:] }

      let again = try lab.start(1, host: host)

      #expect(again.log.wait(for: "c1 is not on network"))
      #expect(try lab.keys("ep/").isEmpty)
      #expect(try lab.keys("members/").isEmpty)
    }
  }

  @Test func addressOfAnotherHostIsRefused() throws {
    try AgentLab.run { lab in
      try lab.start(1)
      let second = try lab.start(2, isAwaited: false) { $0.address = IPAddress("10.77.100.1")! }

      #expect(second.log.wait(for: "host h1 is registered with the address 10.77.100.1"))
    }
  }

  @Test func restoredBackupIsReadAgain() throws {
    try AgentLab.run { lab in
      let agents = try (1...2).map { try lab.start($0) }
      let network = try agents[0].create("n1").network
      _ = try agents[0].connect("c1", to: network)
      _ = try agents[1].connect("c2", to: network)
      let snapshot = "\(lab.folder)/snapshot"
      try lab.etcd.control("snapshot", "save", snapshot)
      _ = try agents[0].create("n2")
      #expect(agents[1].host.wait { $0.cluster.networks.count == 2 })

      lab.etcd.kill()
      try lab.etcd.restore(from: snapshot)
      try lab.etcd.start()
      try lab.etcd.waitUntilReady()

      #expect(agents[1].host.wait(seconds: 20) { $0.cluster.networks.map(\.name) == ["n1"] })
      #expect(agents[0].host.wait(seconds: 20) { $0.names(on: network.id) == ["c2"] })
      try agents[0].waitUntilRegistered()
      _ = try agents[0].connect("c3", to: network)
      #expect(agents[1].host.wait { $0.names(on: network.id) == ["c1", "c3"] })
    }
  }
}

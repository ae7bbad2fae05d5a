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
struct RegistryTests {
  @Test func networkGetsSubnetAndIdentifier() throws {
    try AgentLab.run { lab in
      let agent = try lab.start(1)

      let first = try agent.create("n1").network
      let second = try agent.create("n2").network

      #expect(first.subnets.map(\.subnet.description) == ["10.0.0.0/24"])
      #expect(first.vnis == [1_048_576])
      #expect(second.subnets.map(\.subnet.description) == ["10.0.1.0/24"])
      #expect(second.vnis == [1_048_577])
      #expect(
        try lab.keys("").filter {
          $0.contains(first.id.description) || $0.hasPrefix("names")
            || $0.hasPrefix("pools") || $0.hasPrefix("vni")
        }
          == [
            "ipam/\(first.id)/10.0.0.1", "names/n1", "names/n2", "networks/\(first.id)",
            "pools/10.0.0.0/24", "pools/10.0.1.0/24", "vni/01048576", "vni/01048577",
          ])
    }
  }

  // The underlay is often in the first of Docker's pools.
  @Test func automaticSubnetContainsNoHost() throws {
    try AgentLab.run { lab in
      let agent = try lab.start(1) { $0.address = IPAddress("10.0.0.5")! }

      #expect(try agent.create("n1").network.subnets.map(\.subnet.description) == ["10.0.1.0/24"])
    }
  }

  @Test func nameIsTakenOnce() throws {
    try AgentLab.run { lab in
      let agents = try (1...4).map { try lab.start($0) }

      let results = try atOnce(8) { number throws(AgentError) in
        try agents[number % 4].create("same")
      }

      #expect(results.networks.count == 1)
      #expect(results.filter { $0.kind == .nameTaken }.count == 7)
      #expect(try lab.keys("networks/").count == 1)
      #expect(try lab.keys("pools/").count == 1)
    }
  }

  @Test func networksCreatedAtOnceShareNothing() throws {
    try AgentLab.run { lab in
      let agents = try (1...4).map { try lab.start($0) }

      let networks = try atOnce(8) { number throws(AgentError) in
        try agents[number % 4].create("n\(number)")
      }.networks

      #expect(networks.count == 8)
      #expect(Set(networks.flatMap(\.subnets).map(\.subnet)).count == 8)
      #expect(Set(networks.flatMap(\.vnis)).count == 8)
    }
  }

  @Test func overlapIsRefused() throws {
    try AgentLab.run { lab in
      let agents = try (1...2).map { try lab.start($0) }

      let results = try atOnce(2) { number throws(AgentError) in
        try agents[number].create("n\(number)", subnets: ["10.5.\(number).0/16"])
      }

      #expect(results.networks.count == 1)
      #expect(results.compactMap(\.kind) == [.poolOverlaps])
    }
  }

  @Test func chosenIdentifierIsUsedOnce() throws {
    try AgentLab.run { lab in
      let agent = try lab.start(1)
      let options = [NetworkCreation.vniOption: "5000"]

      #expect(try agent.create("n1", options: options).network.vnis == [5000])
      #expect(
        refusal { () throws(AgentError) in try agent.create("n2", options: options) }?.kind
          == .vniTaken)
      #expect(
        refusal { () throws(AgentError) in
          try agent.create("n3", options: [NetworkCreation.vniOption: "x"])
        }?.kind == .invalid)
    }
  }

  @Test func endOfTheRangeIsToldOf() throws {
    try AgentLab.run { lab in
      let agent = try lab.start(1) { $0.vnis = 7000...7001 }
      _ = try agent.create("n1")
      _ = try agent.create("n2")

      #expect(refusal { () throws(AgentError) in try agent.create("n3") }?.kind == .noFreeVNI)
    }
  }

  @Test func repeatedRequestHasTheSameAnswer() throws {
    try AgentLab.run { lab in
      let agent = try lab.start(1)
      let network = try agent.create("n1").network
      var generator = SystemRandomNumberGenerator()
      let id = EndpointID(using: &generator)

      let again = try NetworkAnswer(ObjectReader(agent.agent.answer(.create(network))))
      let first = try agent.connect("c1", to: network, id: id)
      let second = try agent.connect("c1", to: network, id: id)

      #expect(again.network == network)
      #expect(first.addresses == second.addresses)
      #expect(first.revision == second.revision)
      #expect(try lab.keys("ep/").count == 1)
    }
  }

  // MARK: Endpoints

  @Test func addressesAreTheLowestFreeOnes() throws {
    try AgentLab.run { lab in
      let agent = try lab.start(1)
      let network = try agent.create("n1").network

      let first = try agent.connect("c1", to: network)
      let second = try agent.connect("c2", to: network)

      #expect(first.addresses.map(\.description) == ["10.0.0.2/24"])
      #expect(first.mac.description == "02:42:0a:00:00:02")
      #expect(second.addresses.map(\.description) == ["10.0.0.3/24"])
    }
  }

  @Test func addressIsTakenOnce() throws {
    try AgentLab.run { lab in
      let agents = try (1...4).map { try lab.start($0) }
      let network = try agents[0].create("n1").network

      let results = try atOnce(8) { number throws(AgentError) in
        try agents[number % 4].connect("c\(number)", to: network, address: "10.0.0.50")
      }

      #expect(results.count { $0.kind == nil } == 1)
      #expect(results.count { $0.kind == .addressInUse } == 7)
      #expect(try lab.keys("ep/").count == 1)
    }
  }

  @Test func endpointsCreatedAtOnceHaveDifferentAddresses() throws {
    try AgentLab.run { lab in
      let agents = try (1...4).map { try lab.start($0) }
      let network = try agents[0].create("n1").network

      let answers = try atOnce(24) { number throws(AgentError) in
        try agents[number % 4].connect("c\(number)", to: network)
      }.compactMap { try? $0.get() }

      #expect(answers.count == 24)
      #expect(Set(answers.flatMap(\.addresses)).count == 24)
      #expect(try lab.keys("ipam/").count == 25)
    }
  }

  @Test func reservedAndForeignAddressesAreRefused() throws {
    try AgentLab.run { lab in
      let agent = try lab.start(1)
      let network = try agent.create("n1").network
      func kind(_ address: String) -> AgentError.Kind? {
        refusal { () throws(AgentError) in
          try agent.connect("c1", to: network, address: address)
        }?.kind
      }

      #expect(kind("10.0.0.1") == .addressInUse)
      #expect(kind("10.0.0.0") == .addressInUse)
      #expect(kind("10.0.0.255") == .addressInUse)
      #expect(kind("10.1.0.5") == .invalid)
    }
  }

  @Test func fullNetworkIsToldOf() throws {
    try AgentLab.run { lab in
      let agent = try lab.start(1)
      let network = try agent.create("n1", subnets: ["10.9.0.0/29"]).network
      for number in 0..<5 { _ = try agent.connect("c\(number)", to: network) }

      #expect(
        refusal { () throws(AgentError) in try agent.connect("c9", to: network) }?.kind
          == .noFreeAddress)
    }
  }

  @Test func nameOfContainerIsOncePerNetwork() throws {
    try AgentLab.run { lab in
      let agents = try (1...2).map { try lab.start($0) }
      let network = try agents[0].create("n1").network
      _ = try agents[0].connect("c1", to: network)

      let error = refusal { () throws(AgentError) in try agents[1].connect("c1", to: network) }

      #expect(error?.kind == .endpointExists)
      #expect(error?.message == "endpoint with name c1 already exists in network n1")
    }
  }

  @Test func networkWithEndpointsStays() throws {
    try AgentLab.run { lab in
      let agents = try (1...2).map { try lab.start($0) }
      let network = try agents[0].create("n1").network
      _ = try agents[0].connect("c1", to: network)

      let error = refusal { () throws(AgentError) in try agents[1].agent.answer(.remove(network.id))
      }
      let id = try #require(agents[0].endpoint("c1", on: network.id))
      try agents[0].disconnect(id, from: network.id)
      _ = try agents[1].agent.answer(.remove(network.id))

      #expect(error?.kind == .hasActiveEndpoints)
      #expect(error?.message == "network n1 id \(network.id) has active endpoints")
      // Of the hosts and the schema something is left, of networks only what guards subnets.
      #expect(try lab.keys("").filter { !$0.hasPrefix("nodes/") } == ["guard/pools", "meta"])
      #expect(
        refusal { () throws(AgentError) in try agents[0].agent.answer(.remove(network.id)) }?.kind
          == .networkNotFound)
    }
  }

  // Either the network stays with its endpoint, or the endpoint is refused.
  @Test func removalAndConnectAtOnceAgree() throws {
    try AgentLab.run { lab in
      let agents = try (1...2).map { try lab.start($0) }
      for round in 0..<10 {
        let network = try agents[0].create("n\(round)").network

        let results = try atOnce(2) { number throws(AgentError) in
          if number == 0 {
            _ = try agents[0].agent.answer(.remove(network.id))
          } else {
            _ = try agents[1].connect("c1", to: network)
          }
        }

        let endpoints = try lab.keys("ep/\(network.id)").count
        let networks = try lab.keys("networks/\(network.id)").count
        #expect(endpoints == networks)
        #expect(results.count { $0.kind == nil } == 1)
      }
    }
  }

  @Test func endpointOfAnotherHostIsRemovedByForce() throws {
    try AgentLab.run { lab in
      let agents = try (1...2).map { try lab.start($0) }
      let network = try agents[0].create("n1").network
      let answer = try agents[0].connect("c1", to: network)
      let id = try #require(
        EndpointID(String(try lab.keys("ep/")[0].split(separator: "/").last!)))

      let error = refusal { () throws(AgentError) in
        try agents[1].disconnect(id, from: network.id)
      }
      try agents[1].disconnect(id, from: network.id, isForced: true)
      let next = try agents[1].connect("c2", to: network, address: "10.0.0.2")

      #expect(error?.kind == .invalid)
      #expect(answer.addresses == next.addresses)
      #expect(try lab.keys("here/").count == 1)
    }
  }
}

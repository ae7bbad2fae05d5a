import Addressing
import NetworkModel
import NetworkService
import Testing

/// What a successful `connect` returns.
struct ConnectionTests {
  @Test func connectionTellsWhatWasMade() throws {
    try withBench(["c"]) { bench in
      try bench.create("n") { request in
        request.ipv6 = true
        request.subnets = ["10.1.0.0/24", "fd01::/64"]
      }
      var request = ConnectRequest(network: "n", container: "c")
      request.ports = requests("8080:80")

      var made: Connection?
      try bench.run { made = try $0.connect(request) }

      let connection = try #require(made)
      #expect(connection.addresses.map(\.description) == ["10.1.0.2/24", "fd01::2/64"])
      #expect(connection.gateways.map(\.description) == ["10.1.0.1", "fd01::1"])
      #expect(connection.ports.map(\.host.description) == ["0.0.0.0", "::"])
      #expect(connection.ports.allSatisfy { $0.hostPort == 8080 && $0.containerPort == 80 })
      try bench.run { (service) throws in
        #expect(try service.inspect("n").endpoints == [connection.endpoint])
      }
    }
  }

  @Test func connectionToNoneHasNoAddresses() throws {
    try withBench(["c"]) { bench in
      var made: Connection?
      try bench.run { made = try $0.connect(ConnectRequest(network: "none", container: "c")) }

      let connection = try #require(made)
      #expect(connection.endpoint.interface == nil)
      #expect(connection.addresses.isEmpty && connection.gateways.isEmpty)
      #expect(connection.ports.isEmpty)
    }
  }
}

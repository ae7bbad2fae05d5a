import Addressing
import Drivers
import NetworkModel
import Testing

@testable import NetworkService

struct ConnectRequestTests {
  @Test(
    arguments: [
      ("nothing asked", "n", Change { _ in }, []),
      ("address inside", "n", Change { $0.ipv4 = address("10.0.0.9") }, []),
      (
        "address outside the range but inside the subnet", "n",
        Change { $0.ipv4 = address("10.0.0.200") }, []
      ),
      (
        "address outside", "n", Change { $0.ipv4 = address("10.99.0.5") },
        [.outsideSubnets(address("10.99.0.5"))]
      ),
      (
        "IPv6 without a subnet", "n", Change { $0.ipv6 = address("fd00::1") },
        [.outsideSubnets(address("fd00::1"))]
      ),
      (
        "other family", "n",
        Change {
          $0.ipv4 = address("fd00::1")
          $0.ipv6 = address("10.0.0.9")
        },
        [
          .invalidAddress(.ipv4, address("fd00::1")), .invalidAddress(.ipv6, address("10.0.0.9")),
          .outsideSubnets(address("fd00::1")), .outsideSubnets(address("10.0.0.9")),
        ]
      ),
      (
        "unspecified", "n", Change { $0.ipv4 = address("0.0.0.0") },
        [.invalidAddress(.ipv4, address("0.0.0.0")), .outsideSubnets(address("0.0.0.0"))]
      ),
      (
        "predefined network", "bridge",
        Change {
          $0.ipv4 = address("10.0.0.9")
          $0.aliases = ["a"]
        }, [.addressOnDefaultNetwork, .aliasOnDefaultNetwork]
      ),
      (
        "everything at once", "n",
        Change {
          $0.ipv4 = address("10.99.0.5")
          $0.driverOptions = ["com.docker.network.endpoint.sysctls": "x"]
        }, [.outsideSubnets(address("10.99.0.5")), .option(.sysctl("x"))]
      ),
    ] as [(String, String, Change<ConnectRequest>, [EndpointProblem])])
  func problemsAreFoundTogether(
    _ row: String, network: String, _ change: Change<ConnectRequest>,
    problems: [EndpointProblem]
  ) throws {
    var request = ConnectRequest(network: network, container: "c")
    change.apply(&request)

    #expect(try request.problems(for: self.network(network)) == problems, "\(row)")
  }

  @Test
  func firstAddressThatIsNotLinkLocalIsFound() {
    var request = ConnectRequest(network: "n", container: "c")
    request.linkLocalAddresses = ["169.254.1.1", "10.1.1.1", "fe80::1", "fd00::1"].map {
      Self.address($0)
    }

    #expect(request.invalidLinkLocalAddress == Self.address("10.1.1.1"))
  }

  private func network(_ name: String) throws -> Network {
    Network(
      id: try #require(NetworkID(String(repeating: "1", count: 64))), name: name,
      created: Timestamp(nanoseconds: 0), driver: .bridge,
      ipam: IPAMConfiguration(
        subnets: [
          SubnetConfiguration(
            subnet: try IPPrefix(parsing: "10.0.0.0/24"),
            range: try IPPrefix(parsing: "10.0.0.0/25"))
        ]))
  }

  private static func address(_ text: String) -> IPAddress { IPAddress(text)! }
}

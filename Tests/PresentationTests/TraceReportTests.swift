import Addressing
import NetworkModel
import PacketTrace
import Testing

@testable import Presentation

/// What a trace says about rules of netctl's own.
struct TraceReportTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let chain: String
    var rule = "drop"
    var input: UInt32 = 4
    var output: UInt32? = 4
    let reason: String
    var remedy = false

    var testDescription: String { "\(chain): \(rule)" }
  }

  // Links 4 and 5 are the bridges of networks `n1` and `n2`; 3 leads to the outside.
  private static let rows = [
    Row(
      chain: "within", reason: "containers of network n1 may not reach each other (enable_icc)",
      remedy: true),
    Row(
      chain: "within", rule: "ct state invalid drop",
      reason: "connection tracking considers it invalid"),
    Row(chain: "sources", reason: "the sender may not use the source address 10.66.0.2"),
    Row(chain: "impersonation", reason: "the sender may not use the source address 10.66.0.2"),
    Row(chain: "advertised", reason: "the sender may not announce that address as its own"),
    Row(
      chain: "siblings",
      reason: "containers may not send each other what only routers, DHCP servers and bridges send"
    ),
    Row(chain: "errors", output: 5, reason: "it could change this host's routes"),
    Row(
      chain: "unpublished", output: 5, reason: "netctl keeps networks n1 and n2 apart", remedy: true
    ),
    Row(
      chain: "unpublished", input: 3, output: 5,
      reason: "netctl opens network n2 for published ports only", remedy: true),
    Row(chain: "of_another_version", reason: "it is a rule of netctl's"),
  ]

  @Test(arguments: rows)
  func chainsTellWhyNetctlDrops(_ row: Row) {
    let report = report(
      RuleStep(
        time: 1, side: .host, direction: .probe, family: "inet", table: "netctl",
        chain: row.chain, hook: "forward", handle: 9, isPolicy: false, verdict: .drop,
        rule: row.rule, inputLink: row.input, outputLink: row.output, form: Self.probe))

    #expect(
      report.message
        == "The packet was dropped by chain \(row.chain) in table inet netctl: \(row.reason).")
    #expect(report.remedy.isEmpty != row.remedy)
  }

  private static let probe = PacketForm(
    source: IPAddress("10.66.0.2")!, destination: IPAddress("10.66.0.3")!, number: 6,
    sourcePort: 41841, destinationPort: 80)

  private func report(_ step: RuleStep) -> TraceReport {
    let networks = [Sample.network(), Sample.network(named: "n2", digit: "b")]
    var observation = TraceObservation(
      request: TraceRequest(
        origin: .container, protocol: .tcp, destination: Self.probe.destination, port: 80),
      probe: Self.probe, bytes: 60, packets: 1)
    observation.host.links = [
      LinkFacts(index: 3, name: "up0"), bridge(4, of: networks[0]), bridge(5, of: networks[1]),
    ]
    observation.events = [.step(step)]
    return TraceReport(
      observation, TraceConclusion(observation), container: "web",
      namespacePath: "/run/netns/web", peer: nil, networks: networks, policies: [:],
      endpoints: [], ports: [])
  }

  private func bridge(_ index: UInt32, of network: Network) -> LinkFacts {
    LinkFacts(
      index: index, name: "br-\(index)", kind: .bridge, owner: .network(network.id.description))
  }
}

import CommandLineTestSupport
import Glibc
import KernelTestSupport
import OrderedJSON
import Testing

/// Random commands, some of which are killed, lead to what a model expects, as netctl says it and
/// as the kernel holds it.
///
/// `NETCTL_MODEL_OPERATIONS` tells how many, `NETCTL_MODEL_SEED` repeats a run.
@Suite(.enabled(if: Interposer.problem == nil, "\(Interposer.problem ?? "")"))
struct ModelTests {
  @Test func randomCommandsAgreeWithTheModel() throws {
    let count = Int(Self.number("NETCTL_MODEL_OPERATIONS") ?? 200)
    let seed = Self.number("NETCTL_MODEL_SEED") ?? .random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    var killCount = 0

    try Host.with { host in
      try host.netctl("ls")
      for words in ["add \(Model.parent) type veth peer name peer7", "set \(Model.parent) up"] {
        _ = try ChildProcess.run(["ip", "link"] + words.split(separator: " ").map(String.init))
      }
      var model = Model()
      for step in 1...count {
        let command = Model.Command.random(using: &random)
        let isKilled = Int.random(in: 0..<4, using: &random) == 0 && model.shows(command)
        let point = Int.random(in: 1...150, using: &random)
        let wanted = model.after(command)

        let fault = isKilled ? Fault(kind: .stop, point: point) : nil
        let (result, _) = try host.observe("\(command)", salt: UInt64(step), fault: fault)
        if isKilled { try host.netctl("rm absent") }
        let seen = try host.seenModel()

        let next = isKilled ? model.between(wanted ?? model, seen) : wanted ?? model
        let status: Int32 = isKilled ? 137 : wanted == nil ? 1 : 0
        killCount += isKilled ? 1 : 0
        guard result.status == status, seen == next.visible else {
          let place = isKilled ? ", killed at \(point)" : ""
          Issue.record(
            "seed \(seed), operation \(step), \(command)\(place): \(result), from \(model) to \(seen)"
          )
          return
        }
        model = next
      }
      print("Model: \(count) operations, \(killCount) of them killed, agree; seed \(seed)")
    }
  }

  private static func number(_ name: String) -> UInt64? {
    getenv(name).flatMap { UInt64(String(cString: $0)) }
  }
}

/// Which networks there are, who is connected to them, and who has published what.
struct Model: Hashable {
  var members: [String: Set<String>] = [:]
  var ports: [Int: String] = [:]
  /// The MTUs of networks that have bridges.
  var mtus: [String: Int] = [:]

  static let networks = [
    "m": " -d macvlan -o parent=\(parent)", "v": "", "w": "", "x": " --ipv6", "y": " --ipv6",
  ]
  /// The link of the host that one network is on.
  static let parent = "eth7"
  static let networkOnParent = "m"
  static let containers = ["{c}", "{d}"]
  static let ports = 8081...8084
  static let defaultMTU = 1500

  enum Command: CustomStringConvertible {
    case create(String)
    case remove(String)
    case connect(String, String)
    case disconnect(String, String)
    case publish(String, Int)
    case unpublish(String, Int)
    case update(String, mtu: Int)
    case prune
    case reload

    /// A network's commands are common, so that much happens.
    static func random(using random: inout SeededGenerator) -> Command {
      let network = Model.networks.keys.sorted().randomElement(using: &random)!
      let container = Model.containers.randomElement(using: &random)!
      let port = Model.ports.randomElement(using: &random)!
      switch Int.random(in: 0..<22, using: &random) {
      case 0..<5: return .create(network)
      case 5..<7: return .remove(network)
      case 7..<12: return .connect(network, container)
      case 12..<15: return .disconnect(network, container)
      case 15..<17: return .publish(container, port)
      case 17: return .unpublish(container, port)
      case 18: return .prune
      case 19..<21:
        return .update(network, mtu: Bool.random(using: &random) ? 1400 : Model.defaultMTU)
      default: return .reload
      }
    }

    var description: String {
      switch self {
      case .create(let network): "create\(Model.networks[network]!) \(network)"
      case .remove(let network): "rm \(network)"
      case .connect(let network, let container): "connect \(network) \(container)"
      case .disconnect(let network, let container): "disconnect \(network) \(container)"
      case .publish(let container, let port): "publish \(container) \(port):\(port - 8000)"
      case .unpublish(let container, let port): "unpublish \(container) \(port - 8000)"
      case .update(let network, let mtu):
        "update -o com.docker.network.driver.mtu=\(mtu) \(network)"
      case .prune: "prune --force"
      case .reload: "reload"
      }
    }
  }

  /// What a command leads to; nil when it has to be refused.
  func after(_ command: Command) -> Model? {
    var model = self
    switch command {
    case .create(let network):
      guard members[network] == nil else { return nil }
      model.members[network] = []
      if network != Self.networkOnParent { model.mtus[network] = Self.defaultMTU }
    case .remove(let network):
      guard members[network]?.isEmpty == true else { return nil }
      model.members[network] = nil
      model.mtus[network] = nil
    case .connect(let network, let container):
      guard members[network]?.contains(container) == false else { return nil }
      model.members[network]!.insert(container)
    case .disconnect(let network, let container):
      guard members[network]?.contains(container) == true else { return nil }
      model.members[network]!.remove(container)
    case .publish(let container, let port):
      guard ports[port] == nil, isConnected(container) else { return nil }
      model.ports[port] = container
    case .unpublish(let container, let port):
      guard ports[port] == container else { return nil }
      model.ports[port] = nil
    case .update(let network, let mtu):
      guard members[network] != nil else { return nil }
      if network != Self.networkOnParent { model.mtus[network] = mtu }
    case .prune:
      model.members = members.filter { !$0.value.isEmpty }
      model.mtus = mtus.filter { model.members[$0.key] != nil }
    case .reload: break
    }
    return model
  }

  /// Whether it can be seen what a command has led to.
  func shows(_ command: Command) -> Bool {
    if case .unpublish(let container, _) = command { isConnected(container) } else { true }
  }

  /// What a killed command has led to: all or nothing, but for one that takes networks one by one.
  func between(_ wanted: Model, _ seen: Model) -> Model {
    var pruned = self
    pruned.members = members.filter { seen.members[$0.key] != nil || wanted.members[$0.key] != nil }
    pruned.mtus = mtus.filter { pruned.members[$0.key] != nil }
    return [wanted, self, pruned].first { $0.visible == seen } ?? self
  }

  /// The same without the ports of containers that are on no network: nobody reaches them.
  var visible: Model {
    Model(members: members, ports: ports.filter { isConnected($0.value) }, mtus: mtus)
  }

  /// Whether the container is on a network that publishes ports.
  private func isConnected(_ container: String) -> Bool {
    members.contains { $0.key != Self.networkOnParent && $0.value.contains(container) }
  }
}

extension Host {
  private struct Disagreement: Error {
    let text: String
  }

  /// What netctl and the kernel say, which has to be the same.
  fileprivate func seenModel() throws -> Model {
    let names = Model.networks.keys.sorted()
    let lines = try netctl(
      "inspect -f {{.ID}}|{{.Name}}{{range.Containers}}|{{.Name}}{{end}} "
        + names.joined(separator: " ")
    ).output.split(separator: "\n").map { $0.split(separator: "|").map(String.init) }
    let recorded = Dictionary(
      uniqueKeysWithValues: lines.map { ($0[1], Set($0.dropFirst(2).map(placeholder))) })
    let identities = Dictionary(uniqueKeysWithValues: lines.map { ($0[0], $0[1]) })
    let held = try heldMembers(identities)
    guard recorded == held else {
      throw Disagreement(text: "netctl says \(recorded), the kernel holds \(held)")
    }
    return Model(members: held, ports: try heldPorts(), mtus: try heldMTUs(identities))
  }

  private func placeholder(_ name: String) -> String {
    name == containers[0].path ? "{c}" : name == containers[1].path ? "{d}" : name
  }

  /// Bridges by their marks, and the containers behind their ports.
  private func heldMembers(_ identities: [String: String]) throws -> [String: Set<String>] {
    let links = try Self.links()
    var networks: [String: String] = [:]
    var members: [String: Set<String>] = [:]
    for link in links {
      guard let mark = link["ifalias"]?.string, mark.hasPrefix("netctl network "),
        let name = link["ifname"]?.string
      else { continue }
      let identity = String(mark.dropFirst("netctl network ".count))
      networks[name] = identities[identity] ?? identity
      members[identities[identity] ?? identity] = []
    }
    // The host has nothing of this one.
    if identities.values.contains(Model.networkOnParent) { members[Model.networkOnParent] = [] }
    networks[Model.parent] = Model.networkOnParent
    for (container, name) in zip(containers, Model.containers) {
      for end in try inside(container, Self.links) where end["link_index"] != nil {
        let port = links.first { $0["ifindex"] == end["link_index"] }
        let link = port?["master"]?.string ?? port?["ifname"]?.string
        members[link.flatMap { networks[$0] } ?? "nothing", default: []].insert(name)
      }
    }
    return members
  }

  /// The MTUs of bridges, which their ports have, too.
  private func heldMTUs(_ identities: [String: String]) throws -> [String: Int] {
    let links = try Self.links()
    var mtus: [String: Int] = [:]
    for link in links {
      guard let mark = link["ifalias"]?.string, mark.hasPrefix("netctl network "),
        let mtu = link["mtu"]?.number?.integer(as: Int.self)
      else { continue }
      let name = link["ifname"]?.string
      let ports = links.filter { $0["master"] != nil && $0["master"]?.string == name }
      let isAlike = ports.allSatisfy { $0["mtu"]?.number?.integer(as: Int.self) == mtu }
      let identity = String(mark.dropFirst("netctl network ".count))
      mtus[identities[identity] ?? identity] = isAlike ? mtu : 0
    }
    return mtus
  }

  /// The ports that are published on all addresses, with the containers behind them.
  private func heldPorts() throws -> [Int: String] {
    let places = try containers.map { try inside($0) { try Self.addresses() } }
    let map = try ChildProcess.run(["nft", "list", "map", "inet", "netctl", "dnat4any"]).output
    var ports: [Int: String] = [:]
    for match in map.matches(of: /tcp \. (\d+) : ([\d.]+) \. (\d+)/) {
      let place = places.firstIndex { $0.contains(String(match.2)) }
      ports[Int(match.1)!] = place.map { Model.containers[$0] } ?? "nobody"
    }
    return ports
  }

  private static func links() throws -> [JSONObject] {
    let output = try ChildProcess.run(["ip", "-json", "-details", "address", "show"]).output
    return (try JSONValue(parsing: output).array ?? []).compactMap(\.object)
  }

  private static func addresses() throws -> [String] {
    try links().flatMap { $0["addr_info"]?.array ?? [] }.compactMap { $0.object?["local"]?.string }
  }
}

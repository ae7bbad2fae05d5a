import Testing

/// How the kernel loses what netctl put there.
enum Loss: String, CaseIterable, Sendable {
  /// Somebody deletes bridges and rules.
  case flush
  /// Only the records outlive a boot.
  case reboot
  /// Somebody deletes interfaces in the first container.
  case interfaces

  /// The links of the host that go.
  var kinds: [String] {
    switch self {
    case .flush: ["bridge"]
    case .reboot: ["bridge", "veth"]
    case .interfaces: []
    }
  }
}

/// A command of `netctl network`, what stands before it, and what takes it back.
struct Scenario: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// What the first container's runtime did in it.
  var inside: String?
  /// What the administrator did on the host.
  var onHost: String?
  var prepare: [String] = []
  /// What happens to the kernel after that, and again to take the command back.
  var loss: Loss?
  let command: String
  /// After these everything is as it was before the command, byte for byte.
  var undo: [String] = []
  /// What netctl says when the command was carried out already; empty where it has nothing to say.
  let repeated: String

  /// Whether the command goes on with other networks after one was refused.
  var goesOn: Bool { repeated.isEmpty }

  /// Whether something is taken away, which cannot always be put back.
  var takesAway: Bool { !repeated.contains("already") }

  static let all =
    creations + removals + connections + ownRoutes + disconnections + publications + prunings
    + reloads + parents + changes

  private static let families = [("IPv4", ""), ("dual stack", " --ipv6")]

  private static let creations =
    families.map { family, option in
      Scenario(
        testDescription: "create, \(family)", prepare: ["create m"], command: "create\(option) n",
        undo: ["rm n"], repeated: "network with name n already exists")
    } + [
      Scenario(
        testDescription: "create, the first and internal", prepare: [],
        command: "create --internal n", undo: ["rm n"],
        repeated: "network with name n already exists")
    ]

  private static let removals =
    families.map { family, option in
      Scenario(
        testDescription: "rm, \(family)", prepare: ["create m", "create\(option) n"],
        command: "rm n", undo: ["create\(option) n"], repeated: "network n not found")
    } + [
      Scenario(
        testDescription: "rm, the last and internal", prepare: ["create --internal n"],
        command: "rm n", undo: ["create --internal n"], repeated: "network n not found")
    ]

  /// Where an endpoint comes and goes: what stands before it, and its network.
  private static let memberships =
    families.map { family, option in (family, ["create\(option) n"], "n") } + [
      ("default network", [], "bridge"), ("locked port", ["create \(lockedPorts) n"], "n"),
      ("default route moves", ["create --ipv6 z", "create --ipv6 n", "connect z {c}"], "n"),
    ]

  private static let lockedPorts =
    "-o com.docker.network.bridge.enable_icc=false -o io.netctl.bridge.port_security=strict"

  private static let connections = memberships.map { name, prepare, network in
    Scenario(
      testDescription: "connect, \(name)", prepare: prepare, command: "connect \(network) {c}",
      undo: ["disconnect \(network) {c}"], repeated: "already exists in network \(network)")
  }

  /// A container with a default route of its own.
  private static let ownRoutes = [
    Scenario(
      testDescription: "connect beside an own default route", inside: ownRoute,
      prepare: ["create --ipv6 n"], command: "connect n {c}", undo: ["disconnect n {c}"],
      repeated: "already exists in network n"),
    Scenario(
      testDescription: "connect before an own default route", inside: ownRoute,
      prepare: ["create --ipv6 z", "create --ipv6 n", "connect z {c}"],
      command: "connect --gw-priority 1 n {c}", undo: ["disconnect n {c}"],
      repeated: "already exists in network n"),
    Scenario(
      testDescription: "disconnect beside an own default route", inside: ownRoute,
      prepare: ["create --ipv6 n", "connect n {c}"], command: "disconnect n {c}",
      undo: ["connect n {c}"], repeated: "is not connected to network n"),
  ]

  private static let ownRoute = """
    ip link add own0 type veth peer name own1 && ip link set own0 up && ip link set own1 up
    ip address add 192.0.2.2/24 dev own0 && ip address add fd77::2/64 dev own0 nodad
    ip route add default via 192.0.2.1 && ip route add default via fd77::1
    """

  private static let disconnections = memberships.map { name, prepare, network in
    Scenario(
      testDescription: "disconnect, \(name)", prepare: prepare + ["connect \(network) {c}"],
      command: "disconnect \(network) {c}", undo: ["connect \(network) {c}"],
      repeated: "is not connected to network \(network)")
  }

  private static let publications = [
    Scenario(
      testDescription: "connect with ports", prepare: ["create --ipv6 n"],
      command: "connect -p 8080:80 -p 53:53/udp n {c}",
      undo: ["unpublish {c} 80 53/udp", "disconnect n {c}"],
      repeated: "already exists in network n"),
    Scenario(
      testDescription: "publish", prepare: ["create --ipv6 n", "connect -p 8081:81 n {c}"],
      command: "publish {c} 8080:80 53:53/udp", undo: ["unpublish {c} 80 53/udp"],
      repeated: "port is already allocated"),
    Scenario(
      testDescription: "unpublish",
      prepare: [
        "create z", "connect z {c}", "create --ipv6 n",
        "connect -p 8081:81 -p 8080:80 -p 53:53/udp n {c}",
      ],
      command: "unpublish {c} 80 53/udp", undo: ["publish {c} 8080:80 53:53/udp"],
      repeated: "No public port '80/tcp' published"),
  ]

  private static let prunings = [
    Scenario(
      testDescription: "prune", prepare: ["create m", "create --ipv6 n"],
      command: "prune --force", undo: ["create m", "create --ipv6 n"], repeated: "")
  ]

  /// Networks on a link of the host.
  private static let parents = [
    Scenario(
      testDescription: "create on a parent", onHost: parent,
      prepare: ["create -d macvlan -o parent=eth7 m"],
      command: "create \(macvlan) n", undo: ["rm n"],
      repeated: "network with name n already exists"),
    Scenario(
      testDescription: "rm on a parent", onHost: parent, prepare: ["create \(macvlan) n"],
      command: "rm n", undo: ["create \(macvlan) n"], repeated: "network n not found"),
    Scenario(
      testDescription: "connect on a parent, dual stack", onHost: parent,
      prepare: ["create --ipv6 z", "create \(macvlan) --ipv6 n", "connect z {c}"],
      command: "connect --gw-priority 1 n {c}", undo: ["disconnect n {c}"],
      repeated: "already exists in network n"),
    Scenario(
      testDescription: "disconnect on a parent", onHost: parent,
      prepare: ["create \(macvlan) n", "connect n {c}"],
      command: "disconnect n {c}", undo: ["connect n {c}"],
      repeated: "is not connected to network n"),
    Scenario(
      testDescription: "reload of a lost interface on a parent", onHost: parent,
      prepare: ["create \(macvlan) --ipv6 n", "connect n {c}"], loss: .interfaces,
      command: "reload", repeated: ""),
  ]

  /// Networks that change while a container is on them. A command that is repeated has nothing to
  /// do.
  private static let changes = [
    Scenario(
      testDescription: "rename, default route and ports move",
      prepare: [
        "create --ipv6 k", "create --ipv6 n", "connect k {c}", "connect -p 8080:80 n {c}",
      ],
      command: "rename n a", undo: ["rename a n"], repeated: "network n not found"),
    Scenario(
      testDescription: "update of labels and options, dual stack",
      prepare: ["create --ipv6 n", "connect -p 8080:80 n {c}"],
      command: "update --label-add a=b -o \(mtu)=1400 -o \(icc)=false n",
      undo: ["update --label-rm a --opt-rm \(mtu),\(icc) n"],
      repeated: "already so"),
    Scenario(
      testDescription: "update to internal", prepare: ["create --ipv6 n", "connect n {c}"],
      command: "update --internal n", undo: ["update --internal=false n"],
      repeated: "already so"),
    Scenario(
      testDescription: "update from internal", prepare: ["create --internal n", "connect n {c}"],
      command: "update --internal=false n", undo: ["update --internal n"],
      repeated: "already so"),
    Scenario(
      testDescription: "update with another family", prepare: ["create n", "connect n {c}"],
      command: "update --ipv6 n",
      undo: ["disconnect n {c}", "rm n", "create n", "connect n {c}"], repeated: "already so"),
    Scenario(
      testDescription: "update on a parent", onHost: parent,
      prepare: ["create \(macvlan) n", "connect n {c}"],
      command: "update -o macvlan_mode=private --aux-address p=192.0.2.9 n",
      undo: ["update --opt-rm macvlan_mode --aux-address p= n"], repeated: "already so"),
  ]

  private static let mtu = "com.docker.network.driver.mtu"
  private static let icc = "com.docker.network.bridge.enable_icc"

  private static let parent =
    "ip link add eth7 type veth peer name peer7 && ip link set eth7 up && ip link set peer7 up"

  private static let macvlan =
    "-d macvlan -o parent=eth7 --subnet 192.0.2.0/24 --gateway 192.0.2.1"

  private static let reloads = [Loss.flush, .reboot].flatMap { (loss: Loss) in
    families.map { family, option in
      Scenario(
        testDescription: "reload after a \(loss), \(family)",
        prepare: ["create\(option) n", "connect -p 8080:80 n {c}"], loss: loss,
        command: "reload", repeated: "")
    }
  }
}

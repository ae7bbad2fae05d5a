/// The software that manages chains and rules of nftables, and restores what is deleted there.
public enum FirewallManager: String, Hashable, Sendable {
  case netctl
  case docker = "Docker"
  case podman = "Podman"
  case ufw
  case firewalld
  case libvirt
  case kubernetes = "Kubernetes"
  case systemd
  /// Nobody but the administrator, as far as is known.
  case administrator

  /// The manager of a table that no other software uses, by its name.
  package init?(table: String) {
    switch table {
    case "netctl": self = .netctl
    case "firewalld": self = .firewalld
    case "docker-bridges": self = .docker
    case "netavark": self = .podman
    case "io.systemd.nat": self = .systemd
    case "kube-proxy": self = .kubernetes
    case "libvirt_network": self = .libvirt
    default: return nil
    }
  }

  /// The manager of a chain by its name, in tables of iptables(8), which several programs share.
  package init?(chain: String) {
    let prefixes: [(String, FirewallManager)] = [
      ("DOCKER", .docker), ("ufw", .ufw), ("LIBVIRT_", .libvirt), ("NETAVARK", .podman),
      ("CNI-", .podman), ("KUBE-", .kubernetes),
    ]
    guard let prefix = prefixes.first(where: { chain.hasPrefix($0.0) }) else { return nil }
    self = prefix.1
  }

  /// The manager of a table of iptables(8) and of its policies, by the names of the table's chains.
  package init?(tableWithChains names: [String]) {
    if names.contains(where: { $0.hasPrefix("ufw") }) {
      self = .ufw
    } else if names.contains(Self.dockerAdminChain) {
      self = .docker
    } else {
      return nil
    }
  }

  /// The manager of a rule or policy that a packet met.
  package init(_ step: RuleStep, in facts: NamespaceFacts) {
    if let manager = Self(table: step.table) ?? Self(chain: step.chain) {
      let isAdministrators =
        switch manager {
        case .netctl: step.isForeign || step.chain == Self.netctlAdminChain
        case .docker: step.chain == Self.dockerAdminChain
        case .podman, .ufw, .firewalld, .libvirt, .kubernetes, .systemd, .administrator: false
        }
      self = isAdministrators ? .administrator : manager
    } else {
      self = Self.managerOfBaseChain(step, facts) ?? .administrator
    }
  }

  private static let netctlAdminChain = "admin"
  private static let dockerAdminChain = "DOCKER-USER"

  private static func managerOfBaseChain(
    _ step: RuleStep, _ facts: NamespaceFacts
  ) -> FirewallManager? {
    if step.isPolicy, step.table == "filter" {
      let names = facts.chainNames(step.family, step.table)
      let manager = FirewallManager(tableWithChains: names)
      return manager == .docker && step.chain != "FORWARD" ? nil : manager
    }
    // Docker drops what is addressed to a container on another link in table raw.
    let isDockers =
      step.table == "raw" && step.chain == "PREROUTING"
      && facts.chains.contains { $0.family == step.family && Self(chain: $0.name) == .docker }
    guard isDockers, let rule = step.rule, rule.hasBytes(of: "daddr"),
      rule.hasBytes(of: "iifname !=")
    else { return nil }
    return .docker
  }
}

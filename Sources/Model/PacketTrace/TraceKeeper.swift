/// The software that makes a rule, and makes it again when it is deleted.
public enum TraceKeeper: String, Hashable, Sendable {
  case netctl
  case docker = "Docker"
  case podman = "Podman"
  case ufw
  case firewalld
  case libvirt
  case kubernetes = "Kubernetes"
  case systemd
  case administrator

  /// The keeper of a rule or policy. The names of a table's chains tell who uses it.
  package init(_ step: RuleStep, in facts: NamespaceFacts) {
    let names = facts.chainNames(step.family, step.table)
    self =
      Self.ofTable(step.table) ?? Self.ofChain(step.chain)
      ?? Self.ofSharedChain(step, names: names, facts)
    if self == .netctl, step.isForeign || step.chain == Self.netctlAdminChain {
      self = .administrator
    }
  }

  private static let netctlAdminChain = "admin"

  private static func ofTable(_ table: String) -> TraceKeeper? {
    switch table {
    case "netctl": .netctl
    case "firewalld": .firewalld
    case "docker-bridges": .docker
    case "netavark": .podman
    case "io.systemd.nat": .systemd
    case "kube-proxy": .kubernetes
    case "libvirt_network": .libvirt
    default: nil
    }
  }

  private static func ofChain(_ chain: String) -> TraceKeeper? {
    if chain == "DOCKER-USER" { return .administrator }
    let prefixes: [(String, TraceKeeper)] = [
      ("DOCKER", .docker), ("ufw", .ufw), ("LIBVIRT_", .libvirt), ("NETAVARK", .podman),
      ("CNI-", .podman), ("KUBE-", .kubernetes),
    ]
    return prefixes.first { chain.hasPrefix($0.0) }?.1
  }

  /// Base chains of iptables(8), which several programs share.
  private static func ofSharedChain(
    _ step: RuleStep, names: [String], _ facts: NamespaceFacts
  ) -> TraceKeeper {
    let hasDocker = facts.chains.contains {
      $0.family == step.family && $0.name.hasPrefix("DOCKER")
    }
    if step.isPolicy, step.table == "filter" {
      if names.contains(where: { $0.hasPrefix("ufw") }) { return .ufw }
      if step.chain == "FORWARD", hasDocker { return .docker }
    }
    // Docker drops what is addressed to a container on another link in table raw.
    if step.table == "raw", step.chain == "PREROUTING", hasDocker,
      let rule = step.rule, rule.hasBytes(of: "daddr"), rule.hasBytes(of: "iifname !=")
    {
      return .docker
    }
    return .administrator
  }
}

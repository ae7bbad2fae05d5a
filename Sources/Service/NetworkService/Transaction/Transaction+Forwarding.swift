import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// Host-wide settings that all networks share, reverted when the last of them is gone.
extension Transaction {
  /// Finds the families that need forwarding but do not have it, and records that netctl is about
  /// to enable it.
  func recordForwarding(_ families: Set<AddressFamily>) throws(ServiceError) -> [AddressFamily] {
    var missing: [AddressFamily] = []
    for family in families.sorted() {
      let value = try kernel.sysctl(.forwarding(family), in: .host)
      if value == "0" { missing.append(family) }
    }
    guard !missing.isEmpty else { return [] }
    var host = try self.host()
    host.forwarding.formUnion(missing)
    try save(host)
    return missing
  }

  // The element `noTransit` prevents the host from routing for anything but netctl's networks, and
  // is in place before forwarding is enabled.
  func enableForwarding(_ family: AddressFamily) throws(ServiceError) {
    if family == .ipv6 { try keepRouterAdvertisements() }
    try perform([.writeSysctls([Sysctl(.forwarding(family), "1")], .host)])
    if family == .ipv4 { try keepBridgesFromForwarding() }
  }

  // The kernel has just enabled it on every link.
  private func keepBridgesFromForwarding() throws(ServiceError) {
    for network in try appliedNetworks() {
      guard let device = try view.desiredNetwork(of: network).device else { continue }
      let closing = Sysctl(
        .interface(.ipv4, device.name, .forwarding), "0", for: .protection)
      guard device.sysctls.contains(closing) else { continue }
      let link = try kernel.link(device.name)
      if link?.owner == device.owner { try perform([.writeSysctls([closing], .host)]) }
    }
  }

  // With forwarding enabled, interfaces with accept_ra=1 ignore router advertisements, and the host
  // would lose its own IPv6 routes; 2 accepts them regardless, and equals 1 without forwarding.
  private func keepRouterAdvertisements() throws(ServiceError) {
    let names = try kernel.interfacesWithSysctls(.ipv6, in: .host)
    for name in names where name.description != "all" {
      let key = SysctlKey.interface(.ipv6, name, .acceptRA)
      let value = try kernel.sysctl(key, in: .host)
      if value == "1" {
        try perform([.writeSysctls([Sysctl(key, "2", isOptional: true)], .host)])
      }
    }
  }

  /// Releases what the other networks, and the `rest` of one that is only changed, do not need:
  /// forwarding of a family, unless it was enabled before netctl or other software has started to
  /// rely on it (which cannot itself have enabled what was already on) unless the network
  /// `isUndone`, and never was in use; and the table after the
  /// last network, unless it contains an administrator's rules.
  func releaseHost(
    afterRemovalOf network: Network, leaving rest: DesiredNetwork = DesiredNetwork(),
    isUndone: Bool = false
  ) throws(ServiceError) {
    var host = try self.host()
    let firewalled =
      try index.first { (other) throws(ServiceError) in
        if other.id == network.id { return false }
        return try isFirewalled(other)
      }
    let isLast = rest.policy == nil && firewalled == nil
    var families: [AddressFamily] = []
    for family in host.forwarding.subtracting(rest.forwarding).sorted() {
      let user = try index.first { (other) throws(ServiceError) in
        if other.id == network.id { return false }
        return try isForwarding(family, for: other)
      }
      if user == nil { families.append(family) }
    }
    var unneeded: [AddressFamily] = []
    for family in families {
      let forwarders = try kernel.foreignForwarders(family)
      if !forwarders.isEmpty { continue }
      if !isUndone, let file = kernel.fileEnablingForwarding(family) {
        notices.append(.forwardingKept(family, file: file))
      } else {
        unneeded.append(family)
      }
    }
    // The table prevents transit traffic, so it is removed last.
    try perform([.writeSysctls(unneeded.map { Sysctl(.forwarding($0), "0") }, .host)])
    try releaseFirewall(families, isLast: isLast)
    if network.isOverlay, try !hasTunnels(besides: network.id) { try releaseTunnelGuard() }
    guard !families.isEmpty else { return }
    host.forwarding.subtract(families)
    try save(host)
  }

  private func releaseTunnelGuard() throws(ServiceError) {
    let elements = view.tunnelGuard
    guard !elements.isEmpty, try kernel.isFirewallInstalled() else { return }
    try perform([.updateFirewall(adding: [], removing: elements)])
  }

  private func isForwarding(
    _ family: AddressFamily, for network: Network
  ) throws(ServiceError) -> Bool {
    guard try isApplied(network) else { return false }
    let forwarding = (try? view.desiredNetwork(of: network))?.forwarding
    return (forwarding ?? network.families).contains(family)
  }

  private func isFirewalled(_ network: Network) throws(ServiceError) -> Bool {
    guard try isApplied(network) else { return false }
    guard let desired = try? view.desiredNetwork(of: network) else { return true }
    return desired.policy != nil
  }

  private func releaseFirewall(_ families: [AddressFamily], isLast: Bool) throws(ServiceError) {
    guard isLast || !families.isEmpty else { return }
    kernel.forgetFirewall()
    guard try kernel.isFirewallInstalled() else { return }
    if isLast, try !kernel.isFirewallNeeded() {
      try perform([.removeFirewall])
      kernel.forgetFirewall()
    } else if !families.isEmpty {
      try perform([.updateFirewall(adding: [], removing: families.map { .noTransit($0) })])
    }
  }
}

import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// Changes of recorded networks while containers are on them. A change is on record, with the
/// definitions before and after, until it is complete; whatever prevents that undoes it.
extension Transaction {
  /// Changes a network in the kernel and the records, all or nothing.
  func change(_ update: NetworkUpdate) throws(ServiceError) {
    let (old, new) = (try image(of: update.reversed), try image(of: update))
    if old.isDifferent(from: new) {
      try checkAccess(to: new, from: old)
      try applyOrRepair(old.network, of: update.old)
      try repairFirewall()
    }
    do throws(ServiceError) {
      try stage(update)
      try transform(old, into: new)
      try complete(update)
      try settle(update)
    } catch {
      undo(.update(update.old)) { () throws(ServiceError) in try revert(update) }
      throw error
    }
  }

  // Every container that the change concerns has to be accessible.
  private func checkAccess(
    to new: NetworkImage, from old: NetworkImage
  ) throws(ServiceError) {
    for attachment in new.attachments
    where !old.attachments.contains(where: attachment.needsNothing(from:)) {
      let container = attachment.endpoint.container
      guard let handle = try kernel.enter(container) else {
        throw .update(.containerClosed(kernel.reference(to: container)))
      }
      guard let desired = attachment.desired,
        old.attachments.first(where: { $0.id == attachment.id })?.desired != desired
      else { continue }
      let names = try interfaceNames(of: [attachment.endpoint], in: .container(handle))
      if names[attachment.endpoint.id] == nil {
        throw .update(.interfaceGone(desired.name, container: kernel.reference(to: container)))
      }
    }
  }

  /// Undoes a change that was not completed.
  func revert(_ update: NetworkUpdate) throws(ServiceError) {
    // It may have been removed while this failed.
    guard view.hasNetwork(update.old.id) else { return try settle(update) }
    let original = update.reversed
    try transform(try image(of: update), into: try image(of: original))
    try complete(original)
    try settle(update)
  }

  private func complete(_ update: NetworkUpdate) throws(ServiceError) {
    try apply(update)
    let leases = NetworkLeases(of: update.new, try view.endpoints(of: update.new.id))
    // The addresses of endpoints that wait for a plugin are leased already.
    if !update.new.isConfigurationOnly, !update.new.usesPlugins,
      try view.leases(of: update.new.id) != leases
    {
      try save(leases, of: update.new.id)
    }
    if update.changesNames { try rewriteNames(of: [update.new], isOfAll: false) }
  }

  // MARK: The kernel

  /// What the kernel should hold of a network after an update.
  private func image(of update: NetworkUpdate) throws(ServiceError) -> NetworkImage {
    let view = view.substituting(update.new, update.endpoints.map(\.new))
    let endpoints = try view.liveEndpoints(of: update.new.id)
    let driver = try view.driver(of: update.new)
    var image = NetworkImage(definition: update.new, network: driver.desiredNetwork)
    image.ports.firewall = Set(image.network.firewall)
    for endpoint in endpoints {
      let id = endpoint.container.id
      let all = try view.liveEndpoints(of: id)
      image.ports.formUnion(
        try view.desiredPorts(try view.recordedPorts(of: endpoint.container), on: all))
      image.attachments.append(
        NetworkImage.Attachment(
          endpoint: endpoint, desired: try driver.desired(endpoint), all: all,
          routes: AddressFamily.allCases.compactMap { family in
            all.defaultRouteOwner(family).flatMap { $0.defaultRoute(family) }
          }))
    }
    return image
  }

  /// Turns what the kernel holds of a network into something else. What is there already, or gone,
  /// is not an error.
  private func transform(
    _ old: NetworkImage, into new: NetworkImage
  ) throws(ServiceError) {
    guard old.isDifferent(from: new) else { return }
    let unforwarded = try recordForwarding(
      new.network.forwarding.subtracting(old.network.forwarding))
    if !unforwarded.isEmpty { try extendFirewall(unforwarded.map { .noTransit($0) }) }
    try changePorts(of: Set(new.attachments.map(\.id)), from: old.ports, to: new.ports)
    for family in unforwarded { try enableForwarding(family) }
    try changeDevice(from: old.network.device, to: new.network.device)
    for attachment in new.attachments {
      guard let former = old.attachments.first(where: { $0.id == attachment.id }) else { continue }
      try change(former, into: attachment, on: new.network.parent)
    }
    if !old.network.forwarding.subtracting(new.network.forwarding).isEmpty {
      try releaseHost(afterRemovalOf: new.definition, leaving: new.network)
    }
  }

  private func changeDevice(
    from old: NetworkDevice?, to new: NetworkDevice?
  ) throws(ServiceError) {
    guard let old, let new, old != new, let link = try kernel.link(new.name) else { return }
    // An adopted link keeps its settings.
    if link.owner != new.owner { return try perform(new.addressSteps(changing: old)) }
    let dropped = new.sysctls.dropped(from: old.sysctls)
    try perform(
      new.steps(changing: old, defaults: try defaults(of: dropped, on: new.name, in: .host)))
  }

  /// The values that the kernel gives to settings of a new link.
  private func defaults(
    of sysctls: [Sysctl], on name: InterfaceName, in namespace: TargetNamespace
  ) throws(ServiceError) -> [Sysctl] {
    var defaults: [Sysctl] = []
    for sysctl in sysctls {
      let value = try kernel.sysctl(sysctl.key.defaultKey(of: name), in: namespace)
      guard let value else { continue }
      defaults.append(Sysctl(sysctl.key, value, isOptional: true, for: sysctl.purpose))
    }
    return defaults
  }

  private func change(
    _ old: NetworkImage.Attachment, into new: NetworkImage.Attachment, on parent: InterfaceName?
  ) throws(ServiceError) {
    guard !new.needsNothing(from: old), let before = old.desired, let after = new.desired else {
      return
    }
    let container = new.endpoint.container
    guard let handle = try kernel.enter(container) else { return }
    if before != after {
      let names = try interfaceNames(of: [new.endpoint], in: .container(handle))
      // One that is gone is made again as it is recorded.
      guard let name = names[new.endpoint.id] else { return }
      let dropped = after.sysctls.dropped(from: before.sysctls)
      let defaults = try defaults(of: dropped, on: after.name, in: .container(handle))
      let parentLink = try parent.flatMap { (name) throws(ServiceError) in try kernel.link(name) }
      try perform(
        after.steps(
          changing: before, container: handle, named: name, defaults: defaults,
          defaultMTU: parentLink?.mtu ?? NetworkDevice.defaultMTU))
    }
    if old.routes != new.routes {
      try settleRoutes(of: new.all, replacing: old.all, in: handle, container: container)
    }
    if !Set(after.addresses).isSubset(of: before.addresses) { announce(after, in: handle) }
  }
}

/// What the kernel holds of a network, its endpoints, and the ports of their containers.
private struct NetworkImage {
  /// An endpoint of the network.
  struct Attachment {
    let endpoint: Endpoint
    let desired: DesiredEndpoint?
    /// Those of its container on all networks.
    let all: [Endpoint]
    /// The default routes of its container.
    let routes: [DesiredDefaultRoute]

    var id: ContainerID { endpoint.container.id }

    /// Whether the container is the same, and nothing in it has to be changed.
    func needsNothing(from other: Attachment) -> Bool {
      endpoint.id == other.endpoint.id && desired == other.desired && routes == other.routes
    }
  }

  let definition: Network
  let network: DesiredNetwork
  /// With the elements of the network itself.
  var ports = DesiredPorts()
  var attachments: [Attachment] = []

  init(definition: Network, network: DesiredNetwork) {
    self.definition = definition
    self.network = network
  }

  /// Whether the kernel has to be changed from one to the other.
  func isDifferent(from other: NetworkImage) -> Bool {
    network != other.network || ports != other.ports
      || attachments.map(\.desired) != other.attachments.map(\.desired)
      || attachments.map(\.routes) != other.attachments.map(\.routes)
  }
}

extension NetworkUpdate {
  /// Whether containers resolve other names or addresses than before.
  fileprivate var changesNames: Bool {
    old.name != new.name
      || endpoints.contains { $0.old.interface?.addresses != $0.new.interface?.addresses }
  }
}

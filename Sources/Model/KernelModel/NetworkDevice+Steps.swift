public import Addressing

extension NetworkDevice {
  /// The steps from the observed state to this device; none if it already matches. Throws when the
  /// name belongs to a link that netctl must not touch.
  public func steps(
    from link: ObservedLink?, addresses present: [IPPrefix]
  ) throws(DeviceConflict) -> [KernelStep] {
    guard let link else { return creationSteps }
    try check(link)
    if link.isIncomplete { return replacementSteps }
    return renamingSteps(of: link)
      + addresses.filter { !present.contains($0) }.map { .addAddress($0, name, .host) }
      + (link.isUp ? [] : [.bringUp(name, .host)])
  }

  /// The steps that create it.
  var creationSteps: [KernelStep] {
    [.createDevice(self)]
      + (sysctls.isEmpty ? [] : [.writeSysctls(sysctls, .host)])
      + addresses.map { .addAddress($0, name, .host) }
      + (mtu.map { [.setMTU($0, name, .host)] } ?? [])
      + [.bringUp(name, .host)]
  }

  /// The steps that replace a device whose creation was interrupted: its state is unknown.
  var replacementSteps: [KernelStep] { [.deleteLink(name, .host)] + creationSteps }

  /// The steps that restore the name of a device that an administrator renamed; it is recognised by
  /// its alias.
  public func renamingSteps(of link: ObservedLink) -> [KernelStep] {
    link.name == name ? [] : [.renameLink(link.name, to: name, .host)]
  }

  /// The steps that remove it: an adopted link only loses the addresses it was given.
  public func removalSteps(from link: ObservedLink?) -> [KernelStep] {
    guard let link, link.kind == kind.link else { return [] }
    if link.mayBelong(to: owner) { return [.deleteLink(link.name, .host)] }
    guard link.owner == nil, adoptsExisting else { return [] }
    return addresses.filter { !preexistingAddresses.contains($0) }
      .map { .removeAddress($0, name, .host) }
  }

  func check(_ link: ObservedLink) throws(DeviceConflict) {
    if isUsed(link) { return }
    guard link.kind == kind.link else { throw .otherKind(name, wanted: kind.link) }
    switch link.owner {
    case owner: return
    case .network(let id)?, .tunnel(let id)?: throw .belongsToNetwork(name, id: id)
    case .parent?: throw .notManaged(name)
    case .endpoint?: throw .otherKind(name, wanted: kind.link)
    case nil: if !adoptsExisting && !link.isIncomplete { throw .notManaged(name) }
    }
  }

  // Interfaces can be on a link of any kind, which is then used as it is.
  private func isUsed(_ link: ObservedLink) -> Bool {
    if case .vlan = kind {
      adoptsExisting && link.owner != owner && !link.isIncomplete
    } else {
      false
    }
  }
}

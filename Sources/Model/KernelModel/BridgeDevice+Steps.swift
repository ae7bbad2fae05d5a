public import Addressing

extension BridgeDevice {
  /// The steps from the observed state to this bridge; none if it already matches. Throws when the
  /// name belongs to a link that netctl must not touch.
  public func steps(
    from link: ObservedLink?, addresses present: [IPPrefix]
  ) throws(BridgeConflict) -> [KernelStep] {
    guard let link else { return creationSteps }
    try check(link)
    if link.isIncomplete { return replacementSteps }
    return renamingSteps(of: link)
      + addresses.filter { !present.contains($0) }.map { .addAddress($0, name, .host) }
      + (link.isUp ? [] : [.bringUp(name, .host)])
  }

  /// The steps that create the bridge.
  var creationSteps: [KernelStep] {
    [.createBridge(name, owner: owner, mac: mac)]
      + (sysctls.isEmpty ? [] : [.writeSysctls(sysctls, .host)])
      + addresses.map { .addAddress($0, name, .host) }
      + (mtu.map { [.setMTU($0, name, .host)] } ?? [])
      + [.bringUp(name, .host)]
  }

  /// The steps that replace a bridge whose creation was interrupted: its state is unknown.
  var replacementSteps: [KernelStep] { [.deleteLink(name)] + creationSteps }

  /// The steps that restore the name of a bridge that an administrator renamed; it is recognised by
  /// its alias.
  public func renamingSteps(of link: ObservedLink) -> [KernelStep] {
    guard link.name != name.description, let present = try? InterfaceName(link.name) else {
      return []
    }
    return [.renameLink(present, to: name, .host)]
  }

  /// The steps that remove this bridge: a foreign one only loses the addresses it was given.
  public func removalSteps(from link: ObservedLink?) -> [KernelStep] {
    guard let link, link.kind == "bridge" else { return [] }
    if link.mayBelong(to: owner), let present = try? InterfaceName(link.name) {
      return [.deleteLink(present)]
    }
    guard link.owner == nil, adoptsExisting else { return [] }
    return addresses.filter { !preexistingAddresses.contains($0) }
      .map { .removeAddress($0, name, .host) }
  }

  func check(_ link: ObservedLink) throws(BridgeConflict) {
    guard link.kind == "bridge" else { throw .notABridge(name) }
    switch link.owner {
    case owner: return
    case .network(let id)?: throw .belongsToNetwork(name, id: id)
    case .endpoint?: throw .notABridge(name)
    case nil: if !adoptsExisting && !link.isIncomplete { throw .notManaged(name) }
    }
  }
}

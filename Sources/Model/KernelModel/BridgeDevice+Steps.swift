public import Addressing

extension BridgeDevice {
  /// The steps that lead from what was observed to this bridge. One that is right already needs
  /// none. Throws when the name is taken by something that netctl must not touch.
  public func steps(
    from link: ObservedLink?, addresses present: [IPPrefix]
  ) throws(BridgeConflict) -> [KernelStep] {
    guard let link else { return creationSteps }
    try check(link)
    if link.isUnmarked { return replacementSteps }
    return renamingSteps(of: link)
      + addresses.filter { !present.contains($0) }.map { .addAddress($0, name, .host) }
      + (link.isUp ? [] : [.bringUp(name, .host)])
  }

  /// The steps that make the bridge.
  var creationSteps: [KernelStep] {
    [.createBridge(name, owner: owner, mac: mac)]
      + (sysctls.isEmpty ? [] : [.writeSysctls(sysctls, .host)])
      + addresses.map { .addAddress($0, name, .host) }
      + (mtu.map { [.setMTU($0, name, .host)] } ?? [])
      + [.bringUp(name, .host)]
  }

  /// The steps that make it in the place of one whose making was interrupted: nobody knows how far it
  /// came.
  var replacementSteps: [KernelStep] { [.deleteLink(name)] + creationSteps }

  /// The steps that give the bridge its name back: its mark tells one that an administrator has
  /// given another.
  public func renamingSteps(of link: ObservedLink) -> [KernelStep] {
    guard link.name != name.description, let present = try? InterfaceName(link.name) else {
      return []
    }
    return [.renameLink(present, to: name, .host)]
  }

  /// The steps that take this bridge away: a foreign one only loses the addresses that it got.
  public func removalSteps(from link: ObservedLink?) -> [KernelStep] {
    guard let link, link.kind == "bridge" else { return [] }
    if link.belongs(to: owner), let present = try? InterfaceName(link.name) {
      return [.deleteLink(present)]
    }
    guard link.owner == nil, mayBeForeign else { return [] }
    return addresses.filter { !keptAddresses.contains($0) }
      .map { .removeAddress($0, name, .host) }
  }

  func check(_ link: ObservedLink) throws(BridgeConflict) {
    guard link.kind == "bridge" else { throw .notABridge(name) }
    switch link.owner {
    case owner: return
    case .network(let id)?: throw .belongsToNetwork(name, id: id)
    case .endpoint?: throw .notABridge(name)
    case nil: if !mayBeForeign && !link.isUnmarked { throw .notOurs(name) }
    }
  }
}

/// What a plugin says of itself.
package struct PluginCapabilities: Sendable {
  /// Whether its networks span hosts; nil if it is no network driver.
  package var isGlobal: Bool?
  /// Whether it decides which networks get gateways.
  package var checksGateways = false
  /// Whether it is the driver of addresses; if so, whether it is told the hardware address that
  /// each address is for.
  package var needsHardwareAddress: Bool?
}

/// A kind of driver that a plugin may be.
package enum PluginKind: String, Sendable {
  /// A driver of networks.
  case network = "NetworkDriver"
  /// A driver of addresses.
  case addresses = "IpamDriver"
}

extension PluginClient {
  /// Asks the plugin what it is; each plugin answers that any number of times. Fails unless it is
  /// of the kinds that are needed.
  package func activate(_ kinds: [PluginKind]) throws(PluginError) -> PluginCapabilities {
    var implemented: [PluginKind]
    do throws(PluginError) {
      implemented = try call("Plugin.Activate").strings("Implements")
        .compactMap { PluginKind(rawValue: $0) }
      for kind in kinds where !implemented.contains(kind) {
        throw PluginError(
          .unusable,
          "Plugin does not implement the requested driver: plugin=\"\(name)\", "
            + "requested implementation=\"\(kind.rawValue)\"")
      }
    } catch {
      throw error.legacy
    }
    var capabilities = PluginCapabilities()
    for kind in implemented {
      switch kind {
      case .network:
        let answer = try? call("NetworkDriver.GetCapabilities")
        let scope = try? answer?.string("Scope")
        if scope == "local" || scope == "global" { capabilities.isGlobal = scope == "global" }
        capabilities.checksGateways = (try? answer?.bool("GwAllocChecker")) ?? false
      case .addresses:
        let answer = try? call("IpamDriver.GetCapabilities")
        capabilities.needsHardwareAddress = (try? answer?.bool("RequiresMACAddress")) ?? false
      }
    }
    if kinds.contains(.network), capabilities.isGlobal == nil {
      throw PluginError(.unusable, "could not resolve driver \(name) in registry")
    }
    return capabilities
  }
}

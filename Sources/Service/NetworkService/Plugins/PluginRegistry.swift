import NetworkModel
import RemoteDrivers

/// The plugins that one command talks to.
final class PluginRegistry {
  private let directory: PluginDirectory
  private var clients: [String: PluginClient] = [:]
  /// The endpoints that the command has begun to remove, whose plugins have yet to be asked.
  var stagedEndpoints: Set<EndpointID> = []
  /// Whether the user asked for their removal, and not something else that found them dead: only
  /// then is it worth waiting for the process that has locked their network.
  var isRemovalRequested = false
  /// Endpoints on plugins' networks that are no longer gateways of their containers, and others
  /// that have become so, because of a network without plugins.
  var formerGateways: [Endpoint] = []
  var newGateways: [Endpoint] = []
  /// The plugins that were away, by name: each is waited for and reported once.
  var absences: [String: PluginError] = [:]
  /// Whether what interrupted commands left has been dealt with.
  var areRecovered = false

  init(_ directory: PluginDirectory) {
    self.directory = directory
  }

  /// The names of the plugins that are there.
  var names: [String] { directory.names }

  /// The plugin with a name.
  func client(_ name: String) throws(PluginError) -> PluginClient {
    if let client = clients[name] { return client }
    let client = try PluginClient(name, in: directory)
    clients[name] = client
    return client
  }

  /// Why a plugin cannot be asked now; nil if it answers, whatever it says.
  func absence(of name: String) -> PluginError? {
    do throws(PluginError) {
      let client = try client(name)
      client.timeout = Self.checkTime
      _ = try client.activate([])
      return nil
    } catch {
      return error.isAway ? error : nil
    }
  }

  /// How long a plugin may take to answer when nothing but its presence is asked for.
  private static let checkTime = Duration.seconds(1)
}

extension Network {
  /// The plugins that have a part in it.
  var pluginNames: Set<String> {
    Set([plugin == nil ? nil : driver.rawValue, addressPlugin].compactMap(\.self))
  }
}

/// Asks a plugin, with an error that becomes the service's.
func asking<Result>(
  _ call: () throws(PluginError) -> Result
) throws(ServiceError) -> Result {
  do throws(PluginError) { return try call() } catch { throw .plugin(error) }
}

/// The same; what failed is named before the plugin's error.
func asking<Result>(
  for subject: String, _ call: () throws(PluginError) -> Result
) throws(ServiceError) -> Result {
  do throws(PluginError) { return try call() } catch { throw .plugin(error.of(subject)) }
}

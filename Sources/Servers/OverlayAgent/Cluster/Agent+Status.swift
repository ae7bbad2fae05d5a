import Addressing
import EtcdClient
import NetworkModel
import OrderedJSON

/// What the agent tells of itself.
extension Agent {
  /// The answer to `netctl agent status`.
  func status() -> JSONObject {
    let state = state.read { $0 }
    let hold = files.holdLease()
    var store: JSONObject = [
      "endpoints": JSONValue(settings.store.endpoints.map(\.text)),
      "tls": .bool(settings.store.certificates != nil),
      "reachable": .bool(state.problem == nil && state.registration != nil),
    ]
    store["cluster"] = state.registration.map { .string(String($0.cluster, radix: 16)) }
    store["problem"] = state.problem.map { .string($0.text) }
    store["problemSince"] = state.problem.map { JSONValue($0.since.nanoseconds) }
    var status: JSONObject = [
      "version": .string(settings.version),
      "host": Self.value(identity),
      "port": JSONValue(settings.port),
      "store": .object(store),
      "registered": .bool(state.registration != nil),
      "fenced": .bool(state.isFenced),
      "revision": JSONValue(state.view.revision),
    ]
    status["synchronised"] = state.synchronised.map { JSONValue($0.nanoseconds) }
    if let registration = state.registration {
      status["nodeLease"] = [
        "id": .string(String(registration.nodeLease, radix: 16)),
        "seconds": JSONValue(settings.nodeTTL),
      ]
    }
    if let hold, hold.boot == settings.boot {
      let age = Double(Moment.sinceBoot.nanoseconds - hold.renewed) / 1_000_000_000
      status["holdLease"] = [
        "id": .string(String(hold.id, radix: 16)), "seconds": JSONValue(hold.seconds),
        "left": JSONValue(Int(Double(hold.seconds) - age)),
      ]
    }
    status["hosts"] = .array(
      state.view.hosts.values.sorted { $0.id < $1.id }.map { host in
        var object = JSONObject(Self.value(host).object?.members.map { ($0.name, $0.value) } ?? [])
        object["alive"] = .bool(state.view.nodes[host.id] != nil)
        return .object(object)
      })
    status["networks"] = .array(
      state.view.networks.values.sorted { $0.name < $1.name }.map { Self.value($0, state) })
    return status
  }

  private static func value(_ host: ClusterHost) -> JSONValue {
    [
      "id": .string(host.id.description), "name": .string(host.name),
      "address": .string(host.address.description),
    ]
  }

  private static func value(_ network: Network, _ state: ClusterState) -> JSONValue {
    var object: JSONObject = [
      "id": .string(network.id.description), "name": .string(network.name),
      "hosts": JSONValue(state.view.presences[network.id]?.count ?? 0),
    ]
    if let position = state.view.positions[network.id] {
      let own = state.view.ownEndpoints(of: network.id).count
      object["endpoints"] = JSONValue(state.view.endpoints[network.id]?.count ?? 0)
      object["own"] = JSONValue(own)
      object["revision"] = JSONValue(position)
      object["applied"] = JSONValue(state.applied[network.id] ?? 0)
    }
    return .object(object)
  }

  /// The figures in Prometheus' text form.
  func metrics() -> String {
    let state = state.read { $0 }
    let statistics = state.statistics
    var text = ""
    func add(_ name: String, _ type: String, _ help: String, _ samples: [(String, Double)]) {
      text += "# HELP netctl_agent_\(name) \(help)\n# TYPE netctl_agent_\(name) \(type)\n"
      for (labels, value) in samples {
        let number = value == value.rounded() ? "\(Int64(value))" : "\(value)"
        text += "netctl_agent_\(name)\(labels) \(number)\n"
      }
    }
    func gauge(_ name: String, _ help: String, _ value: Double) {
      add(name, "gauge", help, [("", value)])
    }
    func counter(_ name: String, _ help: String, _ value: Int) {
      add(name, "counter", help, [("", Double(value))])
    }
    gauge("store_up", "Whether the store answers.", state.problem == nil ? 1 : 0)
    gauge("registered", "Whether this host is registered.", state.registration == nil ? 0 : 1)
    gauge("fenced", "Whether overlay networks are cut off.", state.isFenced ? 1 : 0)
    gauge("store_revision", "The last revision seen.", Double(state.view.revision))
    let lag = state.view.positions.map { $0.value - (state.applied[$0.key] ?? 0) }.max() ?? 0
    gauge("lag_revisions", "Revisions that this host does not have yet.", Double(max(lag, 0)))
    gauge("hosts", "Hosts of the cluster.", Double(state.view.hosts.count))
    gauge("networks", "Networks of the cluster.", Double(state.view.networks.count))
    gauge(
      "endpoints", "Endpoints of the networks that this host is in.",
      Double(state.view.positions.keys.reduce(0) { $0 + (state.view.endpoints[$1]?.count ?? 0) }))
    if let hold = files.holdLease(), hold.boot == settings.boot {
      let age = Double(Moment.sinceBoot.nanoseconds - hold.renewed) / 1_000_000_000
      gauge("hold_lease_seconds_left", "Until endpoints would end.", Double(hold.seconds) - age)
    }
    counter("events_total", "Changes that were watched.", statistics.eventCount)
    counter("lists_total", "Times that the store was read whole.", statistics.listCount)
    counter("watch_interruptions_total", "Interrupted watches.", statistics.interruptionCount)
    counter("updates_total", "Updates of this host.", statistics.updateCount)
    counter("update_failures_total", "Failed ones.", statistics.updateFailureCount)
    add(
      "update_seconds_total", "counter", "Time that updates took.",
      [("", statistics.updateSeconds)])
    gauge("last_update_seconds", "Time that the last one took.", statistics.lastUpdateSeconds)
    add(
      "requests_total", "counter", "Requests of commands.",
      statistics.requestCounts.sorted { $0.key < $1.key }.map {
        ("{request=\"\($0.key)\"}", Double($0.value))
      })
    add(
      "request_failures_total", "counter", "Refused ones, by kind.",
      statistics.failureCounts.sorted { $0.key < $1.key }.map {
        ("{kind=\"\($0.key)\"}", Double($0.value))
      })
    return text
  }
}

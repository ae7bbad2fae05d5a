package import NetworkModel
package import OrderedJSON

/// The status of an agent, for people.
package struct AgentStatusText {
  private let status: JSONObject
  private let now: Timestamp

  /// Takes the answer of the agent.
  package init(_ status: JSONObject, now: Timestamp) {
    self.status = status
    self.now = now
  }

  /// The text.
  package var bytes: [UInt8] {
    var lines: [String] = []
    func add(_ name: String, _ value: String) { lines.append("\(name):\t\(value)") }
    let host = status["host"]?.object ?? [:]
    add(
      "Host",
      "\(Self.text(host["name"])) (\(Self.short(host["id"]))) at "
        + "\(Self.text(host["address"]))")
    let store = status["store"]?.object ?? [:]
    let endpoints = (store["endpoints"]?.array ?? []).map(Self.text).joined(separator: ", ")
    add("Store", endpoints + (store["tls"]?.bool == true ? " (TLS)" : ""))
    add("State", state(store))
    if let lease = status["holdLease"]?.object {
      add(
        "Lease", "\(Self.number(lease["left"])) of \(Self.number(lease["seconds"])) seconds left")
    }
    var revision = "\(Self.number(status["revision"]))"
    if let moment = Self.moment(status["synchronised"]) {
      revision += ", read whole at \(TimeText.secondsString(moment))"
    }
    add("Revision", revision)
    lines.append("")
    lines.append("HOST\tADDRESS\tAGENT")
    for host in objects("hosts") {
      let isAlive = host["alive"]?.bool == true
      lines.append(
        "\(Self.text(host["name"]))\t\(Self.text(host["address"]))\t"
          + (isAlive ? "running" : "silent"))
    }
    lines.append("")
    lines.append("NETWORK\tHOSTS\tENDPOINTS\tHERE\tLAG")
    for network in objects("networks") {
      let isHere = network["revision"] != nil
      let lag = max(0, Self.number(network["revision"]) - Self.number(network["applied"]))
      lines.append(
        "\(Self.text(network["name"]))\t\(Self.number(network["hosts"]))\t"
          + (isHere
            ? "\(Self.number(network["endpoints"]))\t\(Self.number(network["own"]))\t\(lag)"
            : "-\t0\t-"))
    }
    return TabularText.aligned(Array(lines.joined(separator: "\n").utf8)) + [0x0a]
  }

  private func state(_ store: JSONObject) -> String {
    var state = status["registered"]?.bool == true ? "registered" : "not registered"
    if let problem = store["problem"]?.string {
      state += "; the store cannot be used: \(problem)"
      if let since = Self.moment(store["problemSince"]) {
        let seconds = max(0, (now.nanoseconds - since.nanoseconds) / 1_000_000_000)
        state += ", for \(seconds) seconds"
      }
    }
    if status["fenced"]?.bool == true { state += "; cut off from overlay networks" }
    return state
  }

  private func objects(_ name: String) -> [JSONObject] {
    (status[name]?.array ?? []).compactMap(\.object)
  }

  private static func text(_ value: JSONValue?) -> String {
    TerminalText.escaped(value?.string ?? "")
  }

  private static func short(_ value: JSONValue?) -> String { String(text(value).prefix(12)) }

  private static func number(_ value: JSONValue?) -> Int64 {
    value?.number?.integer(as: Int64.self) ?? 0
  }

  private static func moment(_ value: JSONValue?) -> Timestamp? {
    value?.number?.integer(as: Int64.self).map { Timestamp(nanoseconds: $0) }
  }
}

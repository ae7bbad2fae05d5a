import Addressing
import GoTemplate
import OrderedJSON
import PacketTrace

/// The trace for programs. It contains no payload.
extension TraceReport {
  var value: Value {
    let json = json
    let fields = TraceFormat.placeholders.map { name in
      ObjectField(name, Value(decoded: json.object?[name] ?? .null))
    }
    return .object(GoStruct("trace.Report", fields) { json })
  }

  private var json: JSONValue {
    .object(
      JSONObject([
        ("Status", .string(conclusion.status.rawValue)),
        ("ExitStatus", number(conclusion.exitStatus)),
        ("Certainty", .string(conclusion.certainty.rawValue)), ("Place", place),
        ("Direction", direction(conclusion.direction)), ("Message", .string(message)),
        ("Remedy", JSONValue(remedy)), ("Probe", probe), ("Hops", .array(sightings)),
        ("Answer", answer), ("Seconds", decimal(observation.seconds)),
        ("Temporary", JSONValue(observation.temporary)),
      ]))
  }

  private func direction(_ direction: TraceDirection) -> JSONValue {
    switch direction {
    case .probe: .string("probe")
    case .answer: .string("answer")
    case .resolution: .string("resolution")
    }
  }

  /// A namespace's name for programs.
  func place(_ side: TraceSide) -> String {
    switch side {
    case .host: "host"
    case .container: container
    case .peer: peer ?? ""
    }
  }

  private func decimal(_ value: Double) -> JSONValue {
    JSONNumber((value * 1000).rounded() / 1000).map { .number($0) } ?? .null
  }

  private var probe: JSONValue {
    let form = observation.probe
    return .object(
      JSONObject([
        ("Source", .string(form.source.isUnspecified ? "" : form.sourceText)),
        ("Destination", .string(form.destinationText)),
        ("Protocol", .string(request.protocol.name)), ("Bytes", number(observation.bytes)),
        ("Injected", .bool(observation.injectedOn != nil)),
        ("Packets", number(observation.packets)),
      ]))
  }

  private var sightings: [JSONValue] {
    let start = observation.sightings.map(\.time).min() ?? 0
    return observation.sightings.map { sighting in
      let isFirst = sighting.side == .container && sighting.isOutgoing && !isInbound
      let next = isFirst ? observation.containerRoute?.route?.gateway : nil
      let mac = observation.container.neighbors.first { $0.address == next }?.mac
      return .object(
        JSONObject([
          ("Where", .string(place(sighting.side))),
          ("Interface", text(observation[sighting.side].link(sighting.link)?.name)),
          ("Outgoing", .bool(sighting.isOutgoing)), ("Direction", direction(sighting.direction)),
          ("Packet", .string("\(sighting.form.sourceText) > \(sighting.form.destinationText)")),
          ("NextHop", text(next?.description)), ("MAC", text(mac?.description)),
          ("Milliseconds", decimal(Double(sighting.time - start) / 1e6)),
        ]))
    }
  }

  private var answer: JSONValue {
    switch observation.sightings.last(where: { $0.answer != nil })?.answer {
    case nil: .null
    case .positive?: .object(JSONObject([("Kind", .string("answer"))]))
    case .reset?: .object(JSONObject([("Kind", .string("reset"))]))
    case .error(let error)?:
      .object(
        JSONObject([
          ("Kind", .string("icmp")), ("Sender", .string(error.sender.description)),
          ("Type", number(error.type)), ("Code", number(error.code)),
        ]))
    }
  }
}

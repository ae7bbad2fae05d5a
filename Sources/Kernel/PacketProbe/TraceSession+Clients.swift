import Addressing
import LinuxSystem
import Netlink
import PacketTrace

/// Real clients.
extension TraceSession {
  /// Follows the first client that connects to the port within this many seconds.
  func awaitClient(_ seconds: Int) throws(TraceError) -> TraceObservation {
    try armForClients(request.protocol, port: request.port)
    // What came before the rules were there is not reported.
    try drain()
    recorder.awaited = (request.protocol.number(.ipv4), request.port)
    let nobody = IPAddress(ipv4: 0)
    let unknown = PacketForm(
      source: nobody, destination: nobody, number: request.protocol.number(.ipv4), sourcePort: 0,
      destinationPort: request.port)
    let reading = StateReading(self)
    let start = MonotonicClock.now
    var end = start + Int64(seconds) * 1_000_000_000
    var hasClient = false
    while MonotonicClock.now < end {
      wait(until: end, probe: nil)
      try drain()
      if !hasClient, recorder.identity != nil {
        hasClient = true
        end = MonotonicClock.now + Int64(request.milliseconds) * 1_000_000
      }
      if hasClient, recorder.isDropped || wasAnswered {
        end = min(end, MonotonicClock.now + Self.settlingTime)
      }
    }
    var observation = TraceObservation(
      request: request, probe: firstForm ?? unknown, bytes: 0, packets: 0)
    observation.isAnswered = wasAnswered
    observation.seconds = Double(MonotonicClock.now - start) / 1e9
    try reading.finish(&observation)
    return observation
  }

  private var sightings: [PacketSighting] {
    recorder.events.compactMap { if case .sighting(let sighting) = $0 { sighting } else { nil } }
  }

  private var firstForm: PacketForm? {
    sightings.first { $0.direction == .probe && $0.side == .host }?.form
  }

  /// Whether an answer left by the link on which the client's packet came in.
  private var wasAnswered: Bool {
    let arrival = sightings.first { $0.direction == .probe && $0.side == .host }?.link
    return sightings.contains {
      $0.direction == .answer && $0.answer == .positive && $0.side == .host && $0.isOutgoing
        && $0.link == arrival
    }
  }
}

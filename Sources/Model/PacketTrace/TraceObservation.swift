package import SystemErrors

/// Everything that was observed of one probe.
public struct TraceObservation: Sendable {
  package var request: TraceRequest
  /// The probe as it was sent.
  package var probe: PacketForm
  /// Bytes of the IP packet.
  package var bytes: Int
  package var packets: Int
  /// In the order of the kernel's clock.
  package var events: [PacketEvent] = []
  /// Whether events were lost, so that nothing can be concluded from their absence.
  package var isIncomplete = false
  /// What the probe's socket reported.
  package var failure: Errno?
  /// Whether the socket's error came before anything was sent.
  package var failedAtOnce = false
  /// Whether the probe's socket, or for an injected probe the rule that intercepts it, got an answer.
  package var isAnswered = false
  /// ICMP errors that the probe's socket received.
  package var errors: [ICMPError] = []
  package var host = NamespaceFacts()
  package var container = NamespaceFacts()
  /// The other container to which the probe goes; nil if it goes elsewhere.
  package var peer: NamespaceFacts?
  /// The namespace file of that container.
  package var peerPath: String?
  /// The route of the probe in the container; nil for a probe that does not start there.
  package var containerRoute: RouteAnswer?
  /// The route of the probe in the host, after translation of its destination.
  package var hostRoute: RouteAnswer?
  /// The same without the link that it arrives on: then rp_filter does not apply.
  package var hostRouteWithoutInput: RouteAnswer?
  /// The route of the answer in the host.
  package var answerRoute: RouteAnswer?
  package var answerRouteWithoutInput: RouteAnswer?
  /// The link of the host on which an injected probe came in.
  package var injectedOn: UInt32?
  /// Whether the injected frame was seen on its link.
  package var injectionWasSeen = true
  /// Seconds from the first packet to the end.
  package var seconds = 0.0
  /// What existed during the trace and is gone.
  package var temporary: [String] = []

  package init(request: TraceRequest, probe: PacketForm, bytes: Int, packets: Int) {
    self.request = request
    self.probe = probe
    self.bytes = bytes
    self.packets = packets
  }

  package var sightings: [PacketSighting] {
    events.compactMap { if case .sighting(let sighting) = $0 { sighting } else { nil } }
  }

  package var steps: [RuleStep] {
    events.compactMap { if case .step(let step) = $0 { step } else { nil } }
  }

  /// The state of a namespace.
  package subscript(side: TraceSide) -> NamespaceFacts {
    get {
      switch side {
      case .container: container
      case .host: host
      case .peer: peer ?? NamespaceFacts()
      }
    }
    set {
      switch side {
      case .container: container = newValue
      case .host: host = newValue
      case .peer: peer = newValue
      }
    }
  }
}

import Addressing
import SystemErrors

/// Negative answers.
extension TracePath {
  var refused: TraceConclusion? {
    guard let kind = refusal else { return nil }
    if case .error(let error) = kind, error.isTooBig {
      let isOwn = host.owns(error.sender) || container.owns(error.sender)
      let link = isOwn ? host.links.first { $0.mtu == Int(error.mtu ?? 0) } : nil
      return TraceConclusion(
        isOwn ? .stopped : .refused, .kernel, .probe,
        .tooBig(mtu: Int(error.mtu ?? 0), link: link, sender: error.sender))
    }
    if case .error(let error) = kind, error.isTimeExceeded,
      host.owns(error.sender) || container.owns(error.sender)
    {
      return hopLimitExceeded
    }
    if isInbound { return refusedInbound(kind) }
    if observation.probe.destination.isLoopback || container.owns(observation.probe.destination) {
      return TraceConclusion(
        .refused, .kernel, .answer, .noListener(.container, others: container.listeners))
    }
    if hasEnteredPeer, observation.peer?.owns(lastForm.destination) == true {
      return TraceConclusion(
        .refused, .kernel, .answer,
        .noListener(.peer, others: observation.peer?.listeners ?? []))
    }
    if exit == nil, host.owns(lastForm.destination) {
      guard case .reset = kind else { return routeError(kind) }
      return TraceConclusion(
        .refused, .kernel, .answer, .noListener(.host, others: host.listeners))
    }
    guard let exit else { return routeError(kind) }
    return TraceConclusion(.refused, .seen, .answer, .refusedOutside(link: exit, by: kind))
  }

  /// The same without the message that tells so, of which the kernel sends few a second.
  var silentHopLimit: TraceConclusion? {
    guard exit == nil, !hasEnteredPeer, !sightings(.probe, .host).isEmpty, let link = containerLink,
      !host.owns(lastForm.destination), observation.containerRoute?.route?.gateway != nil,
      let limit = container.sysctl(observation.probe.family.hopLimitSysctl(link.name)), limit <= 1
    else { return nil }
    return stopped(.state, .probe, .hopLimitExceeded(nil, limit: limit))
  }

  /// This host was the last that the probe was allowed to pass.
  private var hopLimitExceeded: TraceConclusion {
    let step = observation.steps.last { step in
      step.rule.map { $0.hasBytes(of: "ttl set") || $0.hasBytes(of: "hoplimit set") } ?? false
    }
    let path = containerLink.map { observation.probe.family.hopLimitSysctl($0.name) } ?? ""
    return stopped(
      step == nil ? .kernel : .traced, .probe,
      .hopLimitExceeded(step, limit: container.sysctl(path)))
  }

  /// An ICMP error that the host itself made before the probe left it.
  private func routeError(_ kind: AnswerKind) -> TraceConclusion? {
    guard case .error(let error) = kind, error.isPortUnreachable,
      host.owns(lastForm.destination)
    else { return nil }
    return TraceConclusion(
      .refused, .kernel, .answer, .noListener(.host, others: host.listeners))
  }

  private func refusedInbound(_ kind: AnswerKind) -> TraceConclusion? {
    if hasEnteredContainer {
      return TraceConclusion(
        .refused, .kernel, .answer, .noListener(.container, others: container.listeners))
    }
    guard isDeliveredToHost, !container.owns(lastForm.destination) else { return nil }
    return TraceConclusion(.refused, .kernel, .answer, .notPublished(holder: nil))
  }

  /// The negative answer, from the socket or from the wire.
  private var refusal: AnswerKind? {
    if let error = observation.errors.last { return .error(error) }
    let negative = answers.last { if case .positive? = $0.answer { false } else { true } }
    if let answer = negative?.answer { return answer }
    return observation.failure == .connectionRefused ? .reset : nil
  }
}

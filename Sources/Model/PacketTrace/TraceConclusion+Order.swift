import Addressing
import SystemErrors

extension TraceConclusion {
  /// What an observation means. The order matters: a link that is down, for example, makes the
  /// rules drop what comes in by another way.
  package init(_ observation: TraceObservation) {
    let path = TracePath(observation)
    let found = [
      path.withoutConclusion, path.answered, path.intercepted, path.atLinks,
      path.divertedOnTheWayIn, path.untracked, path.atRules, path.atLegacyRules, path.diverted,
      path.refused, path.bypassesHost, path.withoutAddress, path.atWrongNeighbor,
      path.inContainerRoutes, path.inHostRoutes, path.atNextHops, path.silentHopLimit,
      path.atLimits, path.beyond,
    ]
    self = found.lazy.compactMap(\.self).first ?? path.lost
  }
}

extension TracePath {
  /// Nothing can be said.
  var withoutConclusion: TraceConclusion? {
    if observation.isIncomplete, !observation.isAnswered {
      return TraceConclusion(.lost, .unknown, .probe, .incomplete)
    }
    if !observation.injectionWasSeen {
      return TraceConclusion(
        .lost, .unknown, .probe, .notInjected(host.link(observation.injectedOn)))
    }
    if case .client = observation.request.origin, observation.events.isEmpty {
      return TraceConclusion(.unanswered, .seen, .probe, .noClient)
    }
    return nil
  }

  var answered: TraceConclusion? {
    guard observation.isAnswered else { return nil }
    if isInbound, !hasEnteredContainer, !container.owns(lastForm.destination) {
      if let found = divertedOnTheWayIn { return found }
      let holder = host.listeners.first { $0.serves(observation.probe.destination) }
      if isDeliveredToHost, !Self.proxies.contains(holder?.command ?? "") {
        return stopped(.kernel, .probe, .notPublished(holder: holder))
      }
    }
    return TraceConclusion(.answered, .seen, .answer, .answered)
  }

  /// Processes of the host that publish ports of containers.
  static let proxies = ["docker-proxy", "rootlessport", "pasta", "slirp4netns"]

  /// What `--dry-run` keeps from leaving.
  var intercepted: TraceConclusion? {
    guard observation.request.isDryRun,
      let step = observation.steps.last(where: { $0.isOwn && $0.verdict == .drop })
    else { return nil }
    return TraceConclusion(
      .answered, .traced, .probe, .interceptedByDryRun(link: host.link(step.outputLink)))
  }

  var lost: TraceConclusion {
    let direction: TraceDirection = answers.isEmpty ? .probe : .answer
    let seen = observation.sightings.filter { $0.direction == direction }
    let last = seen.last.map(name) ?? (isInbound ? "the host" : "the container")
    let next: String
    if direction == .probe {
      next =
        isInbound
        ? "the container" : host.link(observation.hostRoute?.route?.link)?.name ?? "the outside"
    } else {
      next = isInbound ? "the client" : "the container"
    }
    return TraceConclusion(.lost, .unknown, direction, .lostBetween(from: last, to: next))
  }

  func stopped(
    _ certainty: TraceCertainty, _ direction: TraceDirection, _ cause: TraceCause
  ) -> TraceConclusion {
    TraceConclusion(.stopped, certainty, direction, cause)
  }
}

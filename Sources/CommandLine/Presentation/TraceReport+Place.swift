import Addressing
import OrderedJSON
import PacketTrace

/// The place of a conclusion, for programs.
extension TraceReport {
  var place: JSONValue {
    switch conclusion.cause {
    case .rule(let step, let manager): return rule(step, manager)
    case .untracked(let step), .foreignSource(let step?, _, _), .diverted(let step?, _),
      .hopLimitExceeded(let step?, _):
      return rule(step, path.manager(of: step))
    case .foreignSource(nil, _, let link):
      return object("nat", .host, [("Interface", .string(link.name))])
    case .diverted(nil, let form):
      return object(
        "route", .host, [("Destination", .string(form.destination.description))])
    case .hopLimitExceeded(nil, let limit):
      let name = path.containerLink.map { observation.probe.family.hopLimitSysctl($0.name) }
      return object(
        "sysctl", .container,
        [
          ("Name", text(name.map { "net/" + $0 })), ("Value", limit.map(number) ?? .null),
        ])
    case .noAddress(let side, let address, let link):
      return object(
        "address", side,
        [("Address", text(address?.description)), ("Interface", .string(link.name))])
    case .legacyRule(let hit), .divertedByLegacyRule(let hit, _):
      return object(
        "xtables", hit.side,
        [
          ("Table", .string(hit.table)), ("Chain", .string(hit.chain)),
          ("Number", number(hit.number)), ("Policy", .bool(hit.number == 0)),
          ("Target", .string(hit.target)),
        ])
    case .linkDown(let side, let link), .bypassesHost(let side, let link):
      return linkPlace(side, link)
    case .noCarrier(let link): return linkPlace(.host, link)
    case .offBridge(let link, let bridge):
      return object(
        "port", .host,
        [
          ("Interface", .string(link.name)), ("Bridge", text(bridge?.name)), ("State", .null),
        ])
    case .portState(let link, let bridge):
      return object(
        "port", .host,
        [
          ("Interface", .string(link.name)), ("Bridge", .string(bridge.name)),
          ("State", text(link.portState.map { "\($0)" })),
        ])
    case .isolatedPort(let link, let bridge):
      return object(
        "port", .host,
        [
          ("Interface", .string(link.name)), ("Bridge", .string(bridge.name)),
          ("State", .string("isolated")),
        ])
    case .noContainerRoute:
      return object(
        "route", .container, [("Destination", .string(observation.probe.destination.description))])
    case .noHostRoute:
      return object(
        "route", .host, [("Destination", .string(observation.probe.destination.description))])
    case .rejectingRoute(let side, let route):
      return object(
        "route", side,
        [
          ("Destination", text(route?.prefix.description)), ("Type", text(route?.kind)),
          ("Table", route.map { number($0.table) } ?? .null),
        ])
    case .forwardingOff(let link):
      let folder = observation.probe.family.sysctlFolder
      return object(
        "sysctl", .host,
        [
          ("Name", .string("net/\(folder)/conf/\(link?.name ?? "all")/forwarding"))
        ])
    case .reversePathFilter(let link, _, _):
      return object("sysctl", .host, [("Name", .string("net/ipv4/conf/\(link.name)/rp_filter"))])
    case .silentNextHop(let side, let address, let link): return neighbor(side, address, link)
    case .wrongGateway(let address, _, let link): return neighbor(.container, address, link)
    case .tooBig(let mtu, let link, _):
      let side: TraceSide = link != nil && link == path.containerLink ? .container : .host
      return object("link", side, [("Interface", text(link?.name)), ("MTU", number(mtu))])
    case .conntrackFull(_, let limit):
      return object(
        "sysctl", .host,
        [
          ("Name", .string("net/netfilter/nf_conntrack_max")), ("Value", number(limit)),
        ])
    case .notMasqueraded(let link):
      return object("nat", .host, [("Interface", .string(link.name))])
    case .noListener(let side, _), .silentContainer(let side, _): return listener(side)
    case .notPublished: return listener(.host)
    case .wrongNeighbor(let side, let entry, let link, _):
      return neighbor(side, entry.address, link)
    case .rejectingRule(let side, let rule):
      return object(
        "rule", side,
        [
          ("Priority", number(rule.priority)), ("Rule", .string(rule.text)),
        ])
    case .silentOutside(let link, let rule?, _):
      return object(
        "rule", .host,
        [
          ("Priority", number(rule.priority)), ("Rule", .string(rule.text)),
          ("Interface", text(link?.name)),
        ])
    case .answered, .refusedOutside, .silentOutside, .interceptedByDryRun,
      .lostBetween, .incomplete, .notInjected, .noClient:
      return .null
    }
  }

  private func object(
    _ kind: String, _ side: TraceSide, _ members: [(String, JSONValue)]
  ) -> JSONValue {
    let first: [(String, JSONValue)] = [
      ("Kind", .string(kind)), ("Namespace", .string(side == .host ? "host" : "container")),
      ("Container", side == .host ? .null : .string(place(side))),
    ]
    return .object(JSONObject(first + members))
  }

  private func rule(_ step: RuleStep, _ manager: FirewallManager) -> JSONValue {
    object(
      "nft", step.side,
      [
        ("Hook", text(step.hook)), ("Family", .string(step.family)),
        ("Table", .string(step.table)),
        ("Chain", .string(step.chain)), ("Handle", step.handle.map(number) ?? .null),
        ("Policy", .bool(step.isPolicy)), ("Rule", text(step.rule)),
        ("Comment", text(step.comment)),
        ("Keeper", .string(manager.rawValue)),
      ])
  }

  private func linkPlace(_ side: TraceSide, _ link: LinkFacts) -> JSONValue {
    object("link", side, [("Interface", .string(link.name))])
  }

  private func neighbor(_ side: TraceSide, _ address: IPAddress, _ link: LinkFacts) -> JSONValue {
    object(
      "neighbor", side,
      [("Address", .string(address.description)), ("Interface", .string(link.name))])
  }

  private func listener(_ side: TraceSide) -> JSONValue {
    let form = isInbound || side == .peer ? path.lastForm : observation.probe
    return object(
      "listener", side,
      [
        ("Address", .string(form.destination.description)),
        ("Port", number(form.destinationPort)), ("Protocol", .string(request.protocol.name)),
      ])
  }

  func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  func number(_ value: some BinaryInteger) -> JSONValue { .number(JSONNumber(Int64(value))) }
}

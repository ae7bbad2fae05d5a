import Addressing
import KernelModel
import NetworkFilters
import NetworkModel
import NetworkService
import Presentation
import Spelling

/// How errors are shown: Docker's message after `Error: `. On a terminal, a hint follows on a
/// second line where the message says too little; scripts compare Docker's messages, and get hints
/// only on request.
extension CommandContext {
  /// Reports a failed verb; `network` is the one named on the command line.
  func report(_ error: ServiceError, on network: String? = nil) {
    printError(text(of: error, on: network))
  }

  /// The message for an error.
  func text(of error: ServiceError, on network: String? = nil) -> String {
    // Errors that Docker's command line detects itself have no prefix.
    if case .definition(let definition) = error, definition.isDetectedByCommandLine {
      return Diagnostics.text(definition)
    }
    let suggestion = suggestion(for: error, on: network).map { "\n" + $0 }
    return "Error: " + Diagnostics.text(error) + (suggestion ?? "")
  }

  /// Prints each notice from the verbs once; with `--debug`, also errors that nothing depended on.
  func reportNotices(isDebugging: Bool) {
    var shown: Set<Notice> = []
    for notice in notices where shown.insert(notice).inserted {
      if case .ignored = notice, !isDebugging { continue }
      printError(Diagnostics.text(notice))
    }
  }

  /// Reports the failure of one of several networks.
  func report(_ failure: NetworkFailure) {
    let network = failure.network.map { "network \(TerminalText.escaped($0)): " } ?? ""
    printError("Error: " + network + Diagnostics.text(failure.error))
    suggestion(for: failure.error).map(printError)
  }

  /// Reports an invalid filter of a command that supports `names`.
  func report(_ error: FilterError, knowing names: [String]) {
    printError("Error: " + Diagnostics.text(error))
    if showsHints { Diagnostics.hint(error, knowing: names).map(printError) }
  }

  /// Reports why a network with these subnets was not created.
  func report(_ error: ServiceError, creating subnets: [String]) {
    if showsHints, case .definition(.poolOverlap) = error,
      let overlap = overlap(with: subnets.compactMap { try? IPPrefix(parsing: $0) })
    {
      printError("Error: " + Diagnostics.text(error))
      printError(overlap)
    } else {
      report(error)
    }
  }

  /// Reports why a container was not disconnected.
  func report(_ error: ServiceError, disconnectingFrom network: String) {
    printError("Error: " + Diagnostics.text(error))
    guard showsHints else { return }
    let hint: String?
    switch error {
    case .noSuchContainer(let typed): hint = suggestion(forMissing: typed, on: network)
    case .endpointNotFound(let typed):
      hint = suggestion(forMissing: typed, on: network, isForced: true)
    default: hint = suggestion(for: error, on: network)
    }
    hint.map(printError)
  }

  /// The hint; nil if none is needed.
  private func suggestion(for error: ServiceError, on network: String? = nil) -> String? {
    guard showsHints else { return nil }
    return contextualHint(for: error) ?? Diagnostics.hint(error, on: network)
  }

  // Hints that depend on the records and the host.
  private func contextualHint(for error: ServiceError) -> String? {
    switch error {
    case .networkNotFound(let typed): guess(typed, among: networks.map(\.name))
    case .definition(.configurationNotFound(let typed)):
      guess(typed, among: networks.filter(\.isConfigurationOnly).map(\.name))
    case .noSuchContainer(let typed): guess(typed, among: sources.namedNamespaces())
    case .configurationInUse(let name): use(ofConfiguration: name)
    case .device(.belongsToNetwork(_, id: let id), network: _, name: _):
      networks.first { $0.id.description == id }
        .map { "The other is network \(TerminalText.escaped($0.name))." }
    default: nil
    }
  }

  private var networks: [Network] { (try? service().recordedNetworks()) ?? [] }

  private func guess(_ typed: String, among names: [String]) -> String? {
    NameSuggestion.of(typed, among: names).map { "Did you mean \(TerminalText.escaped($0))?" }
  }

  private func overlap(with subnets: [IPPrefix]) -> String? {
    for network in networks where !network.isConfigurationOnly {
      let other = network.subnets.map(\.subnet).first { subnets.contains(where: $0.overlaps) }
      if let other { return "Network \(TerminalText.escaped(network.name)) has \(other)." }
    }
    return nil
  }

  private func use(ofConfiguration name: String) -> String? {
    networks.first { $0.configurationSource == name }
      .map { "Network \(TerminalText.escaped($0.name)) was created from it." }
  }

  private func suggestion(
    forMissing container: String, on network: String, isForced: Bool = false
  ) -> String? {
    guard let status = try? service().inspect(network) else {
      return suggestion(for: .networkNotFound(network))
    }
    let names = status.endpoints.map(\.container.name)
    let place = TerminalText.shellWord(network)
    if !isForced, names.contains(container) {
      return
        "Its namespace still exists without that name: netctl network disconnect --force \(place) "
        + TerminalText.shellWord(container)
    }
    if let guess = guess(container, among: names) { return guess }
    return
      (names.isEmpty
      ? "Nothing is connected to \(TerminalText.escaped(network))"
      : "netctl network inspect \(place) shows what is connected")
      + "; if it is gone, nothing needs to be done."
  }
}

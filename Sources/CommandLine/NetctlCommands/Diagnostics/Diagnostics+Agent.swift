import AgentAPI
import Presentation

extension Diagnostics {
  /// Why the agent did not do what it was asked for a network.
  static func text(_ error: AgentError, _ network: String) -> String {
    let message = TerminalText.escaped(error.message)
    return switch error.kind {
    case .notRunning, .notRegistered:
      "this host is not registered in the cluster store (is \"netctl agent\" running?)"
    case .storeUnreachable: "cluster store unreachable: \(message)"
    case .timeout, .unanswered:
      "the cluster store did not answer in time, and may have done it anyway: \(message)"
    case .hasActiveEndpoints:
      "error while removing network: network \(TerminalText.escaped(network)) has active endpoints"
        + (message.isEmpty ? "" : " (\(message))")
    case .nameTaken, .poolOverlaps, .noFreePool, .vniTaken, .noFreeVNI, .networkNotFound,
      .endpointExists, .addressInUse, .noFreeAddress, .invalid:
      message
    }
  }

  /// What has become of something that was removed here while the agent could not be asked.
  static func warning(_ error: AgentError, container: String?, network: String) -> String {
    let network = TerminalText.escaped(network)
    let removed =
      container.map { "container \(TerminalText.escaped($0)) is disconnected from \(network)" }
      ?? "network \(network) is removed"
    return "Warning: \(removed) on this host; the cluster store is told when it can be reached: "
      + text(error, network)
  }
}

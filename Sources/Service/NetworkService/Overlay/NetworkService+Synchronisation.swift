import AgentAPI
import Configuration
import NetworkModel

extension NetworkService {
  /// How long a command that only reads waits for the agent.
  private static let patience = Duration.seconds(1)

  /// Has the agent bring the records up to date, if the host is in a cluster. If it cannot, that is
  /// a notice, and the records stay as they were.
  public func synchroniseCluster() {
    guard configurationFile.configuration.cluster != nil else { return }
    do throws(AgentError) {
      try agent.synchronise(within: Self.patience)
    } catch {
      let membership = try? existingView()?.membership()
      noticeList.append(.clusterUnreachable(error, since: membership?.updated))
    }
  }

  /// Asks the agent for the endpoints of a network on all hosts: of a network without a container
  /// here, the records have none. Not after `synchroniseCluster` has failed.
  public func readClusterEndpoints(of reference: String) {
    guard configurationFile.configuration.cluster != nil,
      !notices.contains(where: \.isClusterUnreachable),
      let network = try? network(reference), network.isOverlay
    else { return }
    do throws(AgentError) {
      plugins.clusterEndpoints[network.id] = try agent.endpoints(
        of: network.id, within: Self.patience)
    } catch {
      let membership = try? existingView()?.membership()
      noticeList.append(.clusterUnreachable(error, since: membership?.updated))
    }
  }
}

extension Notice {
  fileprivate var isClusterUnreachable: Bool {
    if case .clusterUnreachable = self { true } else { false }
  }
}

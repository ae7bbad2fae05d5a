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
}

import AgentAPI
import Configuration
import NetworkModel

extension NetworkService {
  /// How long a command that only reads waits for the agent.
  private static let timeout = Duration.seconds(1)

  /// Has the agent bring the records up to date, if the host is in a cluster. If it cannot, that is
  /// a notice, and the records stay as they were.
  public func synchroniseCluster() {
    // Only root may ask the agent; others see what it recorded last.
    guard configurationFile.configuration.cluster != nil, kernel.isPrivileged else { return }
    do throws(AgentError) {
      try agent.synchronise(within: Self.timeout)
    } catch {
      let membership = try? existingView()?.membership()
      noticeList.append(.clusterUnreachable(error, since: membership?.updated))
    }
  }
}

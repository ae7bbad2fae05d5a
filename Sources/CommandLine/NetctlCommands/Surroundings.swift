public import Containers

/// What completion looks at besides the state folder.
public struct Surroundings {
  /// The named network namespaces.
  public let namedNamespaces: () -> [String]
  /// The processes with a network namespace of their own.
  public let processes: () -> [ContainerSurvey.Process]
  /// The host's interfaces.
  public let interfaces: () -> [String]

  /// Takes every member.
  public init(
    namedNamespaces: @escaping () -> [String],
    processes: @escaping () -> [ContainerSurvey.Process], interfaces: @escaping () -> [String]
  ) {
    self.namedNamespaces = namedNamespaces
    self.processes = processes
    self.interfaces = interfaces
  }
}

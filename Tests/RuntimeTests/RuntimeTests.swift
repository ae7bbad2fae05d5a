import CommandLineTestSupport
import Testing

/// Tests with real runtimes, one after the other: they share the machine's cgroups.
@Suite(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"), .serialized)
enum RuntimeTests {}

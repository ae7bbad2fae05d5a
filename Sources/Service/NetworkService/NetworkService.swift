import Drivers
public import KernelModel
public import NetworkModel
import StateStore

/// The verbs of `netctl network`.
///
/// A verb that changes something takes the lock, finishes what an interrupted one left, records
/// what it is about to do, makes the kernel agree and records that it is done. When anything fails
/// in between, it takes out of the kernel and the state what it had put there.
///
/// A service belongs to one command: what it has seen, it does not look at again.
public final class NetworkService {
  let statePath: String
  let boot: String
  let kernel: any Kernel
  let now: () -> Timestamp
  var random: any RandomNumberGenerator
  /// Renamed host ends of endpoints; nil before the first search.
  var knownRenamedEnds: [LinkOwner: ObservedLink]?
  /// Notices from the verbs so far.
  public internal(set) var notices: [Notice] = []
  /// Whether a namespace that nobody can find any more was seen to go on: others are not waited
  /// for.
  var knowsHiddenNamespace = false
  /// Whether netctl's table was seen to be installed, or was installed, since the lock was taken.
  var knowsFirewallIsInstalled = false
  /// The state directory, once verified to be this host's.
  var verifiedFolder: StateFolder?

  /// Creates a service.
  /// - Parameters:
  ///   - statePath: the state directory; created if missing.
  ///   - boot: the identity of this boot.
  ///   - kernel: the kernel interface.
  ///   - now: the clock.
  ///   - random: the source of identities.
  public init(
    statePath: String, boot: String, kernel: any Kernel, now: @escaping () -> Timestamp,
    random: any RandomNumberGenerator
  ) {
    self.statePath = statePath
    self.boot = boot
    self.kernel = kernel
    self.now = now
    self.random = random
  }

  /// The state directory with the predefined networks; created on the first run.
  func openState() throws(ServiceError) -> StateFolder {
    do throws(StateError) {
      if let folder = try StateFolder.open(statePath, boot: boot), folder.isInitialised {
        return folder
      }
    } catch {
      throw serviceError(error)
    }
    return try initialiseState()
  }

  /// Runs `body` while holding the state lock, after recovering from an interrupted command. After
  /// a boot, the networks are restored first.
  func transaction<Result>(
    _ body: (borrowing LockedState) throws(ServiceError) -> Result
  ) throws(ServiceError) -> Result {
    try recoveredTransaction { (state, isRestored, unfinished) throws(ServiceError) in
      for (change, error) in unfinished { notices.append(.unfinished(change, error)) }
      if !isRestored { attempt { () throws(ServiceError) in try restore(state) } }
      return try body(state)
    }
  }

  /// The same for a `body` that restores the networks itself and reports what could not be
  /// recovered.
  func recoveredTransaction<Result>(
    _ body: (
      _ state: borrowing LockedState, _ isRestored: Bool, _ unfinished: Unrecovered
    ) throws(ServiceError) -> Result
  ) throws(ServiceError) -> Result {
    try checkPrivileges()
    return try openState().locked(
      { (state) throws(ServiceError) in
        knowsFirewallIsInstalled = false
        let isRestored = try checkHost(state)
        return try body(state, isRestored, try recover(state))
      }, orThrow: serviceError)
  }

  /// Refuses who must not change networks.
  func checkPrivileges() throws(ServiceError) {
    if !kernel.isPrivileged { throw .unprivileged }
  }

  /// Converts an error of the state directory, completing its paths.
  func serviceError(_ error: StateError) -> ServiceError {
    error.cause == .privilege && !kernel.isPrivileged
      ? .unprivileged : .state(error.inside(statePath))
  }

  /// Converts the errors of a state operation.
  func stored<Result>(
    _ body: () throws(StateError) -> Result
  ) throws(ServiceError) -> Result {
    do throws(StateError) { return try body() } catch { throw serviceError(error) }
  }

  /// Converts the errors of parsing options.
  func optioned<Result>(
    _ body: () throws(OptionError) -> Result
  ) throws(ServiceError) -> Result {
    do throws(OptionError) { return try body() } catch { throw .option(error) }
  }

  /// Converts the errors of a kernel operation.
  func observed<Result>(
    _ body: () throws(KernelError) -> Result
  ) throws(ServiceError) -> Result {
    do throws(KernelError) {
      return try body()
    } catch {
      throw error.isPermissionRefused && !kernel.isPrivileged ? .unprivileged : .kernel(error)
    }
  }

  /// Performs steps in order.
  func perform(_ steps: [KernelStep]) throws(ServiceError) {
    try observed { () throws(KernelError) in
      for step in steps {
        do throws(KernelError) {
          try kernel.perform(step)
        } catch {
          guard error.isReadOnly, case .writeSysctls(let sysctls, let namespace) = step else {
            throw error
          }
          for sysctl in sysctls { try writeIfPossible(sysctl, in: namespace) }
        }
      }
    }
  }

  // Unprivileged containers of Docker and Podman have /proc/sys read-only.
  private func writeIfPossible(
    _ sysctl: Sysctl, in namespace: TargetNamespace
  ) throws(KernelError) {
    do throws(KernelError) {
      try kernel.perform(.writeSysctls([sysctl], namespace))
    } catch {
      guard error.isReadOnly, sysctl.purpose != .function else { throw error }
      notices.append(.unwritable(sysctl))
    }
  }
}

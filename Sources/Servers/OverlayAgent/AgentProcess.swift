import EtcdClient
import Glibc
import LinuxSystem
import NIOCore
import NIOPosix
package import NetworkModel
package import SystemErrors

/// The process of the agent.
package enum AgentProcess {
  /// Why it cannot run.
  package enum Failure: Error {
    /// The directory of the socket, or of the records, cannot be used.
    case directory(String, Errno)
    /// Another one runs.
    case alreadyRunning
    /// The socket cannot be listened on.
    case socket(String)
    /// What it does not need cannot be given up.
    case confinement(Errno)
    /// The one thing that was wanted was not done.
    case incomplete(String)
  }

  /// What it is started for.
  package enum Mode: Equatable, Sendable {
    /// To run until a signal.
    case serve
    /// To take over the cluster once.
    case once
    /// To take this host out of the cluster.
    case drain
  }

  /// What it keeps: links, rules and ARP; entering namespaces, and opening those of processes.
  private static let capabilities: [Capability] = [
    .networkAdministration, .rawSockets, .lowPorts, .systemAdministration, .processTracing,
    .fileSearch,
  ]

  /// The threads on which requests of commands wait.
  private static let requestThreads = 8

  /// Runs until a signal, or until the one thing is done.
  package static func run(
    _ mode: Mode, _ settings: AgentSettings, statePath: String, runDirectory: String,
    host: any OverlayHost, now: @escaping @Sendable () -> Timestamp,
    log: @escaping @Sendable (String) -> Void
  ) throws(Failure) {
    let lock = try lock(runDirectory)
    defer { withExtendedLifetime(lock) {} }
    let files = HostFiles(statePath: statePath)
    var generator = SystemRandomNumberGenerator()
    let identity: HostID
    do throws(Errno) {
      identity = try files.hostID(using: &generator)
    } catch {
      throw .directory(statePath, error)
    }
    do throws(Errno) {
      Confinement.raiseDescriptorLimit()
      try Confinement.keep(capabilities)
    } catch {
      throw .confinement(error)
    }
    let signals = EndingSignals()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let agent = Agent(
      settings, host: identity, files: files, loop: group.next(), now: now, log: log)
    switch mode {
    case .serve:
      try serve(agent, at: runDirectory + "/agent.sock", host, on: group, signals, log)
    case .once: try takeOver(agent, host)
    case .drain: try drain(agent)
    }
    agent.client.close()
    try? group.syncShutdownGracefully()
  }

  private static func lock(_ runDirectory: String) throws(Failure) -> FileLock {
    do throws(Errno) {
      _ = try Directory.makePath(runDirectory)
      let directory = try Directory.openOwn(runDirectory)
      do throws(FileLock.Failure) {
        return try FileLock.acquire("agent.lock", in: directory, timeout: .milliseconds(1))
      } catch {
        if case .refused(let errno) = error { throw errno }
      }
    } catch {
      throw .directory(runDirectory, error)
    }
    throw .alreadyRunning
  }

  private static func serve(
    _ agent: Agent, at path: String, _ host: any OverlayHost,
    on group: MultiThreadedEventLoopGroup, _ signals: EndingSignals,
    _ log: @escaping @Sendable (String) -> Void
  ) throws(Failure) {
    let threads = NIOThreadPool(numberOfThreads: requestThreads)
    threads.start()
    let workers = NIOThreadPool(numberOfThreads: 2)
    workers.start()
    let watchdog = Watchdog()
    let worker = HostWorker(
      state: agent.state, host: host, identity: agent.identity, port: agent.settings.port,
      now: agent.now, log: log, tick: { watchdog.tick(.host) })
    let session = StoreSession(agent: agent, tick: { watchdog.tick(.store) })
    workers.submit { _ in worker.run() }
    workers.submit { _ in session.run() }
    let socket: any Channel
    do {
      umask(0o077)
      socket = try AgentSocket(agent: agent, threads: threads).listen(at: path, on: group.next())
    } catch {
      throw .socket("\(path): \(error)")
    }
    ServiceManager.notify("READY=1")
    watchdog.start(on: group.next())
    signals.wait()
    ServiceManager.notify("STOPPING=1")
    log("ends; overlay networks go on as they are")
    agent.state.change { $0.isEnding = true }
    agent.watches.close()
    try? socket.close().wait()
    _ = unsafe unlink(path)
    try? workers.syncShutdownGracefully()
    try? threads.syncShutdownGracefully()
  }

  /// Reads the store once, and makes this host agree.
  private static func takeOver(_ agent: Agent, _ host: any OverlayHost) throws(Failure) {
    let workers = NIOThreadPool(numberOfThreads: 1)
    workers.start()
    let worker = HostWorker(
      state: agent.state, host: host, identity: agent.identity, port: agent.settings.port,
      now: agent.now, log: agent.log, tick: {})
    workers.submit { _ in worker.run() }
    defer {
      agent.state.change { $0.isEnding = true }
      try? workers.syncShutdownGracefully()
    }
    let problem = StoreSession(agent: agent, tick: {}).takeOverOnce()
    if let problem { throw .incomplete(problem) }
  }

  private static func drain(_ agent: Agent) throws(Failure) {
    if let problem = StoreSession(agent: agent, tick: {}).drain() { throw .incomplete(problem) }
  }
}

/// The signals by which the agent is ended. Made before other threads, so that none gets them.
private final class EndingSignals: Sendable {
  private var signals: sigset_t {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
    return signals
  }

  init() {
    var signals = signals
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  func wait() {
    var (signals, received) = (signals, Int32(0))
    while unsafe sigwait(&signals, &received) != 0 {}
  }
}

/// Tells the service manager that the threads go on (sd_notify(3), WATCHDOG_USEC).
private final class Watchdog: Sendable {
  enum Subject {
    case host
    case store
  }

  private let last = Monitor((host: Moment.now, store: Moment.now))

  func tick(_ subject: Subject) {
    last.change { last in
      switch subject {
      case .host: last.host = .now
      case .store: last.store = .now
      }
    }
  }

  /// Half of the time after which the service manager would end the agent.
  func start(on loop: any EventLoop) {
    guard let limit = ServiceManager.watchdogLimit else { return }
    let interval = TimeAmount.microseconds(Int64(limit.components.seconds * 1_000_000 / 2))
    let timeout = Double(limit.components.seconds)
    loop.scheduleRepeatedTask(initialDelay: .zero, delay: interval) { _ in
      let oldest = self.last.read { min($0.host, $0.store) }
      if Moment.now - oldest < timeout { ServiceManager.notify("WATCHDOG=1") }
    }
  }
}

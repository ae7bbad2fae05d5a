package import Configuration
import Glibc
import LinuxSystem
import NIOCore
import NIOPosix
import NameService
package import SystemErrors

/// The process of the name server.
package enum NameServerProcess {
  /// Why it cannot serve.
  package enum Failure: Error {
    /// The configuration file is not as it has to be.
    case configuration(ConfigurationFile)
    /// The directory of the socket, or the socket, cannot be used.
    case runDirectory(String, Errno)
    /// Another one runs.
    case alreadyRunning
    /// The socket cannot be listened on.
    case socket(String)
    /// What it does not need cannot be given up.
    case confinement(Errno)
  }

  /// What it keeps: entering namespaces, opening those of processes, and port 53 in them.
  private static let capabilities: [Capability] = [
    .systemAdministration, .processTracing, .lowPorts,
  ]

  /// Serves until a signal, or until there has been nobody to serve for some seconds.
  package static func run(
    statePath: String, boot: String, runDirectory: String, configuration: ConfigurationFile,
    inheritedSocket: Int32?, idleSeconds: Int, log: @escaping @Sendable (String) -> Void
  ) throws(Failure) {
    guard configuration.problems.isEmpty else { throw .configuration(configuration) }
    let client = NameServerClient(
      configurationPath: configuration.path, runDirectory: runDirectory)
    let lock = try lock(runDirectory)
    defer { withExtendedLifetime(lock) {} }
    do throws(Errno) {
      Confinement.raiseDescriptorLimit()
      try Confinement.keep(capabilities)
    } catch {
      throw .confinement(error)
    }
    let signals = EndingSignals()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let watchers = NIOThreadPool(numberOfThreads: 1)
    watchers.start()
    let environment = Environment(
      statePath: statePath, boot: boot, namespaces: "/run/netns", client: client,
      idleLimit: idleSeconds > 0 ? .seconds(Int64(idleSeconds)) : nil, watchers: watchers,
      log: log, end: { signals.send() })
    do throws(Errno) {
      try Confinement.refuseSystemCalls()
    } catch {
      throw .confinement(error)
    }
    do {
      try listen(
        on: inheritedSocket, client.socketPath, environment, configuration.configuration,
        loop: group.next())
    } catch {
      throw .socket("\(error)")
    }
    signals.wait()
    // The socket of systemd stays, to start another one.
    if inheritedSocket == nil { _ = unsafe unlink(client.socketPath) }
  }

  private static func lock(_ runDirectory: String) throws(Failure) -> FileLock {
    do throws(Errno) {
      _ = try Directory.makePath(runDirectory)
      let directory = try Directory.openOwn(runDirectory)
      do throws(FileLock.Failure) {
        return try FileLock.acquire("dns.lock", in: directory, timeout: .milliseconds(1))
      } catch {
        if case .refused(let errno) = error { throw errno }
      }
    } catch {
      throw .runDirectory(runDirectory, error)
    }
    throw .alreadyRunning
  }

  private static func listen(
    on descriptor: Int32?, _ path: String, _ environment: Environment,
    _ configuration: Configuration, loop: any EventLoop
  ) throws {
    let server = try loop.submit {
      let server = NameServer(environment, configuration, on: loop)
      server.start()
      return NIOLoopBound(server, eventLoop: loop)
    }.wait()
    let bootstrap = ServerBootstrap(group: loop).childChannelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(ControlHandler(server.value))
      }
    }
    if let descriptor {
      _ = try bootstrap.withBoundSocket(descriptor).wait()
    } else {
      umask(0o077)
      _ = try bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).wait()
    }
  }
}

/// The signals by which the server is ended. Made before other threads, so that none gets them.
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

  func send() { kill(getpid(), SIGTERM) }
}

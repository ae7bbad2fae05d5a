import CommandLineTestSupport
import EtcdMessages
import EtcdTestSupport
import Glibc
import KernelTestSupport
import LinuxSystem
import Testing

@testable import EtcdClient

@Suite(.enabled(if: EtcdServer.problem == nil))
struct WatchTests {
  private struct Watched {
    let watcher: EtcdWatcher
    let log = WatchLog()

    init(_ client: EtcdClient) {
      let log = log
      watcher = EtcdWatcher(client) { log.report($0, $1) }
    }
  }

  private func run(
    _ body: (EtcdLab, EtcdServer, EtcdClient, EtcdHeader) throws -> Void
  ) throws {
    try EtcdLab.run { lab in
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      let client = lab.client()
      let header = try client.call(EtcdRange(.prefix("a/"))).header
      try body(lab, server, client, header)
    }
  }

  @Test func changesAreReportedInOrder() throws {
    try run { lab, server, client, header in
      let watched = Watched(client)
      watched.watcher.watch(1, .prefix("a/"), from: header.revision + 1, cluster: header.cluster)

      try server.control("put", "a/1", "x")
      try server.control("put", "b/1", "x")
      try server.control("put", "a/2", "x")
      try server.control("del", "a/1")

      #expect(watched.log.wait { $0.keys == ["a/1", "a/2", "-a/1"] })
      watched.watcher.close()
    }
  }

  @Test func watchIsResumedWhereItWas() throws {
    try run { lab, server, client, header in
      let watched = Watched(client)
      watched.watcher.watch(1, .prefix("a/"), from: header.revision + 1, cluster: header.cluster)
      try server.control("put", "a/1", "x")
      #expect(watched.log.wait { $0.keys == ["a/1"] })

      server.kill()
      #expect(watched.log.wait { !$0.interruptions.isEmpty })
      try server.start()
      try server.waitUntilReady()
      try server.control("put", "a/2", "x")

      #expect(watched.log.wait { $0.keys == ["a/1", "a/2"] })
      watched.watcher.close()
    }
  }

  @Test func forgottenRevisionIsALoss() throws {
    try run { lab, server, client, header in
      for number in 0..<5 { try server.control("put", "a/\(number)", "x") }
      try server.control("compaction", "\(header.revision + 4)")
      let watched = Watched(client)

      watched.watcher.watch(1, .prefix("a/"), from: header.revision + 1, cluster: header.cluster)

      #expect(watched.log.wait { $0.losses == [.compacted(header.revision + 4)] })
      watched.watcher.close()
    }
  }

  // etcd would accept it, and say nothing until the revision is reached.
  @Test func laterRevisionThanTheStoresIsALoss() throws {
    try run { lab, server, client, header in
      let watched = Watched(client)

      watched.watcher.watch(1, .prefix("a/"), from: header.revision + 50, cluster: header.cluster)

      #expect(watched.log.wait { $0.losses == [.rolledBack(header.revision)] })
      watched.watcher.close()
    }
  }

  @Test func otherClusterIsALoss() throws {
    try run { lab, server, client, header in
      let watched = Watched(client)

      watched.watcher.watch(1, .prefix("a/"), from: header.revision + 1, cluster: 4711)

      #expect(watched.log.wait { $0.losses == [.otherCluster] })
      watched.watcher.close()
    }
  }

  @Test func watchesOfOneStreamAreToldApart() throws {
    try run { lab, server, client, header in
      let watched = Watched(client)
      watched.watcher.watch(1, .prefix("a/"), from: header.revision + 1, cluster: header.cluster)
      watched.watcher.watch(2, .prefix("b/"), from: header.revision + 1, cluster: header.cluster)
      #expect(watched.log.wait { $0.establishedCount == 2 })

      watched.watcher.cancel(1)
      try server.control("put", "a/1", "x")
      try server.control("put", "b/1", "x")

      #expect(watched.log.wait { $0.keys == ["b/1"] })
      watched.watcher.close()
    }
  }

  @Test func leaderlessMemberIsLeftForAnother() throws {
    try EtcdLab.run { lab in
      let cluster = ["m1": "127.0.0.1", "m2": "127.0.0.2", "m3": "127.0.0.3"]
      let servers = try cluster.keys.sorted().map { name in
        try EtcdServer(folder: lab.folder, name: name, cluster: cluster)
      }
      try servers.forEach { try $0.waitUntilReady() }
      let client = lab.client()
      let header = try client.call(EtcdRange(.prefix("a/"))).header
      let watched = Watched(client)
      watched.watcher.watch(1, .prefix("a/"), from: header.revision + 1, cluster: header.cluster)
      #expect(watched.log.wait { $0.establishedCount == 1 })

      servers[1].kill()
      servers[2].kill()

      #expect(
        watched.log.wait(seconds: 15) {
          $0.interruptions.contains { $0.cause == .status(14, "etcdserver: no leader") }
        })
      watched.watcher.close()
    }
  }

  // Without an end of the connection, only silence tells.
  @Test func silentConnectionIsGivenUp() throws {
    try EtcdLab.run { lab in
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      let client = lab.client { $0.limits.watchProgress = 300 }
      let header = try client.call(EtcdRange(.prefix("a/"))).header
      let watched = Watched(client)
      watched.watcher.watch(1, .prefix("a/"), from: header.revision + 1, cluster: header.cluster)
      #expect(watched.log.wait { $0.establishedCount == 1 })

      server.signal(SIGSTOP)
      #expect(watched.log.wait { $0.interruptions.contains { $0.cause == .timeout } })
      server.signal(SIGCONT)
      try server.control("put", "a/1", "x")

      #expect(watched.log.wait { $0.keys == ["a/1"] })
      watched.watcher.close()
    }
  }

  @Test func manyChangesAtOnceAreAllReported() throws {
    try run { lab, server, client, header in
      let value = [UInt8](repeating: 0x61, count: 100_000)
      for number in 0..<60 {
        _ = try client.call(EtcdTransaction(then: [.put(EtcdPut("a/\(100 + number)", value))]))
      }
      let watched = Watched(client)

      watched.watcher.watch(1, .prefix("a/"), from: header.revision + 1, cluster: header.cluster)

      #expect(watched.log.wait { $0.keys == (100..<160).map { "a/\($0)" } })
      watched.watcher.close()
    }
  }
}

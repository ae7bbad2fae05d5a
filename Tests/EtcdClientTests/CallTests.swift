import CommandLineTestSupport
import EtcdMessages
import EtcdTestSupport
import Glibc
import KernelTestSupport
import LinuxSystem
import Testing

@testable import EtcdClient

@Suite(.enabled(if: EtcdServer.problem == nil))
struct CallTests {
  private func create(_ key: String, _ value: String = "x", lease: Int64 = 0) -> EtcdTransaction {
    EtcdTransaction(
      if: [.absent(.key(key))], then: [.put(EtcdPut(key, Array(value.utf8), lease: lease))],
      else: [.read(EtcdRange(.key(key)))])
  }

  @Test func keyIsCreatedOnce() throws {
    try EtcdLab.run { lab in
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      let client = lab.client()

      let first = try client.call(create("a/b", "one"))
      let second = try client.call(create("a/b", "two"))

      #expect(first.succeeded)
      #expect(!second.succeeded)
      #expect(second.read(0).map(\.value) == [Array("one".utf8)])
      #expect(try server.control("get", "a/b", "--print-value-only").output == "one\n")
    }
  }

  @Test func prefixIsDeletedOnlyWithoutKeysBelowAnother() throws {
    try EtcdLab.run { lab in
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      let client = lab.client()
      try server.control("put", "net/1", "x")
      try server.control("put", "ep/1/a", "x")
      let removal = EtcdTransaction(
        if: [.absent(.prefix("ep/1/"))], then: [.delete(.key("net/1"))],
        else: [.read(EtcdRange(.prefix("ep/1/"), keysOnly: true))])

      let refused = try client.call(removal)
      try server.control("del", "ep/1/a")
      let done = try client.call(removal)

      #expect(refused.read(0).map(\.keyText) == ["ep/1/a"])
      #expect(done.succeeded)
      #expect(done.steps == [.deleted(1)])
      #expect(try server.control("get", "net/1").output.isEmpty)
    }
  }

  // The server sends about one PING a request, and NIO by itself accepts 200 in 30 seconds.
  @Test func connectionSurvivesManyCalls() throws {
    try EtcdLab.run { lab in
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      let client = lab.client()
      // The server has connections to itself, too.
      let before = try connectionCount()

      for number in 0..<500 {
        #expect(try client.call(create("k/\(number)")).succeeded)
      }

      #expect(try connectionCount() == before + 1)
      #expect(try server.control("get", "--prefix", "k/", "--keys-only").output.contains("k/499"))
    }
  }

  private func connectionCount() throws -> Int {
    let sockets = try run("ss", "-Htn", "state", "established", "sport", "=", ":2379")
    return sockets.output.split(separator: "\n").count
  }

  @Test func keysEndWithTheirLease() throws {
    try EtcdLab.run { lab in
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      let client = lab.client()

      let lease = try client.call(EtcdLeaseGrant(seconds: 60))
      #expect(try client.call(create("k", lease: lease.id)).succeeded)
      let renewed = try client.call(EtcdLeaseKeepAlive(lease.id))
      let kept = try server.control("get", "k").output
      _ = try client.call(EtcdLeaseRevoke(lease.id))
      let renewedLater = try client.call(EtcdLeaseKeepAlive(lease.id))

      #expect(renewed.seconds == 60)
      #expect(kept == "k\nx\n")
      #expect(try server.control("get", "k").output.isEmpty)
      #expect(renewedLater.seconds == 0)
    }
  }

  @Test func unknownLeaseIsNamed() throws {
    try EtcdLab.run { lab in
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      let client = lab.client()

      let (error, _) = failure { () throws(EtcdError) in
        try client.call(create("k", lease: 4711))
      }

      #expect(error?.cause == .status(5, "etcdserver: requested lease not found"))
      #expect(error?.endpoints == "127.0.0.1:2379")
    }
  }

  @Test func largeRangeIsRead() throws {
    try EtcdLab.run { lab in
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      let client = lab.client()
      let value = [UInt8](repeating: 0x61, count: 1024 * 1024)
      for number in 0..<6 {
        _ = try client.call(EtcdTransaction(then: [.put(EtcdPut("big/\(number)", value))]))
      }

      let result = try client.call(EtcdRange(.prefix("big/")))

      #expect(result.keyValues.count == 6)
      #expect(result.keyValues.allSatisfy { $0.value == value })
    }
  }

  @Test func userOfTheStoreAuthenticates() throws {
    try EtcdLab.run { lab in
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      try server.control("role", "add", "netctl")
      try server.control("role", "grant-permission", "netctl", "--prefix=true", "readwrite", "/n/")
      try server.control("user", "add", "root:secret")
      try server.control("user", "grant-role", "root", "root")
      try server.control("user", "add", "host1:word")
      try server.control("user", "grant-role", "host1", "netctl")
      try server.control("auth", "enable")

      let client = lab.client { $0.credentials = EtcdCredentials(user: "host1", password: "word") }
      let wrong = lab.client { $0.credentials = EtcdCredentials(user: "host1", password: "no") }
      let nobody = lab.client()

      #expect(try client.call(create("/n/a")).succeeded)
      let refused = failure { () throws(EtcdError) in try client.call(create("/m/a")) }
      #expect(refused.error?.cause == .status(7, "etcdserver: permission denied"))
      let wrongPassword = failure { () throws(EtcdError) in try wrong.call(create("/n/b")) }
      #expect(
        wrongPassword.error?.reason.contains("authentication failed, invalid user ID or password")
          == true)
      let unknown = failure { () throws(EtcdError) in try nobody.call(create("/n/c")) }
      #expect(unknown.error?.reason.contains("user name is empty") == true)
    }
  }
}

@Suite(.enabled(if: EtcdServer.problem == nil))
struct OutageTests {
  private let put = EtcdTransaction(then: [.put(EtcdPut("k", [1]))])

  @Test func absentServerIsRefusedAtOnce() throws {
    try EtcdLab.run { lab in
      let client = lab.client()

      let (error, duration) = failure { () throws(EtcdError) in try client.call(put) }

      #expect(error?.cause == .connection("Connection refused"))
      #expect(error?.reason == "Connection refused")
      #expect(error?.isOutcomeUnknown == false)
      #expect(duration < .milliseconds(500))
    }
  }

  @Test func killedServerIsFoundAgain() throws {
    try EtcdLab.run { lab in
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      let client = lab.client()
      _ = try client.call(put)

      server.kill()
      let (error, duration) = failure { () throws(EtcdError) in
        try client.call(EtcdRange(.key("k")))
      }
      try server.start()
      try server.waitUntilReady()

      #expect(error?.cause == .connection("Connection refused"))
      #expect(duration < .seconds(1))
      #expect(try client.call(EtcdRange(.key("k"))).count == 1)
    }
  }

  // The kernel goes on to accept connections and bytes for it.
  @Test func stoppedServerDoesNotHoldACallForLong() throws {
    try EtcdLab.run { lab in
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      let client = lab.client()
      _ = try client.call(put)

      server.signal(SIGSTOP)
      let write = failure { () throws(EtcdError) in try client.call(put) }
      let read = failure { () throws(EtcdError) in try client.call(EtcdRange(.key("k"))) }
      server.signal(SIGCONT)

      #expect(write.error?.cause == .timeout)
      #expect(write.error?.isOutcomeUnknown == true)
      #expect(write.duration < .seconds(3))
      #expect(read.error?.cause == .connectionTimeout)
      #expect(read.duration < .seconds(2))
      #expect(try client.call(EtcdRange(.key("k"))).count == 1)
    }
  }

  @Test func packetsWithoutAnAnswerEndInTime() throws {
    try EtcdLab.run { lab in
      _ = try run("ip", "link", "add", "vx", "type", "bridge")
      _ = try run("ip", "address", "add", "10.9.0.1/24", "dev", "vx")
      _ = try run("ip", "link", "set", "vx", "up")
      _ = try run(
        "nft", "-f", "-",
        input:
          "table ip t { chain c { type filter hook output priority 0; ip daddr 10.9.0.2 drop; } }")
      let client = lab.client(.host("10.9.0.2", port: 2379))

      let (error, duration) = failure { () throws(EtcdError) in try client.call(put) }

      #expect(error?.cause == .connectionTimeout || error?.cause == .connection("No route to host"))
      #expect(error?.endpoints == "10.9.0.2:2379")
      #expect(duration < .seconds(2))
    }
  }

  @Test func nextMemberIsAskedWhenOneIsGone() throws {
    try EtcdLab.run { lab in
      let server = try EtcdServer(folder: lab.folder)
      try server.waitUntilReady()
      let client = lab.client(.host("127.0.0.2", port: 2379), .host("127.0.0.1", port: 2379))

      #expect(try client.call(put).succeeded)
    }
  }

  @Test func allMembersAreNamedWithWhatIsWrong() throws {
    try EtcdLab.run { lab in
      let client = lab.client(.host("127.0.0.2", port: 1), .host("nowhere.invalid", port: 2))

      let (error, _) = failure { () throws(EtcdError) in try client.call(put) }

      #expect(
        error?.reason == "127.0.0.2:1: Connection refused; "
          + "nowhere.invalid:2: the name nowhere.invalid cannot be resolved")
      #expect(error?.endpoints == "127.0.0.2:1, nowhere.invalid:2")
    }
  }

  @Test func otherProtocolIsNoEtcd() throws {
    try EtcdLab.run { lab in
      let listener = try TCPListener.open("127.0.0.1", port: 99)
      let client = lab.client(.host("127.0.0.1", port: 99))

      let (error, duration) = failure { () throws(EtcdError) in try client.call(put) }

      #expect(error?.cause == .connectionTimeout)
      #expect(duration < .seconds(2))
      withExtendedLifetime(listener) {}
    }
  }

  @Test func memberWithoutQuorumSaysSo() throws {
    try EtcdLab.run { lab in
      let cluster = ["m1": "127.0.0.1", "m2": "127.0.0.2", "m3": "127.0.0.3"]
      let servers = try cluster.keys.sorted().map { name in
        try EtcdServer(folder: lab.folder, name: name, cluster: cluster)
      }
      try servers.forEach { try $0.waitUntilReady() }
      let client = lab.client()
      _ = try client.call(put)

      servers[1].kill()
      servers[2].kill()
      var failures: [(error: EtcdError?, duration: Duration)] = []
      // Some seconds until the member knows.
      for _ in 0..<5 where failures.last?.error?.cause != Self.noLeader {
        failures.append(failure { () throws(EtcdError) in try client.call(put) })
      }

      #expect(failures.last?.error?.cause == Self.noLeader)
      #expect(failures.last?.error?.isOutcomeUnknown == false)
      #expect(failures.allSatisfy { $0.duration < .seconds(5) })
    }
  }

  @Test func callsGoOnWhenTheLeaderIsKilled() throws {
    try EtcdLab.run { lab in
      let cluster = ["m1": "127.0.0.1", "m2": "127.0.0.2", "m3": "127.0.0.3"]
      let servers = try cluster.keys.sorted().map { name in
        try EtcdServer(folder: lab.folder, name: name, cluster: cluster)
      }
      try servers.forEach { try $0.waitUntilReady() }
      let client = lab.client(
        .host("127.0.0.1", port: 2379), .host("127.0.0.2", port: 2379),
        .host("127.0.0.3", port: 2379))
      let status = try client.call(EtcdStatus())
      let leader = try #require(
        try servers.first { server in
          let line = try server.control("endpoint", "status").output
          return line.contains(String(status.leader, radix: 16))
        })

      leader.kill()
      var isDone = false
      for _ in 0..<10 where !isDone {
        isDone = (try? client.call(EtcdRange(.key("k")))) != nil
      }

      #expect(isDone)
      #expect(try client.call(put).succeeded)
    }
  }

  private static let noLeader = EtcdFailure.status(14, "etcdserver: no leader")
}

import CommandLineTestSupport
import Containers
import Glibc
import KernelTestSupport
import LinuxSystem
import Testing

/// Finders that ask a daemon, on answers as the daemons give them.
struct SocketFinderTests {
  private static let id = "94aa37f040a839dd35e827098259fe0f10fc86317c3c54a074b51e5cca56c74d"

  /// The script of an engine that knows `web`, and `side` in the namespace of `web`.
  private static func engine(process: Int32) -> String {
    #"""
    name = request().split()[1].decode().split("/")[2]
    known = {"web": ("/web", "bridge"), "side": ("/side", "container:web"), "loop": ("/loop", "container:loop"),
        "host": ("/host", "host"), "beside": ("/beside", "container:host"), "left": ("/left", "container:gone")}
    def answer(status, value):
        body = json.dumps(value).encode()
        reply(b"HTTP/1.1 %s\r\nServer: Docker/28.5.2 (linux)\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body))
    if name == "broken": answer(b"500 Internal Server Error", {"message": "out of order"})
    elif name not in known: answer(b"404 Not Found", {"message": "No such container: " + name})
    else: answer(b"200 OK", {"Id": "\#(id)", "Name": known[name][0],
        "State": {"Status": "running", "Running": True, "Pid": \#(process)},
        "HostConfig": {"NetworkMode": known[name][1]}, "NetworkSettings": {"SandboxKey": "/run/docker/netns/x"}})
    """#
  }

  @Test func containerOfAnEngineIsFound() throws {
    try withServer(Self.engine(process: living.id)) { path throws in
      let finder = EngineFinder(.docker, socket: RuntimeSocket(path), records: [])

      let found = try #require(try finder.container("web"))
      #expect(found.name == "web")
      #expect(found.id == Self.id)
      #expect(found.location == .process(living))
      #expect(try finder.container("nope") == nil)
    }
  }

  @Test func containerInTheNamespaceOfAnotherIsTheOther() throws {
    try withServer(Self.engine(process: living.id)) { path throws in
      let finder = EngineFinder(.docker, socket: RuntimeSocket(path), records: [])

      #expect(try finder.container("side")?.name == "web")
      #expect(throws: FinderError.unintelligible(path)) { try finder.container("loop") }
      #expect(try finder.container("left")?.name == "left")
      #expect(try finder.container("host")?.sharing == .ofHost)
      #expect(try finder.container("beside")?.sharing == .ofHost)
    }
  }

  @Test func stoppedContainerIsFound() throws {
    try withServer(Self.engine(process: 0)) { path throws in
      let finder = EngineFinder(.docker, socket: RuntimeSocket(path), records: [])

      #expect(try finder.container("web")?.location == .stopped)
    }
  }

  // As Podman does when conmon was killed with the container.
  @Test func engineThatReportsADeadProcessIsNotBelieved() throws {
    try withServer(Self.engine(process: living.id)) { path throws in
      try withTemporaryFolder { records throws in
        write(records + "/\(Self.id)/status", crunStatus(replaced))
        let finder = EngineFinder(
          .podman, socket: RuntimeSocket(path), records: [OCIRecords(RecordFolder(records))])

        #expect(try finder.container("web")?.location == .stopped)
      }
    }
  }

  @Test(arguments: ["a/b", "", "../images", "a b", "a%2Fb", "a?x", "é"])
  func engineIsNotAskedForWhatIsNoName(_ name: String) throws {
    try withServer("reply(b'nonsense')") { path throws in
      #expect(
        try EngineFinder(.docker, socket: RuntimeSocket(path), records: []).container(name) == nil)
    }
  }

  @Test func refusalNamesTheReason() throws {
    try withServer(Self.engine(process: living.id)) { path throws in
      let finder = EngineFinder(.docker, socket: RuntimeSocket(path), records: [])

      #expect(throws: FinderError.refused(path, message: "out of order")) {
        try finder.container("broken")
      }
    }
  }

  @Test func nonsenseIsAnError() throws {
    try withServer("request(); reply(b'SSH-2.0-x\\r\\n')") { path throws in
      let finder = EngineFinder(.docker, socket: RuntimeSocket(path), records: [])

      #expect(throws: FinderError.unintelligible(path)) { try finder.container("web") }
    }
  }

  @Test func engineThatHangsIsGivenUpAfterASecond() throws {
    try withServer("wait()") { path throws in
      let start = ContinuousClock.now
      #expect(throws: FinderError.unresponsive(path)) {
        try EngineFinder(.docker, socket: RuntimeSocket(path), records: []).container("web")
      }
      #expect((Duration.milliseconds(900)...Duration.seconds(5)) ~= ContinuousClock.now - start)
    }
  }

  @Test func absentAndDeadDaemonsKnowNothing() throws {
    try withTemporaryFolder { folder throws in
      let finder = EngineFinder(.docker, socket: RuntimeSocket(folder + "/x"), records: [])
      #expect(try finder.container("web") == nil)
      // A socket file without a listener.
      _ = try run("python3", "-c", "import socket; socket.socket(1).bind('\(folder)/x')")
      #expect(try finder.container("web") == nil)
    }
  }

  // As systemd 262 answers.
  @Test func machinedIsAskedByVarlink() throws {
    let script = #"""
      asked = json.loads(connection.recv(4096).rstrip(b"\0"))
      assert asked["method"] == "io.systemd.Machine.List"
      if asked["parameters"]["name"] == "web":
          value = {"parameters": {"name": "web", "id": "ad87", "class": "container",
              "leader": {"pid": \#(living.id), "pidfdId": 384294, "bootId": "19e7"}}}
      else:
          value = {"error": "io.systemd.Machine.NoSuchMachine", "parameters": {}}
      reply(json.dumps(value).encode() + b"\0"); wait()
      """#
    try withServer(script) { path throws in
      let finder = MachineFinder(socket: RuntimeSocket(path), folder: RecordFolder(path + "x"))

      #expect(try finder.container("web")?.location == .process(living))
      #expect(try finder.container("db") == nil)
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func monitorOfLXCIsAskedThroughItsCommandSocket() throws {
    let script = #"""
      assert struct.unpack("iiQ", connection.recv(16)) == (4, 0, 0)
      reply(struct.pack("ii", 0, 0)); reply(struct.pack("Q", \#(living.id))); wait()
      """#
    try withTemporaryFolder { folder throws in
      try withServer(script, at: "@\(folder)/web/command") { _ throws in
        let finder = LXCFinder(.lxc, path: folder)

        #expect(try finder.container("web")?.location == .process(living))
        #expect(try finder.container("db") == nil)
      }
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func monitorOfLXCMustBeRoots() throws {
    try withTemporaryFolder { folder throws in
      let script = "reply(bytes(16)); wait()"
      try withServer(script, at: "@\(folder)/web/command", of: 65534) { _ throws in
        #expect(try LXCFinder(.lxc, path: folder).container("web") == nil)
      }
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func answerOfAUsersDaemonIsThatUsersWord() throws {
    try withServer(Self.engine(process: living.id), of: 65534) { path throws in
      let finder = EngineFinder(.docker, socket: RuntimeSocket(path), records: [])

      #expect(try finder.container("web")?.user == 65534)
    }
  }

  // As Incus 7.0.2 answers.
  @Test func incusIsAsked() throws {
    let script = #"""
      path = request().split()[1].decode()
      body = b'{"type":"sync","status":"Success","status_code":200,"metadata":{"status":"Running","pid":\#(living.id)}}'
      if path != "/1.0/instances/web/state":
          body = b'{"type":"error","error":"Instance not found","error_code":404}'
      reply(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (b"200 OK" if b"sync" in body else b"404 Not Found", len(body), body))
      """#
    try withServer(script) { path throws in
      let finder = IncusFinder(RuntimeSocket(path))

      #expect(try finder.container("web")?.location == .process(living))
      #expect(try finder.container("db") == nil)
      #expect(try finder.container("a/b") == nil)
    }
  }
}

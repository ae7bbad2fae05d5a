import CommandLineTestSupport
import Containers
import Glibc
import KernelTestSupport
import LinuxSystem
import Testing

/// Finders that read records, on records as the runtimes write them.
struct RecordFinderTests {
  @Test func containersOfCrunAndRuncAreFoundByTheirID() throws {
    try withTemporaryFolder { path throws in
      write(path + "/web/status", crunStatus(living))
      write(path + "/db/state.json", runcState("db", living))
      let finder = OCIFinder(.crun, RecordFolder(path))

      #expect(
        try finder.container("web")
          == FoundContainer(.crun, name: "web", location: .process(living)))
      #expect(try finder.container("db")?.location == .process(living))
      #expect(try finder.container("we") == nil)
      #expect(try finder.container("..") == nil)
    }
  }

  @Test func containerOnTheNetworkOfTheHostIsToldByItsConfiguration() throws {
    try withTemporaryFolder { path throws in
      let namespaces = [
        ("own", #"[{"type":"network"}]"#, FoundContainer.Sharing.none),
        ("named", #"[{"type":"network","path":"/run/netns/x"}]"#, .none),
        ("joined", #"[{"type":"network","path":"/proc/1/ns/net"}]"#, .ofAnother),
        ("host", #"[{"type":"pid"}]"#, .ofHost),
      ]
      for (id, list, sharing) in namespaces {
        write(path + "/\(id)/status", crunStatus(living))
        write(path + "/\(id)/config.json", #"{"linux":{"namespaces":\#(list)}}"#)
        #expect(try OCIFinder(.crun, RecordFolder(path)).container(id)?.sharing == sharing)
      }
      let list = #"[{"type":"NEWPID"}]"#
      write(
        path + "/db/state.json",
        runcState("db", living).replacing(
          #""no_pivot_root":false"#, with: #""namespaces":\#(list)"#))
      #expect(try OCIFinder(.runc, RecordFolder(path)).container("db")?.sharing == .ofHost)
    }
  }

  @Test func containerInTheNamespaceOfAnotherIsTheOther() throws {
    try withTemporaryFolder { path throws in
      write(path + "/default/pause/status", crunStatus(living))
      write(
        path + "/default/app/status", crunStatus(try #require(ProcessIdentity(ofLive: getppid()))))
      write(
        path + "/default/app/config.json",
        #"{"linux":{"namespaces":[{"type":"network","path":"/proc/\#(living.id)/ns/net"}]}}"#)

      #expect(
        try OCIFinder(.crun, RecordFolder(path + "/default")).container("app")?.name == "pause")
      #expect(try ContainerdFinder(RecordFolder(path)).container("app")?.name == "pause")
    }
  }

  @Test func containerWhoseProcessIDBelongsToAnotherDoesNotRun() throws {
    try withTemporaryFolder { path throws in
      write(path + "/web/status", crunStatus(replaced))
      write(path + "/db/state.json", runcState("db", replaced))
      let finder = OCIFinder(.crun, RecordFolder(path))

      #expect(try finder.container("web")?.location == .stopped)
      #expect(try finder.container("db")?.location == .stopped)
    }
  }

  @Test func folderWithoutARecordIsNoContainer() throws {
    try withTemporaryFolder { path throws in
      write(path + "/.cache/x", "")

      #expect(try OCIFinder(.crun, RecordFolder(path)).container(".cache") == nil)
      #expect(try OCIFinder(.crun, RecordFolder(path + "/absent")).container("web") == nil)
    }
  }

  @Test(arguments: ["", "{", "[]", #"{"pid":1}"#, #"{"pid":-1,"process-start-time":"x"}"#])
  func damagedRecordIsAnError(_ text: String) throws {
    try withTemporaryFolder { path throws in
      write(path + "/web/status", text)

      #expect(throws: FinderError.self) {
        try OCIFinder(.crun, RecordFolder(path)).container("web")
      }
    }
  }

  @Test func linksAreNotFollowed() throws {
    try withTemporaryFolder { path throws in
      write(path + "/outside/web/status", crunStatus(living))
      makeFolder(path + "/records")
      symlink(path + "/outside/web", path + "/records/web")
      write(path + "/records/db/x", "")
      symlink(path + "/outside/web/status", path + "/records/db/status")
      symlink(path + "/outside", path + "/link")

      for (folder, name) in [("records", "web"), ("records", "db"), ("link", "web")] {
        let found = try? OCIFinder(.crun, RecordFolder(path + "/" + folder)).container(name)
        #expect(found == .none)
      }
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func recordsOfOthersAreRefused() throws {
    try withTemporaryFolder { path throws in
      write(path + "/web/status", crunStatus(living))
      chown(path + "/web/status", 1, 1)
      let error = FinderError.inaccessible(path + "/web/status", .notPermitted)
      #expect(throws: error) { try OCIFinder(.crun, RecordFolder(path)).container("web") }

      chown(path + "/web/status", 0, 0)
      chmod(path + "/web", 0o777)
      #expect(throws: FinderError.self) {
        try OCIFinder(.crun, RecordFolder(path)).container("web")
      }

      chmod(path + "/web", 0o700)
      chown(path, 1, 1)
      #expect(throws: FinderError.inaccessible(path, .notPermitted)) {
        try OCIFinder(.crun, RecordFolder(path)).container("web")
      }
    }
  }

  @Test func hugeRecordIsRefused() throws {
    try withTemporaryFolder { path throws in
      write(path + "/web/status", "")
      truncate(path + "/web/status", 1 << 40)

      #expect(throws: FinderError.inaccessible(path + "/web/status", .fileTooLarge)) {
        try OCIFinder(.crun, RecordFolder(path)).container("web")
      }
    }
  }

  @Test func containerdIsSearchedInAllItsNamespaces() throws {
    try withTemporaryFolder { path throws in
      write(path + "/default/web/state.json", runcState("web", living))
      write(path + "/default/db/state.json", runcState("db", replaced))
      write(path + "/k8s.io/web/state.json", runcState("web", living))
      let finder = ContainerdFinder(RecordFolder(path))

      #expect(try finder.container("db")?.spelling == "containerd:default:db")
      #expect(try finder.container("db")?.location == .stopped)
      #expect(try finder.container("k8s.io:web")?.location == .process(living))
      #expect(try finder.container("k8s.io:db") == nil)
      #expect(try finder.container("..:web") == nil)
      #expect(throws: FinderError.ambiguous(["containerd:default:web", "containerd:k8s.io:web"])) {
        try finder.container("web")
      }
    }
  }

  // As podman 4.3.1 writes it.
  private static let storage = """
    [{"id":"94aa37f040a839dd35e827098259fe0f10fc86317c3c54a074b51e5cca56c74d","names":["webp"],\
    "image":"82ba","layer":"e3fb","metadata":"{}","created":"2026-11-29T15:26:45.235906462Z",\
    "flags":{"MountLabel":"","ProcessLabel":""}},\
    {"id":"9a0c86457fdcf32d5892db73b6bd21c4cc5a46b464e5ec77c8171b6b693d5d14","names":["94aa"]}]
    """

  @Test func podmanIsFoundByNameIDAndUniquePrefix() throws {
    try withTemporaryFolder { path throws in
      let id = "94aa37f040a839dd35e827098259fe0f10fc86317c3c54a074b51e5cca56c74d"
      write(path + "/storage/overlay-containers/containers.json", Self.storage)
      write(path + "/storage/libpod/x", "")
      write(path + "/crun/\(id)/status", crunStatus(living))
      let finder = PodmanStorageFinder(
        storage: RecordFolder(path + "/storage"),
        records: ["/runc", "/crun"].map { OCIRecords(RecordFolder(path + $0)) })

      for name in ["webp", id, "94aa3"] {
        let found = try finder.container(name)
        #expect(found?.name == "webp")
        #expect(found?.id == id)
        #expect(found?.location == .process(living))
      }
      // A name precedes a beginning of an ID.
      #expect(try finder.container("94aa")?.id?.hasPrefix("9a0c") == true)
      #expect(try finder.container("94aa")?.location == .stopped)
      #expect(try finder.container("web") == nil)
      #expect(throws: FinderError.ambiguous(["podman:webp", "podman:94aa"])) {
        try finder.container("9")
      }
    }
  }

  @Test func machineIsFoundInTheRecordsOfMachined() throws {
    try withTemporaryFolder { path throws in
      // As systemd 252 writes it, with the link beside it.
      write(
        path + "/web",
        "# This is private data. Do not parse.\nNAME=web\nID=ad87\nLEADER=\(living.id)\nNETIF=\n")
      symlink("web", path + "/unit:x.service")
      let finder = MachineFinder(
        socket: RuntimeSocket(path + "/socket"), folder: RecordFolder(path))

      #expect(try finder.container("web")?.location == .process(living))
      #expect(try finder.container("unit:x.service") == nil)
      #expect(try finder.container("db") == nil)
    }
  }

  @Test func sandboxOfFirejailIsTheChildOfItsProcess() throws {
    try withTemporaryFolder { path throws in
      let child = try ChildProcess(["sh", "-c", "sleep 100 & echo $!; wait"])
      let sleeper = try #require(Int32(child.readLine()))
      write(path + "/\(child.identifier)", "web")
      write(path + "/4194304", "gone")
      let finder = FirejailFinder(RecordFolder(path))

      #expect(
        try finder.container("web")?.location == .process(ProcessIdentity(ofLive: sleeper)!))
      #expect(try finder.container("gone") == nil)
      kill(sleeper, SIGKILL)
    }
  }
}

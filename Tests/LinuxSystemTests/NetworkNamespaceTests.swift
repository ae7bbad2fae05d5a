import Glibc
import KernelTestSupport
import LinuxSystem
import Testing

@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct NetworkNamespaceTests {
  @Test func bodyRunsInsideAndTheThreadReturns() throws {
    try withNamespace { other in
      let otherIdentity = other.identity
      try withNamespace { here in
        let inside = try other.perform { () throws(Errno) in try NetworkNamespace.current().identity
        }

        let after = try NetworkNamespace.current().identity
        #expect(inside == otherIdentity)
        #expect(after == here.identity)
      }
    }
  }

  @Test func threadReturnsAfterAFailure() throws {
    try withNamespace { other in
      try withNamespace { here in
        let error = #expect(throws: Errno.self) {
          try other.perform { () throws(Errno) in throw .resourceBusy }
        }

        let after = try NetworkNamespace.current().identity
        #expect(error == .resourceBusy)
        #expect(after == here.identity)
      }
    }
  }

  @Test func performMayNest() throws {
    try withNamespace { other in
      try withNamespace { here in
        let result = try other.perform { () throws(Errno) in
          try here.perform { () throws(Errno) in try NetworkNamespace.current().identity }
        }

        #expect(result == here.identity)
      }
    }
  }

  @Test func identityTellsNamespacesApart() throws {
    try withNamespace { one in
      try withNamespace { other in
        let again = try NetworkNamespace.open(path: "/proc/thread-self/ns/net")

        #expect(one.identity != other.identity)
        #expect(again.identity == other.identity)
      }
    }
  }

  @Test func cookieTellsNamespacesApart() throws {
    try withNamespace { one in
      try withNamespace { other in
        let cookies = try [one.cookie, other.cookie, other.cookie]

        #expect(cookies[0] != cookies[1] || cookies[0] == nil)
        #expect(cookies[1] == cookies[2])
      }
    }
  }

  @Test func handleIsClosedOnExec() throws {
    try withNamespace { namespace in
      let number = namespace.descriptor.rawValue

      let seen = try run("readlink", "/proc/self/fd/\(number)").output

      #expect(!seen.hasPrefix("net:"))
    }
  }

  @Test func threadThatCannotReturnIsOfNoUse() async {
    // Whatever the test says is lost with the descriptors, so it is said by the exit status.
    await #expect(processExitsWith: .success) {
      try withNamespace { other in
        let path = "/proc/\(getpid())/ns/net"
        let failures = [
          failure { () throws(Errno) in
            try other.perform { () throws(Errno) in
              for descriptor: Int32 in 3..<1024 { _ = FileDescriptor(owning: descriptor) }
            }
          },
          failure { () throws(Errno) in _ = try NetworkNamespace.current() },
          failure { () throws(Errno) in try NetworkNamespace.open(path: path).perform {} },
          failure { () throws(Errno) in
            try HostPort(address: [0, 0, 0, 0], transport: 6, port: 0).probe()
          },
        ]
        let expected: [Errno] = [.badDescriptor] + Array(repeating: .notRecoverable, count: 3)
        exit(failures == expected ? EXIT_SUCCESS : EXIT_FAILURE)
      }
    }
  }

  @Test(arguments: [
    ("/proc/self/ns/uts", Errno.invalidArgument),
    ("/dev/null", .invalidArgument),
    ("/proc/self", .invalidArgument),
    ("/proc/self/ns/absent", .noSuchFileOrDirectory),
    ("/dev/null/net", .notDirectory),
  ])
  func otherFilesAreRefused(_ path: String, reason: Errno) {
    let error = #expect(throws: Errno.self) { _ = try NetworkNamespace.open(path: path) }

    #expect(error == reason)
  }

  @Test func pipeIsRefusedWithoutWaitingForAWriter() throws {
    try withTemporaryFolder { path in
      #expect(mkfifo("\(path)/pipe", 0o600) == 0)

      let error = #expect(throws: Errno.self) {
        _ = try NetworkNamespace.open(path: "\(path)/pipe")
      }

      #expect(error == .invalidArgument)
    }
  }
}

private func failure(_ body: () throws(Errno) -> Void) -> Errno? {
  do throws(Errno) {
    try body()
    return nil
  } catch {
    return error
  }
}

import Glibc
import KernelTestSupport
import LinuxSystem
import Testing

struct DirectoryTests {
  @Test func replacementIsWhole() throws {
    try withDirectory { directory, path in
      try directory.replace("file", with: [1, 2, 3])
      try directory.replace("file", with: [4], durable: true)

      #expect(try directory.contents(of: "file") == [4])
      #expect(try directory.names() == ["file"])
    }
  }

  @Test func failedReplacementLeavesNothing() throws {
    try withDirectory { directory, path in
      try directory.makeDirectory("file")

      let error = #expect(throws: Errno.self) { try directory.replace("file", with: [1]) }

      #expect(error == .isDirectory)
      #expect(try directory.names() == ["file"])
    }
  }

  @Test func largeFilesAreReadWhole() throws {
    try withDirectory { directory, path in
      let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

      try directory.replace("file", with: bytes)

      #expect(try directory.contents(of: "file") == bytes)
    }
  }

  @Test func namesAreInBytewiseOrder() throws {
    try withDirectory { directory, path in
      for name in ["b", "é", "a", "B", "10", "9"] { try directory.replace(name, with: []) }

      #expect(try directory.names() == ["10", "9", "B", "a", "b", "é"])
    }
  }

  @Test func whatIsGoneAlreadyIsRemoved() throws {
    try withDirectory { directory, path in
      try directory.remove("absent")
      try directory.removeDirectory("absent")
      try directory.makeDirectory("there")
      try directory.makeDirectory("there")
      try directory.removeDirectory("there")

      #expect(try directory.names().isEmpty)
    }
  }

  @Test func directoryWithSomethingInItStays() throws {
    try withDirectory { directory, path in
      try directory.makeDirectory("folder")
      try directory.replace("folder/file", with: [])

      let error = #expect(throws: Errno.self) { try directory.removeDirectory("folder") }

      #expect(error == .directoryNotEmpty)
      #expect(try directory.names() == ["folder"])
    }
  }

  @Test func symbolicLinkIsNotADirectory() throws {
    try withDirectory { directory, path in
      try directory.makeDirectory("folder")
      #expect(symlink("folder", "\(path)/link") == 0)

      let error = #expect(throws: Errno.self) { _ = try directory.directory("link") }

      #expect(error == .notDirectory)
    }
  }

  private func withDirectory(_ body: (borrowing Directory, String) throws -> Void) throws {
    try withTemporaryFolder { path in try body(try Directory.open(path), path) }
  }
}

import LinuxSystem
import Testing

struct ErrnoTests {
  @Test(arguments: [
    (Errno.fileExists, "File exists"),
    (.noSuchFileOrDirectory, "No such file or directory"),
    (.notPermitted, "Operation not permitted"),
    (.permissionDenied, "Permission denied"),
    (.noDevice, "No such device"),
    (Errno(rawValue: 9999), "Unknown error 9999"),
  ])
  func sentenceIsTheKernels(_ errno: Errno, sentence: String) {
    #expect(errno.description == sentence)
  }
}

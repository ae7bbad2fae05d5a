import LinuxSystem
import Testing

struct ErrnoTests {
  @Test(arguments: [
    (Errno.exists, "File exists"),
    (.noEntry, "No such file or directory"),
    (.permission, "Operation not permitted"),
    (.accessDenied, "Permission denied"),
    (.noDevice, "No such device"),
    (Errno(rawValue: 9999), "Unknown error 9999"),
  ])
  func sentenceIsTheKernels(_ errno: Errno, sentence: String) {
    #expect(errno.description == sentence)
  }
}

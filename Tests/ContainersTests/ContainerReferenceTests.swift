import Containers
import Testing

struct ContainerReferenceTests {
  @Test(arguments: [
    ("web", "web", "/run/netns/web"),
    ("netns:web", "web", "/run/netns/web"),
    ("netns:pid:1", "pid:1", "/run/netns/pid:1"),
    ("a b", "a b", "/run/netns/a b"),
    ("...", "...", "/run/netns/..."),
    ("pid", "pid", "/run/netns/pid"),
    ("1", "1", "/run/netns/1"),
    ("docker:x", "docker:x", "/run/netns/docker:x"),
    ("pid:1", "pid:1", "/proc/1/ns/net"),
    ("pid:4294967295", "pid:4294967295", "/proc/4294967295/ns/net"),
    ("/run/netns/web", "web", "/run/netns/web"),
    ("/run/netns/web/x", "/run/netns/web/x", "/run/netns/web/x"),
    ("/run/netns/", "/run/netns/", "/run/netns/"),
    ("/var/run/netns/web", "/var/run/netns/web", "/var/run/netns/web"),
    ("/proc/self/ns/net", "/proc/self/ns/net", "/proc/self/ns/net"),
    ("./web", "./web", "./web"),
    ("netns:a/b", "netns:a/b", "netns:a/b"),
    ("/", "/", "/"),
  ])
  func textNamesANamespaceFile(_ text: String, name: String, path: String) throws {
    let reference = try #require(ContainerReference(text))

    #expect(reference.name == name)
    #expect(reference.path == path)
  }

  @Test(arguments: [
    "", ".", "..", "netns:", "netns:.", "netns:..", "pid:", "pid:0", "pid:-1", "pid:x", "pid:1 ",
    "pid:+1", "pid:01", "pid:4294967296", "a\u{0}b", "/run/netns/a\u{0}",
  ])
  func textNamesNothing(_ text: String) {
    #expect(ContainerReference(text) == nil)
  }
}

import Containers
import Testing

struct ContainerReferenceTests {
  static let rows: [(String, ContainerReference, recordedName: String)] = [
    ("web", .name("web"), "web"),
    ("netns:web", .explicit(.namespace, user: nil, name: "web"), "web"),
    ("netns:pid:1", .explicit(.namespace, user: nil, name: "pid:1"), "pid:1"),
    ("a b", .name("a b"), "a b"),
    ("...", .name("..."), "..."),
    ("pid", .name("pid"), "pid"),
    ("docker:x", .explicit(.docker, user: nil, name: "x"), "x"),
    ("podman@1500:x", .explicit(.podman, user: 1500, name: "x"), "x"),
    ("podman@01:x", .name("podman@01:x"), "podman@01:x"),
    ("podman@:x", .name("podman@:x"), "podman@:x"),
    ("containerd:k8s.io:x", .explicit(.containerd, user: nil, name: "k8s.io:x"), "k8s.io:x"),
    ("path:x", .name("path:x"), "path:x"),
    ("other:x", .name("other:x"), "other:x"),
    ("Docker:x", .name("Docker:x"), "Docker:x"),
    ("pid:1", .explicit(.process, user: nil, name: "1"), "pid:1"),
    ("/run/netns/web", .path("/run/netns/web"), "web"),
    ("/run/netns/web/x", .path("/run/netns/web/x"), "/run/netns/web/x"),
    ("/run/netns/", .path("/run/netns/"), "/run/netns/"),
    ("/var/run/netns/web", .path("/var/run/netns/web"), "/var/run/netns/web"),
    ("./web", .path("./web"), "./web"),
    ("netns:a/b", .path("netns:a/b"), "netns:a/b"),
    ("docker:/x", .path("docker:/x"), "docker:/x"),
    ("/", .path("/"), "/"),
  ]

  @Test(arguments: rows)
  func textIsAReference(
    _ text: String, _ reference: ContainerReference, recordedName: String
  ) throws {
    let parsed = try #require(ContainerReference(text))

    #expect(parsed == reference)
    #expect(parsed.recordedName == recordedName)
  }

  @Test(arguments: ["", "a\u{0}b", "/run/netns/a\u{0}", "podman:", "docker@1500:", "pid:"])
  func textRefersToNothing(_ text: String) {
    #expect(ContainerReference(text) == nil)
  }

  @Test(arguments: ["", ".", "..", "a/b", "no-such-namespace"])
  func namedNamespaceIsNotFound(_ name: String) throws {
    #expect(try NamedNamespaceFinder().container(name) == nil)
  }

  @Test(arguments: ["", "0", "-1", "x", "1 ", "+1", "01", "4294967296"])
  func processIsNotFound(_ name: String) throws {
    #expect(try ProcessFinder().container(name) == nil)
  }

  @Test func processIsFound() throws {
    let found = try #require(try ProcessFinder().container("4711"))

    #expect(found.name == "pid:4711")
    #expect(found.location == .file("/proc/4711/ns/net"))
  }
}

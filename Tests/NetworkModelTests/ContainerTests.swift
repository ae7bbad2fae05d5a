import Addressing
import NetworkModel
import Testing

struct ContainerTests {
  private let namespace = NetworkNamespaceID(device: 4, inode: 4_026_531_840, cookie: 1)

  @Test func identityStaysWithTheNamespace() {
    let byName = Container(name: "a", path: "/run/netns/a", boot: "boot", namespace: namespace)
    let byProcess = Container(
      name: "pid:7", path: "/proc/7/ns/net", boot: "boot", namespace: namespace)

    #expect(byName.id == byProcess.id)
    #expect(byName.id.description.utf8.count == 64)
  }

  /// State directories hold identities, so the way they are computed is a form that must not
  /// change.
  @Test func identityIsTheSameInEveryVersion() {
    let container = Container(name: "a", path: "/run/netns/a", boot: "boot", namespace: namespace)

    #expect(container.id.short == "b4e98422eca7")
  }

  @Test(arguments: [
    ("other", NetworkNamespaceID(device: 4, inode: 4_026_531_840, cookie: 1)),
    ("boot", NetworkNamespaceID(device: 5, inode: 4_026_531_840, cookie: 1)),
    ("boot", NetworkNamespaceID(device: 4, inode: 4_026_531_841, cookie: 1)),
    ("boot", NetworkNamespaceID(device: 4, inode: 4_026_531_840, cookie: 2)),
    ("boot", NetworkNamespaceID(device: 4_026_531_840, inode: 4, cookie: 1)),
  ])
  func everyPartTellsNamespacesApart(_ boot: String, _ other: NetworkNamespaceID) {
    let container = Container(name: "a", path: "/run/netns/a", boot: "boot", namespace: namespace)

    let another = Container(name: "a", path: "/run/netns/a", boot: boot, namespace: other)
    #expect(another.id != container.id)
  }

  @Test func neighbouringNamespacesShareNoBeginning() {
    let identities = (0..<1000 as Range<UInt64>).map { number in
      Container(
        name: "a", path: "/a",
        boot: "boot",
        namespace: NetworkNamespaceID(device: 4, inode: 4_026_531_840 + number, cookie: number)
      ).id.short
    }

    #expect(Set(identities).count == identities.count)
  }
}

import Addressing
import Testing

struct LinkOwnerTests {
  @Test(arguments: [LinkOwner.network("01ab"), .endpoint("ff")])
  func aliasIsReadBack(_ owner: LinkOwner) {
    #expect(LinkOwner(alias: owner.alias) == owner)
  }

  @Test(arguments: [
    "", "netctl", "netctl network", "netctl network 1 2", "netctl  network 1", "netctl bridge 1",
    "Netctl network 1", "docker network 1",
  ])
  func otherAliasesAreNobodys(_ alias: String) {
    #expect(LinkOwner(alias: alias) == nil)
  }
}

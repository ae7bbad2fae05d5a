import KernelModel
import Netlink
import Nftables
import Testing

@testable import Firewall

struct ElementSchemaTests {
  @Test func everySetHoldsTheElementsOfOneKind() throws {
    let encoded = try sampleElements.asSetElements()

    for element in encoded {
      let decoding = FirewallElement.schemas.compactMap { $0.decode(element) }
      #expect(decoding.count == 1, "\(element)")
    }
    #expect(Set(encoded.map(\.set)) == Set(Ruleset.allSets.map(\.name)))
    #expect(encoded.compactMap { FirewallElement($0) } == sampleElements.sorted())
  }

  @Test(arguments: [
    SetElement(.intraNetwork, name("br0") + name("br1")),
    SetElement(.bridges, name("")), SetElement(.bridges, name("br0") + [0]),
    SetElement(.closed, [7]), SetElement(.closed, []),
    SetElement(.dnat4, [0, 0, 0, 0, 6, 0, 0, 0, 0, 80, 0, 0], .data([10, 0, 0, 2, 0, 80, 0, 0])),
    SetElement(.dnat4any, [6, 0, 0, 0, 0, 80, 0, 0], .data([10, 0, 0, 2])),
    SetElement(.dnat4any, [6, 0, 0, 0, 0, 80, 0, 1], .data([10, 0, 0, 2, 0, 80, 0, 0])),
    SetElement(.dnat4any, [6, 0, 0, 0, 0, 80, 0, 0]),
    SetElement(.open4, [10, 0, 0, 2, 1, 0, 0, 0, 0, 80, 0, 0]),
    SetElement(SetName("mine"), name("br0")),
  ])
  func elementThatNetctlDoesNotCreateIsNotTakenForItsOwn(_ element: SetElement) {
    #expect(FirewallElement(element) == nil)
  }
}

private func name(_ text: String) -> [UInt8] {
  Array(text.utf8) + [UInt8](repeating: 0, count: 16 - text.utf8.count)
}

import AddressPools
import Addressing
import Testing

struct AddressPoolTests {
  @Test func subnetsMustFitIntoTheBlock() throws {
    let base = try IPPrefix(parsing: "10.0.0.0/16")

    #expect(AddressPool(base: base, size: 15) == nil)
    #expect(AddressPool(base: base, size: 16) != nil)
    #expect(AddressPool(base: base, size: 32) != nil)
    #expect(AddressPool(base: base, size: 33) == nil)
  }

  @Test func uniqueLocalPoolHoldsTheGlobalID() throws {
    let pool = try #require(AddressPool.uniqueLocal(globalID: 0xfffc_9e56_063b_0000 >> 16))

    #expect(pool.base.description == "fdfc:9e56:63b::/48")
    #expect(pool.size == 64)
  }
}

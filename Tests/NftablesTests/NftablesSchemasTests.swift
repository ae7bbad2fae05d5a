import Netlink
import Testing

@testable import Nftables

struct NftablesSchemasTests {
  private let describer = MessageDescriber(NftablesSchemas.all)

  @Test func elementsAreDescribed() {
    var writer = MessageWriter()
    writer.message(
      NftablesMessage.qualified(NftablesMessage.newElement), flags: .create, sequence: 4
    ) {
      $0.appendNetfilterHeader(family: NetfilterFamily.inet)
      $0.attribute(ElementAttribute.table, string: "netctl")
      $0.attribute(ElementAttribute.set, string: "ports")
      $0.nest(ElementAttribute.elements) {
        $0.nest(DataAttribute.listMember) {
          $0.nest(ElementAttribute.key) {
            $0.attribute(DataAttribute.value, bytes: [0x0a, 0, 0, 1])
          }
          $0.nest(ElementAttribute.data) {
            $0.nest(DataAttribute.verdict) {
              $0.attribute(DataAttribute.verdictChain, string: "open")
            }
          }
        }
      }
    }

    let lines = describer.lines(.sent, writer.bytes[...])

    #expect(
      lines == [
        "> NFT_MSG_NEWSETELEM seq 4 len \(writer.bytes.count) [create]: "
          + #"table "netctl", set "ports", elements [{key 0x0a000001, data verdict "open"}]"#
      ])
  }

  @Test func rulesAreDescribedByTheirExpressions() {
    var writer = MessageWriter()
    writer.message(
      NftablesMessage.qualified(NftablesMessage.newRule), flags: .append, sequence: 1
    ) {
      $0.appendNetfilterHeader(family: NetfilterFamily.inet)
      $0.attribute(RuleAttribute.chain, string: "forward")
      $0.nest(RuleAttribute.expressions) {
        for name in ["meta", "cmp"] {
          $0.nest(DataAttribute.listMember) {
            $0.attribute(ExpressionAttribute.name, string: name)
          }
        }
      }
    }

    #expect(
      describer.lines(.sent, writer.bytes[...]).first?.hasSuffix(
        #"[append]: chain "forward", expressions ["meta", "cmp"]"#) == true)
  }
}

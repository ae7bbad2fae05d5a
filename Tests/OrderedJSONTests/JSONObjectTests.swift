import OrderedJSON
import Testing

struct JSONObjectTests {
  @Test func membersKeepTheOrderOfTheirAddition() {
    var object: JSONObject = ["z": 1, "a": 2]

    object["m"] = 3
    object["z"] = "new"

    #expect(object.names == ["z", "a", "m"])
    #expect(object["z"] == "new")
    #expect(object["other"] == nil)
  }

  @Test func assigningNilRemoves() {
    var object: JSONObject = ["a": 1, "b": 2, "c": 3]

    object["b"] = nil
    object["unknown"] = nil

    #expect(object.names == ["a", "c"])
    #expect(object["c"] == 3)
  }

  @Test func lastOfEqualNamesWinsInALiteral() {
    #expect(JSONObject([("a", 1), ("b", 2), ("a", 3)]) == ["a": 3, "b": 2])
  }

  @Test func largeObjectsBehaveAsSmallOnes() {
    var object = JSONObject()

    for index in 0..<100 { object["\(index)"] = JSONValue(index) }
    for index in stride(from: 0, to: 100, by: 2) { object["\(index)"] = nil }
    object["1"] = "one"

    #expect(object.count == 50)
    #expect(object.names.first == "1")
    #expect(object["1"] == "one")
    #expect(object["98"] == nil)
    #expect(object["99"] == 99)
  }

  @Test func equalityRespectsOrder() {
    #expect(JSONObject([("a", 1), ("b", 2)]) != JSONObject([("b", 2), ("a", 1)]))
  }
}

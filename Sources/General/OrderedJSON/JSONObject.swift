/// Named JSON values in insertion order.
///
/// Names are compared bytewise, not by Unicode canonical equivalence.
package struct JSONObject: Sendable {
  /// One named value.
  package struct Member: Sendable {
    package let name: String
    /// The value.
    public fileprivate(set) var value: JSONValue
  }

  /// The members in order.
  public private(set) var members: [Member] = []

  /// The position of each name, maintained once a linear search would be slow.
  private var positions: [ExactName: Int]?

  private static let membersSearchedFromFront = 16

  /// Makes an object without members.
  package init() {}

  /// Creates an object; the last of equal names wins, at the position of the first.
  package init(_ members: some Sequence<(String, JSONValue)>) {
    for (name, value) in members { self[name] = value }
  }

  /// Takes members whose names are known to differ.
  init(uniqueMembers members: [(String, JSONValue)]) {
    for (name, value) in members { add(Member(name: name, value: value)) }
  }

  /// The number of members.
  package var count: Int { members.count }

  /// Whether there are no members.
  package var isEmpty: Bool { members.isEmpty }

  /// The names in order.
  package var names: [String] { members.map(\.name) }

  /// The value of a name; assigning keeps the position of a known name, appends a new one, and
  /// removes the member if nil.
  package subscript(name: String) -> JSONValue? {
    get { position(of: name).map { members[$0].value } }
    set {
      switch (position(of: name), newValue) {
      case (let position?, let value?): members[position].value = value
      case (let position?, nil): remove(at: position)
      case (nil, let value?): add(Member(name: name, value: value))
      case (nil, nil): break
      }
    }
  }

  /// The value of a name, or else of the first that differs only in case, as Go matches them.
  package func value(named name: String) -> JSONValue? {
    if let value = self[name] { return value }
    let lowercased = name.lowercased()
    return members.first { $0.name.lowercased() == lowercased }?.value
  }

  /// Appends a member; returns false and changes nothing if the name exists.
  mutating func append(_ name: String, _ value: JSONValue) -> Bool {
    guard position(of: name) == nil else { return false }
    add(Member(name: name, value: value))
    return true
  }

  private func position(of name: String) -> Int? {
    if let positions { return positions[ExactName(name)] }
    return members.firstIndex { isExactly($0.name, name) }
  }

  private mutating func add(_ member: Member) {
    members.append(member)
    if positions != nil {
      positions?[ExactName(member.name)] = members.count - 1
    } else if members.count > Self.membersSearchedFromFront {
      indexMembers()
    }
  }

  private mutating func remove(at position: Int) {
    members.remove(at: position)
    if positions != nil { indexMembers() }
  }

  private mutating func indexMembers() {
    var positions = [ExactName: Int](minimumCapacity: members.count * 2)
    for (position, member) in members.enumerated() {
      positions[ExactName(member.name)] = position
    }
    self.positions = positions
  }
}

extension JSONObject: Hashable {
  /// Objects are equal when they have the same members in the same order.
  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members == right.members
  }

  /// Hashes the members in order.
  package func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

extension JSONObject.Member: Hashable {}

/// A name that equals only the same sequence of bytes.
private struct ExactName: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactName, right: ExactName) -> Bool { isExactly(left.text, right.text) }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// Whether both strings have the same bytes; most already differ under the fast canonical equality.
private func isExactly(_ left: String, _ right: String) -> Bool {
  left.utf8.count == right.utf8.count && left == right && left.utf8.elementsEqual(right.utf8)
}

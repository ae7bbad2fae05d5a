/// Named JSON values in the order they were added.
///
/// Names are told apart by their bytes, not by Unicode's canonical equivalence.
public struct JSONObject: Sendable {
  /// One named value.
  public struct Member: Sendable {
    /// The name.
    public let name: String
    /// The value.
    public fileprivate(set) var value: JSONValue
  }

  /// The members in order.
  public private(set) var members: [Member] = []

  /// Where each name stands, kept as soon as a search from the front would be slow.
  private var positions: [ExactName: Int]?

  private static let membersSearchedFromFront = 16

  /// Makes an object without members.
  public init() {}

  /// Makes an object; of equal names the last value wins, at the place of the first.
  public init(_ members: some Sequence<(String, JSONValue)>) {
    for (name, value) in members { self[name] = value }
  }

  /// Keeps members whose names are known to differ.
  init(uniqueMembers members: [(String, JSONValue)]) {
    for (name, value) in members { add(Member(name: name, value: value)) }
  }

  /// The number of members.
  public var count: Int { members.count }

  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The names in order.
  public var names: [String] { members.map(\.name) }

  /// The value of a name; setting keeps the place of a known name, appends a new one, and removes
  /// the member when nil is assigned.
  public subscript(name: String) -> JSONValue? {
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

  /// Appends a member; false, and nothing changes, when the name is taken.
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
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members == right.members
  }

  /// Hashes the members in order.
  public func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

extension JSONObject.Member: Hashable {}

/// A name that equals only the same sequence of bytes.
private struct ExactName: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactName, right: ExactName) -> Bool { isExactly(left.text, right.text) }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// Whether both texts are the same bytes; most differ already under the fast canonical equality.
private func isExactly(_ left: String, _ right: String) -> Bool {
  left.utf8.count == right.utf8.count && left == right && left.utf8.elementsEqual(right.utf8)
}

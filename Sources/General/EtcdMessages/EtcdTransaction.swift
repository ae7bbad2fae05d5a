/// Changes that are made together if all conditions hold, and others if not.
package struct EtcdTransaction: EtcdRequest, Hashable {
  package typealias Response = EtcdTransactionResult

  package static var method: String { "etcdserverpb.KV/Txn" }
  package var isRepeatable: Bool { (success + failure).allSatisfy(\.isRead) }

  /// The conditions.
  package var conditions: [EtcdCondition]
  /// What is done if all hold.
  package var success: [EtcdOperation]
  /// What is done if one does not.
  package var failure: [EtcdOperation]

  package init(
    if conditions: [EtcdCondition] = [], then success: [EtcdOperation],
    else failure: [EtcdOperation] = []
  ) {
    self.conditions = conditions
    self.success = success
    self.failure = failure
  }

  package var message: [UInt8] {
    var bytes: [UInt8] = []
    for condition in conditions { bytes.append(message: 1, condition.message) }
    for operation in success { bytes.append(message: 2, operation.message) }
    for operation in failure { bytes.append(message: 3, operation.message) }
    return bytes
  }
}

/// What has to hold of a key. Of several keys it has to hold of each; where there is none, of a key
/// with only zeros.
package struct EtcdCondition: Hashable, Sendable {
  package enum Relation: Int64, Sendable {
    case equal
    case greater
    case less
    case notEqual
  }

  /// What is compared, with what.
  package enum Operand: Hashable, Sendable {
    case version(Int64)
    case createRevision(Int64)
    case modRevision(Int64)
    case value([UInt8])
    case lease(Int64)
  }

  package let keys: EtcdKeys
  package let relation: Relation
  package let operand: Operand

  package init(_ keys: EtcdKeys, _ relation: Relation, _ operand: Operand) {
    self.keys = keys
    self.relation = relation
    self.operand = operand
  }

  /// None of the keys exists.
  package static func absent(_ keys: EtcdKeys) -> EtcdCondition {
    EtcdCondition(keys, .equal, .createRevision(0))
  }

  /// The key exists.
  package static func exists(_ key: String) -> EtcdCondition {
    EtcdCondition(.key(key), .greater, .createRevision(0))
  }

  /// The key was last written at a revision; 0 if it does not exist.
  package static func unchanged(_ key: String, since revision: Int64) -> EtcdCondition {
    EtcdCondition(.key(key), .equal, .modRevision(revision))
  }

  var message: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(1, relation.rawValue)
    switch operand {
    case .version(let version): bytes.append(target: 0, field: 4, version, keys)
    case .createRevision(let revision): bytes.append(target: 1, field: 5, revision, keys)
    case .modRevision(let revision): bytes.append(target: 2, field: 6, revision, keys)
    case .value(let value):
      bytes.append(2, 3)
      bytes.append(3, keys.key)
      bytes.append(message: 7, value)
    case .lease(let lease): bytes.append(target: 4, field: 8, lease, keys)
    }
    bytes.append(64, keys.end ?? [])
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append(
    target: Int64, field: UInt64, _ value: Int64, _ keys: EtcdKeys
  ) {
    append(2, target)
    append(3, keys.key)
    append(oneof: field, value)
  }
}

/// One step of a transaction.
package enum EtcdOperation: Hashable, Sendable {
  case read(EtcdRange)
  case put(EtcdPut)
  case delete(EtcdKeys)

  var isRead: Bool { if case .read = self { true } else { false } }

  var message: [UInt8] {
    var bytes: [UInt8] = []
    switch self {
    case .read(let range): bytes.append(message: 1, range.message)
    case .put(let put): bytes.append(message: 2, put.message)
    case .delete(let keys):
      var request: [UInt8] = []
      keys.append(to: &request)
      bytes.append(message: 3, request)
    }
    return bytes
  }
}

/// How a transaction went.
package struct EtcdTransactionResult: EtcdResponse, Hashable {
  /// The result of one step.
  package enum Step: Hashable, Sendable {
    case read(EtcdRangeResult)
    case put
    /// So many keys were deleted.
    case deleted(Int64)
    case unknown
  }

  package var header = EtcdHeader()
  /// Whether all conditions held.
  package var succeeded = false
  /// The results in the order of the steps.
  package var steps: [Step] = []

  package init(_ message: [UInt8]) throws(EtcdMessageError) {
    var reader = ProtobufReader(message[...])
    while let field = try reader.next() {
      switch field.number {
      case 1: header = try EtcdHeader(field.bytes)
      case 2: succeeded = try field.bool
      case 3: steps.append(try Step(field.bytes))
      default: break
      }
    }
  }

  /// What the step at an index has read; none if it is no step that reads.
  package func read(_ index: Int) -> [EtcdKeyValue] {
    guard steps.indices.contains(index), case .read(let result) = steps[index] else { return [] }
    return result.keyValues
  }
}

extension EtcdTransactionResult.Step {
  fileprivate init(_ bytes: ArraySlice<UInt8>) throws(EtcdMessageError) {
    self = .unknown
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: self = .read(try EtcdRangeResult(field.bytes))
      case 2: self = .put
      case 3: self = .deleted(try Self.deletedCount(field.bytes))
      default: break
      }
    }
  }

  private static func deletedCount(_ bytes: ArraySlice<UInt8>) throws(EtcdMessageError) -> Int64 {
    var reader = ProtobufReader(bytes)
    var count: Int64 = 0
    while let field = try reader.next() {
      if field.number == 2 { count = try field.integer }
    }
    return count
  }
}

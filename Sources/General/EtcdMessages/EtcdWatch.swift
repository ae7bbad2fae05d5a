/// What is sent on the stream of a watch.
package enum EtcdWatchRequest: Hashable, Sendable {
  package static var method: String { "etcdserverpb.Watch/Watch" }

  /// Reports changes of keys from a revision on, under a number of the client's choice.
  case create(EtcdKeys, from: Int64, watch: Int64)
  case cancel(watch: Int64)
  /// Asks up to which revision all changes have been reported.
  case progress

  /// The message.
  package var message: [UInt8] {
    var bytes: [UInt8] = []
    switch self {
    case .create(let keys, let revision, let watch):
      var request: [UInt8] = []
      keys.append(to: &request)
      request.append(3, revision)
      request.append(7, watch)
      // Otherwise many changes at once may be longer than a message may be.
      request.append(8, true)
      bytes.append(message: 1, request)
    case .cancel(let watch):
      var request: [UInt8] = []
      request.append(1, watch)
      bytes.append(message: 2, request)
    case .progress: bytes.append(message: 3, [])
    }
    return bytes
  }
}

/// A message on the stream of a watch.
package struct EtcdWatchResponse: EtcdResponse, Hashable {
  package var header = EtcdHeader()
  package var watch: Int64 = 0
  /// The watch has begun.
  package var isCreated = false
  /// The watch has ended.
  package var isCanceled = false
  /// The first revision that can still be watched, if the one that was asked for cannot.
  package var compactRevision: Int64 = 0
  /// Why it has ended.
  package var cancelReason = ""
  /// Whether more changes of the same revision follow in another message.
  package var isFragment = false
  package var events: [EtcdEvent] = []

  package init(_ message: [UInt8]) throws(EtcdMessageError) {
    var reader = ProtobufReader(message[...])
    while let field = try reader.next() {
      switch field.number {
      case 1: header = try EtcdHeader(field.bytes)
      case 2: watch = try field.integer
      case 3: isCreated = try field.bool
      case 4: isCanceled = try field.bool
      case 5: compactRevision = try field.integer
      case 6: cancelReason = try field.string
      case 7: isFragment = try field.bool
      case 11: events.append(try EtcdEvent(field.bytes))
      default: break
      }
    }
  }
}

/// A change of one key.
package struct EtcdEvent: Hashable, Sendable {
  /// Whether the key was deleted, or its lease has ended.
  package var isDeletion = false
  /// The key as it is now; of a deleted one only the key and the revision.
  package var keyValue = EtcdKeyValue()

  init(_ bytes: ArraySlice<UInt8>) throws(EtcdMessageError) {
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: isDeletion = try field.natural == 1
      case 2: keyValue = try EtcdKeyValue(field.bytes)
      default: break
      }
    }
  }
}

/// One line of a drawn trace.
struct TraceHop {
  /// What a line says besides its text.
  enum Mark {
    case none
    case stopped
    case unknown
  }

  let place: String
  let text: String
  var detail = ""
  var mark = Mark.none
}

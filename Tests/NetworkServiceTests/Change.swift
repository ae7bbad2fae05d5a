/// What a row of a table changes in a request.
struct Change<Request>: Sendable {
  let apply: @Sendable (inout Request) -> Void

  init(_ apply: @escaping @Sendable (inout Request) -> Void) {
    self.apply = apply
  }
}

/// The notices of a command, in order.
final class NoticeList {
  private(set) var notices: [Notice] = []

  func append(_ notice: Notice) { notices.append(notice) }
}

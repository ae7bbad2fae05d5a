import LinuxSystem
package import Netlink

/// Waits for changes of links in one network namespace.
package struct LinkMonitor: ~Copyable {
  private var routes: RouteSocket

  /// Opens a monitor in the thread's network namespace.
  package static func open() throws(NetlinkError) -> LinkMonitor {
    try LinkMonitor(subscribing: .open())
  }

  package init(subscribing routes: consuming RouteSocket) throws(NetlinkError) {
    try routes.netlink.subscribe(to: RouteGroup.link)
    self.routes = routes
  }

  /// Passes everything sent and received from now on to `observer`.
  package mutating func observe(_ observer: @escaping NetlinkObserver) {
    routes.observe(observer)
  }

  /// Waits until a bridge port forwards frames; throws `.timedOut`, or `.noDevice` when the link is
  /// gone or not a port.
  ///
  /// A port starts forwarding some time after its link was set up, because the kernel notices the
  /// carrier later.
  package mutating func waitUntilForwarding(
    port index: UInt32, timeout: Duration
  ) throws(NetlinkError) {
    let deadline = Deadline(after: timeout)
    while true {
      guard let port = try routes.link(at: index)?.port else { throw NetlinkError(.noDevice) }
      if port.state == .forwarding { return }
      try waitForEvent(of: index, until: deadline)
    }
  }

  /// Deletes a link and its veth peer; returns as soon as the kernel reports the deletion. Throws
  /// `.noDevice` if it does not exist.
  ///
  /// The request itself would only return after the kernel has synchronised its CPUs, many
  /// milliseconds later. A child process waits for that, keeping the descriptor `kept` open.
  package mutating func deleteLink(
    _ index: UInt32, keeping kept: Int32?, timeout: Duration
  ) throws(NetlinkError) {
    try routes.netlink.requestFromChild(
      RouteMessage.deleteLink, keeping: kept, until: Deadline(after: timeout),
      isDone: { message in
        guard message.type == RouteMessage.deleteLink, let header = LinkHeader(message) else {
          return false
        }
        // The removal of a bridge port is announced likewise, under its own family.
        return header.family == Family.unspecified && header.index == index
      },
      { $0.append(LinkHeader(index: index)) })
  }

  /// Waits until a link transmits; throws `.timedOut`, or `.noDevice` when the link is gone.
  ///
  /// Until the kernel has noticed the carrier, it silently drops frames.
  package mutating func waitUntilSending(
    link index: UInt32, timeout: Duration
  ) throws(NetlinkError) {
    let deadline = Deadline(after: timeout)
    while true {
      guard let link = try routes.link(at: index) else { throw NetlinkError(.noDevice) }
      if link.operationalState == .up { return }
      try waitForEvent(of: index, until: deadline)
    }
  }

  /// Waits until no link has this name; throws `.timedOut`.
  package mutating func waitUntilGone(
    _ name: String, timeout: Duration
  ) throws(NetlinkError) {
    let deadline = Deadline(after: timeout)
    while let link = try routes.link(named: name) {
      try waitForEvent(of: link.index, until: deadline)
    }
  }

  private mutating func waitForEvent(
    of index: UInt32, until deadline: Deadline
  ) throws(NetlinkError) {
    while true {
      let events: MessageSequence?
      do throws(NetlinkError) {
        events = try routes.netlink.nextEvents(until: deadline)
      } catch {
        guard error.errno == .noBufferSpace else { throw error }
        return
      }
      guard let events else { throw NetlinkError(.timedOut) }
      if events.contains(where: { LinkHeader($0)?.index == index }) { return }
    }
  }
}

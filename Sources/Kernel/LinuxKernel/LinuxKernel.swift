public import Addressing
import Conntrack
import Firewall
public import KernelModel
import LinuxSystem
import Netlink

/// The kernel of this host, accessed through netlink sockets and files under `/proc/sys`.
///
/// A socket belongs to the namespace in which it was opened; each is opened once, when it is first
/// needed, and stays open until the command ends. That matters for nftables: closing its socket
/// after a deletion blocks until the kernel has finished it.
///
/// Observations are cached, so each command needs its own instance.
public final class LinuxKernel: Kernel {
  let trace: KernelTrace?
  private let ruleset: Ruleset
  private var host: NamespaceView?
  private var hostIdentity: NetworkNamespaceID?
  private var containers: [OpenedContainer] = []
  /// The containers whose namespaces are open, in the order in which they were opened.
  private var open: [Int] = []
  /// The socket that nftables and conntrack share: closing any socket of their family after a
  /// deletion in nftables waits for the kernel to finish it.
  private var netfilter: (any NetlinkTransport)?
  private var firewallSocket: FirewallSocket?
  private var conntrack: ConntrackSocket?
  /// What is known of the host's ports.
  var hostPorts: [Transport: HostPorts] = [:]

  /// The maximum number of open container namespaces; each needs two descriptors.
  private static let openLimit = 8

  /// Takes the trace to write all messages to, nil for none, and what an administrator has set for
  /// the firewall.
  public init(trace: KernelTrace? = nil, firewall: FirewallSettings = FirewallSettings()) {
    self.trace = trace
    ruleset = Ruleset(firewall)
  }

  /// Opens the namespace at `path`. It stays open until several others have been opened; after that
  /// it is reopened on demand, which fails with ESTALE if the path refers to another one.
  public func openNamespace(atPath path: String) throws(KernelError) -> OpenNamespace {
    let operation = KernelError.Operation.openNamespace(path)
    do throws(Errno) {
      let view = try open(path)
      let identity = try identity(view)
      containers.append(OpenedContainer(path: path, identity: identity))
      keepOpen(view, of: containers.count - 1)
      return OpenNamespace(
        handle: NamespaceHandle(number: containers.count - 1), identity: identity)
    } catch {
      throw KernelError(operation, error)
    }
  }

  /// The identity of the namespace at `path`.
  public func namespace(atPath path: String) throws(KernelError) -> NetworkNamespaceID {
    do throws(Errno) {
      let namespace = try NetworkNamespace.open(path: path)
      return NetworkNamespaceID(namespace.identity, cookie: try namespace.cookie)
    } catch {
      throw KernelError(.openNamespace(path), error)
    }
  }

  /// The user that created the user namespace to which a namespace belongs.
  public func owner(of namespace: NamespaceHandle) throws(KernelError) -> UInt32 {
    try observe("owner of the network namespace") { () throws(NetlinkError) in
      let view = try view(.container(namespace))
      do throws(Errno) { return try view.namespace.owner } catch { throw NetlinkError(error) }
    }
  }

  /// Whether the file at `path` is the namespace with this device and inode.
  public func hasNamespace(device: UInt64, inode: UInt64, atPath path: String) -> Bool {
    (try? FileIdentity.at(path)) == FileIdentity(device: device, inode: inode)
  }

  /// The namespace in which the command was started.
  public func hostNamespace() throws(KernelError) -> NetworkNamespaceID {
    if let hostIdentity { return hostIdentity }
    do throws(Errno) {
      let identity = try identity(try hostView())
      hostIdentity = identity
      return identity
    } catch {
      throw KernelError(.openNamespace("/proc/thread-self/ns/net"), error)
    }
  }

  private func identity(_ view: NamespaceView) throws(Errno) -> NetworkNamespaceID {
    NetworkNamespaceID(view.namespace.identity, cookie: try view.cookie)
  }

  private func open(_ path: String) throws(Errno) -> NamespaceView {
    NamespaceView(
      try NetworkNamespace.open(path: path), from: try hostView(), trace: trace?.routes)
  }

  private func hostView() throws(Errno) -> NamespaceView {
    if let host { return host }
    let view = NamespaceView(try NetworkNamespace.current(), from: nil, trace: trace?.routes)
    host = view
    return view
  }

  func view(_ namespace: TargetNamespace) throws(NetlinkError) -> NamespaceView {
    switch namespace {
    case .host:
      do throws(Errno) { return try hostView() } catch { throw NetlinkError(error) }
    case .container(let handle):
      guard containers.indices.contains(handle.number) else { throw NetlinkError(.badDescriptor) }
      if let view = containers[handle.number].view { return view }
      do throws(Errno) { return try reopen(handle.number) } catch { throw NetlinkError(error) }
    }
  }

  private func reopen(_ number: Int) throws(Errno) -> NamespaceView {
    let container = containers[number]
    let view = try open(container.path)
    guard try identity(view) == container.identity else { throw .staleHandle }
    keepOpen(view, of: number)
    return view
  }

  private func keepOpen(_ view: NamespaceView, of number: Int) {
    if open.count == Self.openLimit { containers[open.removeFirst()].view = nil }
    containers[number].view = view
    open.append(number)
  }

  /// The descriptor of the netfilter socket, if open: closing its last copy after a deletion waits
  /// for the kernel, so it is left to a child that is waiting anyway.
  var netfilterDescriptor: Int32? { netfilter?.descriptor }

  private func netfilterTransport() throws(NetlinkError) -> any NetlinkTransport {
    if let netfilter { return netfilter }
    let transport = try NetlinkSocket.openTransport(.netfilter)
    netfilter = transport
    return transport
  }

  func withFirewall<Result>(
    _ body: (inout FirewallSocket) throws(NetlinkError) -> Result
  ) throws(NetlinkError) -> Result {
    var socket: FirewallSocket
    if let open = firewallSocket.take() {
      socket = open
    } else {
      socket = FirewallSocket(try netfilterTransport(), ruleset)
      if let trace { socket.observe(trace.nftables) }
    }
    do throws(NetlinkError) {
      let result = try body(&socket)
      firewallSocket = consume socket
      return result
    } catch {
      firewallSocket = consume socket
      throw error
    }
  }

  func withConntrack(
    _ body: (inout ConntrackSocket) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    var socket: ConntrackSocket
    if let open = conntrack.take() {
      socket = open
    } else {
      socket = ConntrackSocket(try netfilterTransport())
      if let trace { socket.observe(trace.conntrack) }
    }
    do throws(NetlinkError) {
      try body(&socket)
      conntrack = consume socket
    } catch {
      conntrack = consume socket
      throw error
    }
  }
}

extension NetworkNamespaceID {
  fileprivate init(_ identity: FileIdentity, cookie: UInt64?) {
    self.init(device: identity.device, inode: identity.inode, cookie: cookie ?? 0)
  }
}

/// A namespace with a handle.
private struct OpenedContainer {
  let path: String
  let identity: NetworkNamespaceID
  var view: NamespaceView?
}

extension KernelError {
  init(_ operation: Operation, _ errno: Errno) {
    self.init(operation, errno: errno, explanation: errno.description)
  }

  init(_ operation: Operation, _ error: NetlinkError) {
    self.init(operation, errno: error.errno, explanation: error.description)
  }
}

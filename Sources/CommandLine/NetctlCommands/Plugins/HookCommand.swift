import Containers
import NetworkModel
import NetworkService
import OrderedJSON
import Presentation

/// `netctl oci-hook`, called by an OCI runtime with the container's state on standard input.
///
/// As `createRuntime` hook it connects the container to the networks of its annotation and of the
/// arguments, and to those that wait for its start; as `poststop` hook it disconnects it from them.
struct HookCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  /// The state of a container, as the runtime specification defines it.
  private struct State {
    let id: String
    /// The directory from which the runtime started it.
    let bundle: String
    /// nil once the container has ended.
    let process: Int32?
    let annotation: String?
    /// What started it, by the directory of its bundle.
    let runtime: ContainerRuntime

    init?(_ bytes: [UInt8]) {
      guard let object = (try? JSONValue(parsing: bytes))?.object,
        let id = object["id"]?.string, !id.isEmpty
      else { return nil }
      self.id = id
      // runc leaves it out at poststop, crun says 0.
      let process = object["pid"].map { $0.number?.integer(as: Int32.self) ?? -1 } ?? 0
      guard process >= 0 else { return nil }
      self.process = process > 0 ? process : nil
      bundle = object["bundle"]?.string ?? ""
      let bundle = bundle.split(separator: "/")
      runtime =
        if bundle.contains("moby") {
          .docker
        } else if bundle.contains(where: {
          $0.hasSuffix("-containers")
        }) {
          .podman
        } else if bundle.contains(where: { $0.hasPrefix("io.containerd.") }) {
          .containerd
        } else {
          // Only crun tells the root.
          object["root"] == nil ? .runc : .crun
        }
      annotation = object["annotations"]?.object?[AttachmentSyntax.annotation]?.string
    }
  }

  func run(_ networks: [String]) -> Int32 {
    guard let state = State(context.readInput()) else {
      context.printError("Error: standard input is not the state of an OCI container")
      return ExitStatus.failure
    }
    // IDs are only unique within a runtime, and in containerd within one of its namespaces.
    let mark = AttachmentMark(key: Endpoint.hookMark, value: "\(state.id) \(state.bundle)")
    let service = context.service()
    service.avoidAskingRuntimes()
    let restartable = state.runtime.isEngine ? ContainerID(state.id) : nil
    // The hook may be called for every container, also those of users, who cannot read the records.
    let awaited = restartable.flatMap { id in
      (try? service.isAwaited(id)) == true ? id : nil
    }
    if awaited == nil, networks.isEmpty, state.annotation == nil {
      if let restartable { settle(restartable, state.process, service) }
      return ExitStatus.success
    }
    let record =
      switch state.runtime {
      case .docker: EngineRecord.docker(bundle: state.bundle)
      case .podman: EngineRecord.podman(bundle: state.bundle, id: state.id)
      default: nil as EngineRecord?
      }
    do throws(ServiceError) {
      // What cannot be parsed was not connected either.
      let requested =
        (try? AttachmentSyntax.requests(in: state.annotation ?? "", container: ""))?
        .flatMap(\.ports) ?? []
      guard let process = state.process else {
        try service.release(markedBy: mark.key, requesting: requested) { $1 == mark.value }
        if let awaited { try service.suspend(awaited) }
        return ExitStatus.success
      }
      let container = "/proc/\(process)/ns/net"
      let requests: [ConnectRequest]
      do throws(AttachmentSyntax.Problem) {
        requests = try self.requests(state, record, networks, container: container, mark)
      } catch {
        context.printError("Error: annotation \(AttachmentSyntax.annotation): \(error.text)")
        return ExitStatus.failure
      }
      // Of an earlier start, whose poststop never came.
      let namespace = try service.namespace(of: container)
      try service.release(markedBy: mark.key, requesting: requested) {
        $1 == mark.value && $0.container.namespace != namespace
      }
      if let awaited {
        try service.reconnect(
          awaited, startedAs: process, leavingDefaultRoute: record?.addsDefaultRoute == true)
      }
      try connect(requests, mark, requested, service)
      return ExitStatus.success
    } catch {
      if case .networkNotFound(let name) = error, let present = service.presentName(ofFormer: name)
      {
        context.printError(
          "Error: " + Diagnostics.text(error)
            + "; it was renamed to \(TerminalText.quoted(present))")
      } else {
        context.report(error)
      }
      return ExitStatus.failure
    }
  }

  // Podman makes the hosts file of a container that it has connected by a plugin before the hook.
  private func settle(_ id: ContainerID, _ process: Int32?, _ service: NetworkService) {
    guard let process, (try? service.isConnected(id)) == true else { return }
    do throws(ServiceError) {
      try service.settle("/proc/\(process)/ns/net")
    } catch {
      context.report(error)
    }
  }

  // Several hooks of one container, such as those of devices, may name the same network, and so may
  // whoever connected it while it was stopped. Not every runtime calls poststop when this fails.
  private func connect(
    _ requests: [ConnectRequest], _ mark: AttachmentMark, _ ports: [PortRequest],
    _ service: NetworkService
  ) throws(ServiceError) {
    do throws(ServiceError) {
      for request in requests where try service.endpoint(with: mark, on: request.network) == nil {
        do throws(ServiceError) {
          try service.connect(request)
        } catch {
          guard case .alreadyConnected = error else { throw error }
        }
      }
    } catch {
      try? service.release(markedBy: mark.key, requesting: ports) { $1 == mark.value }
      throw error
    }
  }

  private func requests(
    _ state: State, _ record: EngineRecord?, _ networks: [String], container: String,
    _ mark: AttachmentMark
  ) throws(AttachmentSyntax.Problem) -> [ConnectRequest] {
    var requests = try AttachmentSyntax.requests(in: state.annotation ?? "", container: container)
    for network in networks where !requests.contains(where: { $0.network == network }) {
      requests.append(ConnectRequest(network: network, container: container))
    }
    for index in requests.indices {
      requests[index].driverOptions[mark.key] = mark.value
      requests[index].containerRuntime = state.runtime
      requests[index].containerID = ContainerID(state.id)
      requests[index].containerProcess = state.process
      requests[index].containerNameMounts = NameMounts(ofBundle: state.bundle)
      // As an engine shows an ID where there is no name.
      requests[index].containerName = record?.name ?? ContainerID(state.id)?.short ?? state.id
      requests[index].leavesDefaultRoute = record?.addsDefaultRoute == true
    }
    return requests
  }
}

import HTTPMessage
package import LinuxSystem
import OrderedJSON

/// Containers of Incus, found through its API (`GET /1.0/instances/NAME/state`).
package struct IncusFinder: ContainerFinder {
  package let kind = ContainerKind.incus
  private let socket: RuntimeSocket

  package init(_ socket: RuntimeSocket) {
    self.socket = socket
  }

  package func container(_ name: String) throws(FinderError) -> FoundContainer? {
    // Instance names are host names.
    guard name.isName(with: "-"),
      let (document, user) = try socket.documentIfFound("/1.0/instances/\(name)/state")
    else { return nil }
    do throws(DocumentError) {
      let state = try document.object("metadata")
      let process = ProcessIdentity(ofLive: try state.integer("pid"))
      return FoundContainer(
        .incus, name: name, location: FoundContainer.Location(process), user: user)
    } catch {
      throw .unintelligible(socket.path)
    }
  }

  package var asksOthers: Bool { true }

  package func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] {
    guard let (response, user) = try socket.get("/1.0/instances?recursion=1", until: deadline)
    else {
      return []
    }
    guard response.status == 200 else { throw socket.refusal(response) }
    guard let list = try socket.document(response).object["metadata"]?.array else {
      throw .unintelligible(socket.path)
    }
    return list.compactMap { value in
      guard let instance = value.object, let name = instance["name"]?.string else { return nil }
      return ListedContainer(
        .incus, name: name, isRunning: instance["status"]?.string == "Running", user: user)
    }
  }
}

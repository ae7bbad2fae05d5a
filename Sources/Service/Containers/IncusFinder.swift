import HTTPMessage
import LinuxSystem
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
      let (response, user) = try socket.get("/1.0/instances/\(name)/state")
    else { return nil }
    switch response.status {
    case 200: break
    case 404: return nil
    default: throw socket.refusal(response)
    }
    let document = try socket.document(response)
    do throws(DocumentError) {
      let state = try document.object("metadata")
      let process = ProcessIdentity(ofLive: try state.integer("pid"))
      return FoundContainer(
        .incus, name: name, location: FoundContainer.Location(process), user: user)
    } catch {
      throw .unintelligible(socket.path)
    }
  }
}

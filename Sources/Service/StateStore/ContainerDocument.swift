import NetworkModel
import OrderedJSON

/// The JSON form of a container within other documents.
enum ContainerDocument {
  static func encode(_ container: Container) -> JSONValue {
    let namespace = container.namespace
    var object = JSONObject()
    object["name"] = .string(container.name)
    object["path"] = .string(container.path)
    object["boot"] = .string(namespace.boot)
    object["device"] = JSONValue(namespace.device)
    object["inode"] = JSONValue(namespace.inode)
    object["cookie"] = JSONValue(namespace.cookie)
    return .object(object)
  }

  static func decode(_ reader: ObjectReader) throws(DocumentError) -> Container {
    Container(
      name: try reader.string("name"),
      path: try reader.string("path"),
      namespace: NamespaceIdentity(
        boot: try reader.string("boot"),
        device: try reader.integer("device"),
        inode: try reader.integer("inode"),
        cookie: try reader.integer("cookie")))
  }
}

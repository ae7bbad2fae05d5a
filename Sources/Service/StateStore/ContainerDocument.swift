import Addressing
import NetworkModel
import OrderedJSON

/// The JSON form of a container within other documents.
enum ContainerDocument {
  static func encode(_ container: Container) -> JSONValue {
    let namespace = container.namespace
    var object = JSONObject()
    object["id"] = .string(container.id.description)
    object["name"] = .string(container.name)
    object["runtime"] = .string(container.runtime.rawValue)
    object["path"] = .string(container.path)
    object["boot"] = .string(container.boot)
    object["device"] = JSONValue(namespace.device)
    object["inode"] = JSONValue(namespace.inode)
    object["cookie"] = JSONValue(namespace.cookie)
    if let process = container.process {
      object["process"] = JSONValue(process.id)
      object["start"] = JSONValue(process.start)
    }
    if container.isRestartable { object["restartable"] = true }
    object["hosts"] = container.nameMounts?.hosts.map { .string($0) }
    object["resolver"] = container.nameMounts?.resolver.map { .string($0) }
    return .object(object)
  }

  // Schema 1 has no identity and no runtime: both were derived.
  static func decode(
    _ reader: ObjectReader, schema: Int
  ) throws(DocumentError) -> Container {
    let isDerived = schema < 2
    return Container(
      id: isDerived ? nil : try reader.parsed("id") { ContainerID($0) },
      name: try reader.string("name"),
      runtime: isDerived ? nil : ContainerRuntime(rawValue: try reader.string("runtime")),
      path: try reader.string("path"),
      boot: try reader.string("boot"),
      namespace: NetworkNamespaceID(
        device: try reader.integer("device"),
        inode: try reader.integer("inode"),
        cookie: try reader.integer("cookie")),
      process: try reader.optionalInteger("process").map { (id) throws(DocumentError) in
        FirstProcess(id: id, start: try reader.integer("start"))
      },
      isRestartable: try reader.optionalBoolean("restartable") ?? false,
      nameMounts: NameMounts(
        hosts: try reader.optionalString("hosts"), resolver: try reader.optionalString("resolver")))
  }
}

import GoTemplate

/// A row of `docker network ls`: methods on a pointer to a struct.
struct NetworkRow: TemplateObject {
  let typeName = "*network.networkContext"

  func member(named name: String) -> ObjectMember? {
    switch name {
    case "ID": .accessor("0123456789ab")
    case "Name": .accessor("n1")
    case "Internal": .accessor("false")
    case "Header": .field(.interface(.noValue))
    case "Label":
      .method(
        Function(parameters: [.string]) { arguments in
          if case .string(let key) = arguments[0], key == "a" { return "1" }
          return ""
        })
    default: nil
    }
  }
}

/// A time, which prints through its `String` method.
struct Time: TemplateObject {
  let typeName = "time.Time"
  let stringForm: GoString? = "2026-11-21 00:30:10.097667482 +0000 UTC"
  let jsonForm = JSONForm.text("\"2026-11-21T00:30:10.097667482Z\"")

  func member(named name: String) -> ObjectMember? {
    name == "Year" ? .accessor(2026) : nil
  }
}

/// A struct of given fields.
struct Structure: TemplateObject {
  let typeName: String
  let fields: [ObjectField]

  init(_ typeName: String, _ fields: [ObjectField]) {
    self.typeName = typeName
    self.fields = fields
  }

  func member(named name: String) -> ObjectMember? {
    fields.first { $0.name == name }.map { .field($0.value) }
  }
}

/// The parts of `docker network inspect` that its transcripts use.
enum Inspected {
  static let configuration = Value.object(
    Structure(
      "network.IPAMConfig",
      [
        ObjectField("Subnet", "10.20.0.0/24"), ObjectField("IPRange", ""),
        ObjectField("Gateway", "10.20.0.1"),
        ObjectField("AuxAddress", .map(GoMap([], of: .string))),
      ]))

  static let network = Value.object(
    Structure(
      "network.Inspect",
      [
        ObjectField("Name", "n1"), ObjectField("Created", .object(Time())),
        ObjectField("Driver", "bridge"), ObjectField("Scope", "local"),
        ObjectField("Internal", false), ObjectField("Attachable", false),
        ObjectField(
          "IPAM",
          .object(
            Structure(
              "network.IPAM",
              [
                ObjectField("Driver", "default"),
                ObjectField("Options", .map(GoMap([], of: .string, isNil: true))),
                ObjectField(
                  "Config", .list(GoList([configuration], of: .named("network.IPAMConfig")))),
              ]))),
        ObjectField(
          "Containers",
          .map(
            GoMap([], of: .named("network.EndpointResource")) {
              .object(Structure("network.EndpointResource", [ObjectField("Name", "")]))
            })),
        ObjectField("Labels", .map(labels)),
        ObjectField("Peers", .list(GoList([], of: .named("network.PeerInfo"), isNil: true))),
        ObjectField("Status", .nilPointer("*network.Status")),
      ]))

  static let labels = GoMap([("k", "v"), ("app.kubernetes.io/name", "x")], of: .string)

  /// The same network as decoded JSON.
  static let document = Value.map(
    GoMap(
      [
        ("Name", "n1"), ("Internal", false), ("Size", 1.5), ("Nothing", .noValue),
        (
          "IPAM",
          .map(
            GoMap(
              [
                ("Driver", "default"), ("Options", .noValue),
                (
                  "Config",
                  .list(
                    GoList(
                      [.map(GoMap([("Subnet", "10.20.0.0/24")], of: .interface))], of: .interface)
                  )
                ),
              ], of: .interface))
        ),
        ("Labels", .map(GoMap([("k", "v")], of: .interface))),
      ], of: .interface))
}

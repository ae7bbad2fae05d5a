package import GoTemplate
package import NetworkModel
package import OrderedJSON

/// The output formats of `events`: a line, JSON, or a template.
package struct EventFormat: Sendable {
  private let format: ObjectFormat
  private let json: @Sendable (NetworkEvent) -> JSONValue

  /// Parses the value of `--format`; empty means lines. Throws when the template does not parse.
  package init(
    _ format: String, json: @escaping @Sendable (NetworkEvent) -> JSONValue
  ) throws(TemplateError) {
    self.format = try ObjectFormat(format)
    self.json = json
  }

  /// The output for an event; `secondsEastOfUTC` is the host's UTC offset at that time. Throws when
  /// the template fails.
  package func text(
    of event: NetworkEvent, secondsEastOfUTC: Int, isForTerminal: Bool
  ) throws(TemplateError) -> [UInt8] {
    if let output = try format.output(of: value(event)) { return output }
    let time = TimeText.fixedRFC3339(event.time, secondsEastOfUTC: secondsEastOfUTC)
    let attributes = event.attributes.map { "\($0.key)=\($0.value)" }.sorted()
    let list = attributes.isEmpty ? "" : "(\(attributes.joined(separator: ", ")))"
    let words = [time, Self.type, event.action, event.network, list]
    let line = words.filter { !$0.isEmpty }.joined(separator: " ")
    return Array(((isForTerminal ? TerminalText.escaped(line) : line) + "\n").utf8)
  }

  /// The placeholders of templates; nested ones are prefixed with their parent.
  package static let placeholders = [
    "Action", "Actor", "Actor.Attributes", "Actor.ID", "Scope", "Time", "TimeNano", "Type",
  ]

  private static let type = "network"

  private func value(_ event: NetworkEvent) -> Value {
    let actor = GoStruct(
      "events.Actor",
      [
        ObjectField("ID", .string(event.network)),
        ObjectField("Attributes", .map(event.attributes)),
      ]
    ) { json(event).object?["Actor"] ?? .null }
    let nanoseconds = event.time.nanoseconds
    let fields = [
      ObjectField("Type", .string(Self.type)), ObjectField("Action", .string(event.action)),
      ObjectField("Actor", .object(actor)), ObjectField("Scope", .string(event.scope)),
      ObjectField("Time", .int(nanoseconds / 1_000_000_000, .int64)),
      ObjectField("TimeNano", .int(nanoseconds, .int64)),
    ]
    return .object(GoStruct("*events.Message", fields) { json(event) })
  }
}

public import GoTemplate
public import KernelModel
import OrderedJSON

/// What the build knows of an executable.
public struct BuildFacts: Hashable, Sendable {
  /// The commit it was built from.
  public let commit: String
  /// The version of the compiler.
  public let swift: String

  /// Takes every member.
  public init(commit: String, swift: String) {
    self.commit = commit
    self.swift = swift
  }
}

/// What `version` tells: of the executable, and of the kernel it runs on.
public struct VersionReport: Sendable {
  private let version: String
  private let build: BuildFacts
  private let kernel: String
  private let features: [(name: String, availability: String)]

  /// Takes netctl's version, how it was built, and the kernel's release and features.
  public init(
    version: String, build: BuildFacts, kernel: String,
    features: [KernelFeature: FeatureAvailability]
  ) {
    self.version = version
    self.build = build
    self.kernel = kernel
    self.features = KernelFeature.allCases.compactMap { feature in
      features[feature].map { (feature.rawValue, $0.rawValue) }
    }
  }

  private var members: [(name: String, value: String)] {
    [
      ("Version", version), ("SwiftVersion", build.swift), ("GitCommit", build.commit),
      ("Os", "linux"), ("Arch", Self.architecture), ("KernelVersion", kernel),
    ]
  }

  // Go's words, as Docker uses them.
  private static var architecture: String {
    #if arch(x86_64)
      "amd64"
    #elseif arch(arm64)
      "arm64"
    #else
      "unknown"
    #endif
  }

  var json: JSONValue {
    let features = JSONObject(features.map { ($0.name, .string($0.availability)) })
    return .object(
      JSONObject(members.map { ($0.name, .string($0.value)) } + [("Features", .object(features))]))
  }

  var value: Value {
    let features = Dictionary(uniqueKeysWithValues: features.map { ($0.name, $0.availability) })
    let fields = members.map { ObjectField($0.name, .string($0.value)) }
    return .object(
      Record("version.Report", fields + [ObjectField("Features", .map(features))]) { json })
  }

  /// The block in which `docker version` describes its client.
  var text: String {
    let lines = [
      ("Version", version), ("Swift version", build.swift), ("Git commit", build.commit),
      ("OS/Arch", "linux/" + Self.architecture), ("Kernel version", kernel),
    ]
    return
      (["netctl:"] + lines.map { Self.line(" ", $0.0, $0.1) }
      + [" Kernel features:"] + features.map { Self.line("  ", $0.name, $0.availability) })
      .map { $0 + "\n" }.joined()
  }

  private static let columnOfValues = 20

  private static func line(_ indent: String, _ name: String, _ value: String) -> String {
    let head = indent + name + ":"
    return head + String(repeating: " ", count: columnOfValues - head.utf8.count) + value
  }
}

/// How `version` prints its report: as a block, as JSON, or as a template says.
public struct VersionFormat: Sendable {
  private let template: Template?

  /// Reads the value of `--format`; empty means the block. Throws when the template does not parse.
  public init(_ format: String) throws(TemplateError) {
    switch format {
    case "": template = nil
    case "json": template = try Template(parsing: "{{json .}}", functions: .docker)
    default: template = try Template(parsing: format, functions: .docker)
    }
  }

  /// The output. Throws when the template fails.
  public func text(of report: VersionReport) throws(TemplateError) -> [UInt8] {
    guard let template else { return Array(report.text.utf8) }
    var output: [UInt8] = []
    try template.execute(report.value, appendingTo: &output)
    return output + [UInt8(ascii: "\n")]
  }

  /// The placeholders that a template can have, in the order of the report; those inside another
  /// have its name before theirs.
  public static let placeholders =
    ["Version", "SwiftVersion", "GitCommit", "Os", "Arch", "KernelVersion", "Features"]
    + KernelFeature.allCases.map { "Features.\($0.rawValue)" }
}

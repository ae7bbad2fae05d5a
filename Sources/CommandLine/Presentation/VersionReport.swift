package import GoTemplate
package import KernelModel
import OrderedJSON

/// Information about the build of the executable.
package struct BuildInfo: Hashable, Sendable {
  /// The commit it was built from.
  package let commit: String
  /// The version of the compiler.
  package let swift: String

  package init(commit: String, swift: String) {
    self.commit = commit
    self.swift = swift
  }
}

/// The output of `version`: the executable, and the kernel it runs on.
package struct VersionReport: Sendable {
  private let version: String
  private let build: BuildInfo
  private let kernel: String
  private let features: [(name: String, availability: String)]

  /// Takes netctl's version, build information, and the kernel's release and features.
  package init(
    version: String, build: BuildInfo, kernel: String,
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

  // Go's names, as Docker uses them.
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
      GoStruct("version.Report", fields + [ObjectField("Features", .map(features))]) { json })
  }

  /// The client block of `docker version`.
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

/// The output formats of `version`: a block, JSON, or a template.
package struct VersionFormat: Sendable {
  private let format: ObjectFormat

  /// Parses the value of `--format`; empty means the block. Throws when the template does not
  /// parse.
  package init(_ format: String) throws(TemplateError) {
    self.format = try ObjectFormat(format)
  }

  /// The output. Throws when the template fails.
  package func text(of report: VersionReport) throws(TemplateError) -> [UInt8] {
    try format.output(of: report.value) ?? Array(report.text.utf8)
  }

  /// The placeholders of templates, in the order of the report; nested ones are prefixed with their
  /// parent.
  package static let placeholders =
    ["Version", "SwiftVersion", "GitCommit", "Os", "Arch", "KernelVersion", "Features"]
    + KernelFeature.allCases.map { "Features.\($0.rawValue)" }
}

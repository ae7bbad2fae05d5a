import NetworkModel

enum Sample {
  static let network = named("web-prod")

  static func named(
    _ name: String, created: Int64 = 0,
    labels: [String: String] = ["env": "prod", "empty": "", "expr": "a=b"]
  ) -> Network {
    Network(
      id: NetworkID(String(repeating: "0a", count: 32))!, name: name,
      created: Timestamp(nanoseconds: created), driver: .bridge,
      ipam: IPAMConfiguration(subnets: []), labels: labels)
  }
}

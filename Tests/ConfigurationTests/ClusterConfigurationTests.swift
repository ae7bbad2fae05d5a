import OrderedJSON
import Testing

@testable import Configuration

/// The keys of clusters.
struct ClusterConfigurationTests {
  private func read(_ text: String) throws -> (ClusterSettings?, [String]) {
    let file = ConfigurationFile(path: "f", contents: Array(text.utf8))
    return (file.configuration.cluster, file.problems.map { $0.text(in: "f") })
  }

  @Test(arguments: [
    (
      #""etcd://10.0.0.5:2379""#, ClusterSettings.Store.members(["10.0.0.5:2379"]), "", false
    ),
    (#""etcd://a,[fd00::5]:2380/x/y/""#, .members(["a:2379", "[fd00::5]:2380"]), "/x/y", false),
    (#""etcds://a:1""#, .members(["a:1"]), "", true),
    (#""unix:/run/etcd.sock""#, .socket("/run/etcd.sock"), "", false),
    (#""unix:///run/etcd.sock""#, .socket("/run/etcd.sock"), "", false),
  ])
  func storeIsRead(
    _ value: String, _ store: ClusterSettings.Store, _ path: String, _ usesTLS: Bool
  ) throws {
    let (cluster, problems) = try read("{\"cluster-store\": \(value)}")

    #expect(problems == [])
    #expect(cluster?.store == store)
    #expect(cluster?.path == path)
    #expect(cluster?.usesTLS == usesTLS)
  }

  @Test(arguments: ["consul://a:8500", "zk://a", "etcd://", "etcd://a:0", "etcd://a:b", "a:2379"])
  func otherStoresAreRefused(_ value: String) throws {
    let (cluster, problems) = try read("{\"cluster-store\": \"\(value)\"}")

    #expect(cluster == nil)
    #expect(
      problems == [
        "f:1: cluster-store: \"\(value)\" is not a cluster store, such as "
          + "\"etcd://10.0.0.5:2379\"; only etcd is supported"
      ])
  }

  @Test func optionsAreRead() throws {
    let (cluster, problems) = try read(
      #"""
      {"cluster-store": "etcd://a/p", "cluster-advertise": "eth1:2376", "cluster-store-opts": {
        "kv.cacertfile": "/ca", "kv.certfile": "/c", "kv.keyfile": "/k", "kv.path": "q",
        "kv.usernamefile": "/u", "discovery.heartbeat": "5", "overlay.vni-range": "10-20",
        "overlay.data-path-port": "8472", "overlay.endpoint-ttl": "3600"}}
      """#)

    #expect(problems == [])
    #expect(cluster?.path == "/p/q")
    #expect(cluster?.advertised == "eth1")
    #expect(cluster?.usesTLS == true)
    #expect(cluster?.certificates?.key == "/k")
    #expect(cluster?.credentialsFile == "/u")
    #expect(cluster?.heartbeat == 5 && cluster?.timeToLive == 15)
    #expect(cluster?.identifiers == 10...20)
    #expect(cluster?.dataPathPort == 8472)
    #expect(cluster?.endpointTimeToLive == 3600)
  }

  @Test(arguments: [
    (#""kv.certfile": "/c""#, "cluster-store-opts: {\"kv.certfile\":\"/c\"} is not complete"),
    (#""kv.usernamefile": "u""#, "cluster-store-opts.kv.usernamefile: \"u\" is not an absolute"),
    (
      #""discovery.heartbeat": "0""#,
      "cluster-store-opts.discovery.heartbeat: \"0\" is not a number"
    ),
    (#""discovery.ttl": "20""#, "cluster-store-opts.discovery.ttl: \"20\" is not more seconds"),
    (#""overlay.vni-range": "5""#, "cluster-store-opts.overlay.vni-range: \"5\" is not a range"),
    (#""overlay.data-path-port": "80""#, "cluster-store-opts.overlay.data-path-port: \"80\" is"),
    (#""kv.certfil": "/c""#, "unknown key \"cluster-store-opts.kv.certfil\"; did you mean"),
  ])
  func invalidOptionIsNamed(_ option: String, _ message: String) throws {
    let (_, problems) = try read(
      "{\"cluster-store\": \"etcd://a\", \"cluster-store-opts\": {\(option)}}")

    #expect(problems.count == 1 && problems[0].hasPrefix("f:1: " + message), "\(problems)")
  }

  @Test func addressWithoutAStoreIsRefused() throws {
    let (_, problems) = try read(#"{"cluster-advertise": "10.0.0.5"}"#)

    #expect(problems == ["f:1: cluster-advertise: it needs cluster-store"])
  }

  @Test(arguments: ["0.0.0.0", "127.0.0.1:1", "a name"])
  func addressThatOthersCannotUseIsRefused(_ value: String) throws {
    let (_, problems) = try read(
      "{\"cluster-store\": \"etcd://a\", \"cluster-advertise\": \"\(value)\"}")

    #expect(problems.count == 1, "\(problems)")
  }

  @Test func dockersSwitchIsOffWithoutTheKeys() throws {
    let (cluster, problems) = try read("{}")

    #expect(cluster == nil && problems == [])
  }
}

import AddressPools
import Addressing
import Configuration
import DNSMessage
import EtcdMessages
import GoRegexp
import GoTemplate
import HTTPMessage
import NetctlCommands
import Netlink
import NetworkFilters
import NetworkModel
import Nftables
import OrderedJSON
import PFlag
import PacketProbe
import PacketTrace
import Presentation
import RouteNetlink

/// A reader of what users, files or the kernel say, run on any bytes.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// `inspect --format`.
  case inspect
  /// `ls --format`.
  case list
  /// The filters of `ls` and `prune`, one in a line.
  case filters
  /// A regular expression, a line end, and a text.
  case regexp
  /// The arguments of the program, one in a line.
  case arguments
  /// An address of any kind.
  case addresses
  /// A JSON document.
  case json
  /// A configuration file.
  case configuration
  /// Netlink messages.
  case netlink
  /// IP packets, each behind a byte with its length.
  case packets
  /// A DNS message, as a query and as a reply to one.
  case dns
  /// A response of HTTP, or a request.
  case http
  /// Messages of etcd's, each behind the five bytes of gRPC.
  case etcd

  /// Words that mean something here.
  package var dictionary: [String] {
    switch self {
    case .inspect, .list: Self.templateWords
    case .filters:
      [
        "name=", "id=", "label=", "label!=", "until=", "dangling=", "type=", "driver=", "scope=",
        "custom", "true", "24h", "1h30m", "2006-01-02", "T15:04:05", "Z", "+01:00", "\n", "^", "$",
      ]
    case .regexp:
      [
        "(?i)", "(?P<n>", "(?:", "[^", "[[:alpha:]]", "\\pL", "\\p{Greek}", "\\Q", "\\E", "\\b",
        "\\x{10ffff}", "{1,1000}", "{2}", "*?", "+?", "??", "|", "^", "$", "\\C", "\n", "a-z",
      ]
    case .arguments:
      [
        "network\n", "create\n", "ls\n", "connect\n", "--subnet=", "--label\n", "-o=", "-d", "-qf",
        "--help\n", "--ipv6=", "--gateway\n", "--aux-address\n", "--\n", "-D\n", "10.0.0.0/8",
        "a,b", "\"", "a=b", "--gw-priority=", "-h\n", "--ip=", "\n", "-p\n", "--publish=",
        "8000-8010:80-90/udp", "[::1]:", "published=", "target=", "publish\n", "port\n",
      ]
    case .addresses:
      [
        "::", ":", ".", "/", "%eth0", "ffff:", "255", "256", "0", "/128", "/32", "/0", "/-1",
        "::ffff:", "fe80::", "02:42:ac:11:00:02",
      ]
    case .json:
      [
        "{", "}", "[", "]", "\"", ":", ",", "null", "true", "1e400", "-0", "\\u0000", "\\ud83d",
        "\\udc00", "\\", "0.1", "9223372036854775808", "[[[[[[[[", "\u{feff}",
      ]
    case .configuration:
      [
        "{\"", "\": ", "\", ", "}", "[", "]", "null", "false", "\u{feff}", "\n", "bip\"", "bip6",
        "fixed-cidr", "default-gateway", "default-address-pools", "base", "size", "mtu", "auto",
        "default-network-opts", "bridge", "com.docker.network.driver.mtu", "0.0.0.0/0", "::/0",
        "fe80::/10", "10.0.0.1/32", "bridge-accept-fwmark", "0x1/0x1", "dns", "host-gateway-ips",
      ]
    case .http:
      [
        "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100\r\n\r\n", "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n", "\r\n\r\n", "\r\n", "0\r\n", "a;x\r\n", "fffffffffffffff",
        "304", "204", ": ", "\t",
      ]
    case .etcd: ["\0\0\0\0\u{2}", "\n\u{2}", "\u{12}\u{2}", "\u{1a}\u{2}", "Z\u{2}", "\u{18}\u{1}"]
    case .dns:
      ["\u{3}www\u{7}example\u{3}com\0", "\u{c0}\u{c}", "\0\u{1}\0\u{1}", "\0\u{1c}", "\0\0)\u{4}"]
    case .netlink: ["\u{10}\0", "\u{4}\0\u{1}\0", "\0\0\0\0", "\u{8}\0\u{3}\0eth0"]
    case .packets: ["E\0\0", "`\0\0\0", "\u{6}", "\u{11}", "\u{1}", ":", "\u{8}\0", "\u{3}\u{4}"]
    }
  }

  /// Whether an input can be run: a template may loop as often as it says, in Go as here.
  package func isBounded(_ input: [UInt8]) -> Bool {
    switch self {
    case .inspect, .list: Self.isBounded(template: String(decoding: input, as: UTF8.self))
    default: true
    }
  }

  /// Reads the input and, where there is a way back, what was read once more.
  package func run(_ input: [UInt8]) {
    let text = String(decoding: input, as: UTF8.self)
    switch self {
    case .inspect: Self.inspect(text)
    case .list: Self.list(text)
    case .filters: Self.filter(text)
    case .regexp: Self.match(text)
    case .arguments: Self.resolve(text)
    case .addresses: Self.readAddresses(text)
    case .json: Self.readJSON(input)
    case .configuration: Self.readConfiguration(input)
    case .netlink:
      Self.describe(input)
      Self.readRules(input)
    case .packets: Self.classify(input)
    case .dns: Self.readMessage(input)
    case .http: Self.readResponse(input)
    case .etcd: Self.readStream(input)
    }
  }
}

extension FuzzTarget {
  private static func inspect(_ text: String) {
    guard var output = try? InspectOutput(format: text) else { return }
    for _ in 0..<2 {
      do throws(TemplateError) {
        try output.add(Sample.status)
      } catch {
        _ = error.message
      }
    }
    _ = output.bytes
  }

  private static func list(_ text: String) {
    for isQuiet in [false, true] {
      do throws(TemplateError) {
        let format = try NetworkListFormat(text, isQuiet: isQuiet)
        _ = try format.text(
          of: [Sample.status.network], truncatesIDs: isQuiet, containerCount: { _ in 1 },
          bridgeName: { _ in nil })
      } catch {
        _ = error.message
      }
    }
  }

  private static func filter(_ text: String) {
    let terms = lines(text).map { line in
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (name: String(parts.first ?? ""), value: parts.count > 1 ? String(parts[1]) : "")
    }
    let network = Sample.status.network
    _ = (try? NetworkFilter(terms))?.matches(network)
    let prune = try? PruneFilter(terms, now: network.created, secondsEastOfUTC: { _ in 3600 })
    _ = prune?.matches(network)
  }

  private static func match(_ text: String) {
    let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard let pattern = parts.first, let expression = try? Regexp(String(pattern)) else { return }
    _ = expression.matches(String(parts.last ?? ""))
  }

  private static func resolve(_ text: String) {
    let resolution = NetctlSyntax.program.resolve(lines(text))
    switch resolution.outcome {
    case .misuse(let error): _ = UsageDiagnostic(error).text
    case .help(let page), .groupHelp(let page): _ = page.text(width: 20)
    case .invocation, .version: break
    }
  }

  private static func readAddresses(_ text: String) {
    if let address = IPAddress(text) {
      precondition(IPAddress(address.description) == address)
    }
    if let prefix = try? IPPrefix(parsing: text) {
      precondition((try? IPPrefix(parsing: prefix.description)) == prefix)
      precondition(prefix.contains(prefix.address))
      precondition(prefix.masked.overlaps(prefix))
    }
    if let address = MACAddress(text) {
      precondition(MACAddress(address.description) == address)
    }
  }

  private static func readJSON(_ input: [UInt8]) {
    guard let value = try? JSONValue(parsing: input) else { return }
    precondition((try? JSONValue(parsing: value.bytes())) == value)
    _ = value.bytes(escapingHTML: true)
  }

  private static func readConfiguration(_ input: [UInt8]) {
    let file = ConfigurationFile(path: "daemon.json", contents: input)
    for problem in file.problems { precondition(!problem.text(in: file.path).isEmpty) }
    precondition(file.entries.allSatisfy { !$0.key.isEmpty })
    _ = file.lineForMoreSubnets(besides: file.configuration.localPools.map(\.base))
  }

  private static func readMessage(_ input: [UInt8]) {
    if let query = try? DNSQuery(input) {
      let again = try? DNSQuery(query.bytes)
      precondition(again?.question == query.question && again?.payload == query.payload)
      let reply = DNSReply(
        .success, answers: [.address([10, 0, 0, 2]), .name(query.question.name)]
      )
      .bytes(for: query, lifetime: 600, limit: 512)
      precondition(DNSForwardedReply(reply, to: query) != nil || query.header.isReply)
      _ = query.question.name.text
    }
    guard let name = DNSName("www.example.com") else { return }
    let query = DNSQuery(id: 0x1234, DNSQuestion(name, .a))
    if let reply = DNSForwardedReply(input, to: query) {
      precondition(reply.bytes(id: 1, limit: 512).count <= 512)
    }
  }

  private static func describe(_ input: [UInt8]) {
    for schemas in [RouteSchemas.all, NftablesSchemas.all] {
      let lines = MessageDescriber(schemas).lines(.received, input[...])
      precondition(!lines.contains { $0.utf8.contains(UInt8(ascii: "\n")) })
    }
  }

  private static func readRules(_ input: [UInt8]) {
    for message in MessageSequence(input[...]) {
      _ = TraceEvent(message)
      guard let rule = InstalledRule(message) else { continue }
      let members = SetMember.list(in: message) ?? []
      for family in [NetfilterFamily.ipv4, NetfilterFamily.inet] {
        let context = RuleContext(family: family, linkName: { _ in nil }, members: { _ in members })
        _ = rule.text(in: context)
      }
    }
  }

  private static func classify(_ input: [UInt8]) {
    var identity: ProbeIdentity?
    var rest = input[...]
    while let length = rest.popFirst() {
      let bytes = rest.prefix(Int(length))
      rest = rest.dropFirst(Int(length))
      _ = identity?.isResolution(
        network: Array(bytes.prefix(40)), transport: Array(bytes.dropFirst(40)))
      guard let packet = ParsedPacket(bytes) else { continue }
      if identity == nil {
        identity = ProbeIdentity(packet.form, mark: Array(bytes.suffix(2)))
        identity?.hops = [packet.form.source, packet.form.destination]
      }
      _ = identity?.mayRecognize(packet)
      _ = identity?.classify(packet)
    }
  }

  // A response does not depend on where the stream was cut.
  private static func readResponse(_ input: [UInt8]) {
    readRequest(input)
    let whole = response(in: [input])
    let inPieces = response(in: input.map { [$0] })
    precondition(inPieces?.status == whole?.status && inPieces?.body == whole?.body)
    precondition((whole?.body.count ?? 0) <= 1000)
  }

  private static func readRequest(_ input: [UInt8]) {
    var whole = HTTPRequestParser(bodyLimit: 1000)
    let request = try? whole.append(input)
    var pieces = HTTPRequestParser(bodyLimit: 1000)
    for byte in input {
      guard let found = try? pieces.append([byte]) else { continue }
      precondition(found.body == request?.body)
      break
    }
  }

  private static func readStream(_ input: [UInt8]) {
    let whole = messages(in: [input])
    precondition(messages(in: input.map { [$0] }) == whole)
    for message in whole + [input] {
      _ = try? EtcdRangeResult(message)
      _ = try? EtcdTransactionResult(message)
      _ = try? EtcdWatchResponse(message)
      _ = try? EtcdLease(message)
      _ = try? EtcdStatusResult(message)
      _ = try? EtcdToken(message)
    }
  }

  private static func messages(in pieces: [[UInt8]]) -> [[UInt8]] {
    var deframer = GRPCDeframer(limit: 1000)
    var messages: [[UInt8]] = []
    for piece in pieces {
      deframer.append(piece)
      do throws(EtcdMessageError) {
        while let message = try deframer.next() { messages.append(message) }
      } catch {
        break
      }
    }
    return messages
  }

  private static func response(in pieces: [[UInt8]]) -> HTTPResponse? {
    var parser = HTTPResponseParser(bodyLimit: 1000)
    do throws(HTTPMessageError) {
      for piece in pieces { try parser.append(piece) }
      return try parser.finish()
    } catch {
      return nil
    }
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func isBounded(template: String) -> Bool {
    var digits = 0
    for byte in template.utf8 {
      digits = (0x30...0x39).contains(byte) ? digits + 1 : 0
      if digits > 2 { return false }
    }
    let loops = template.count(of: "range")
    // Rune and hexadecimal constants are numbers too.
    let hasOtherNumbers =
      template.contains("'") || template.contains("0x")
      || template.contains("0X")
    return loops == 0
      || (loops == 1 && !hasOtherNumbers && !template.contains("template")
        && !template.contains("block"))
  }

  private static let templateWords = [
    "{{", "}}", "{{-", "-}}", "{{end}}", "{{if ", "{{else}}", "{{range ", "{{with ",
    "{{define \"t\"}}",
    "{{template \"t\" .}}", "{{block \"b\" .}}", "{{break}}", "{{continue}}", "{{/*", "*/}}",
    "$x := ", "$x = ", "$i, $e := ", "$", ".", ".Name", ".Labels", ".IPAM.Config", ".Containers",
    ".Created", ".Options", ".Status", "(", ")", "|", "\"", "`", "'a'", "1", "-2", "3.5e1", "0b1",
    "true", "nil", "and ", "or ", "not ", "eq ", "ne ", "lt ", "len ", "index ", "slice ",
    "printf ", "\"%v %d %s %q %x %T\"", "print ", "println ", "html ", "js ", "urlquery ", "call ",
    "json ", "split ", "join ", "title ", "lower ", "upper ", "pad ", "truncate ", "table ", "\\t",
    "\\n",
  ]
}

extension String {
  fileprivate func count(of word: String) -> Int {
    ranges(of: word).count
  }
}

import Addressing
import NetctlCommands
import NetworkModel
import PFlag
import Testing

/// What `--publish` takes, compared with `docker run --publish` value by value; where the command
/// line of Docker 28 and 29 differ, as 29.
@Suite struct PortSyntaxTests {
  static let accepted: [(text: String, ports: [PortRequest])] = [
    ("80", [port(80)]),
    ("80/udp", [port(80, .udp)]),
    ("80/SCTP", [port(80, .sctp)]),
    ("80/", [port(80)]),
    ("80/tcp/x", [port(80)]),
    (":80", [port(80)]),
    ("0:80", [port(80)]),
    ("8080:80", [port(80, on: 8080...8080)]),
    ("080:0080", [port(80, on: 80...80)]),
    ("8080-8080:80", [port(80, on: 8080...8080)]),
    ("8080:80/TCP", [port(80, on: 8080...8080)]),
    ("127.0.0.1:8080:80", [port(80, on: 8080...8080, at: "127.0.0.1")]),
    ("127.0.0.1::80", [port(80, at: "127.0.0.1")]),
    ("0.0.0.0:80:80", [port(80, on: 80...80, at: "0.0.0.0")]),
    ("[::1]:8080:80", [port(80, on: 8080...8080, at: "::1")]),
    ("::1:8080:80", [port(80, on: 8080...8080, at: "::1")]),
    ("[::]::80", [port(80, at: "::")]),
    ("[::ffff:10.0.0.1]:1:80", [port(80, on: 1...1, at: "10.0.0.1")]),
    ("[]:80:80", [port(80, on: 80...80)]),
    ("::80", [port(80)]),
    ("80-81", [port(80), port(81)]),
    ("8000-8001:80-81", [port(80, on: 8000...8000), port(81, on: 8001...8001)]),
    ("8000-8002:80", [port(80, on: 8000...8002)]),
    ("65535:65535", [port(65535, on: 65535...65535)]),
    ("published=8080,target=80", [port(80, on: 8080...8080)]),
    ("target=80,protocol=udp,mode=host", [port(80, .udp)]),
  ]

  static let refused: [(text: String, reason: String)] = [
    ("", "no port specified: <empty>"),
    (":", "no port specified: :<empty>"),
    ("8080:", "no port specified: 8080:<empty>"),
    ("/tcp", "no port specified: /tcp<empty>"),
    ("80/foo", "invalid proto: foo"),
    ("a:80", "invalid hostPort: a"),
    ("8080:a", "invalid containerPort: a"),
    ("70000:80", "invalid hostPort: 70000"),
    ("80:70000", "invalid containerPort: 70000"),
    ("8080:0", "invalid containerPort: 0"),
    ("0-5", "invalid containerPort: 0-5"),
    ("82-80:80-82", "invalid hostPort: 82-80"),
    ("80:82-80", "invalid containerPort: 82-80"),
    ("-80:80", "invalid hostPort: -80"),
    ("80-", "invalid containerPort: 80-"),
    ("1-2-3", "invalid containerPort: 1-2-3"),
    ("+80:80", "invalid hostPort: +80"),
    (" 80:80", "invalid hostPort:  80"),
    ("٨٠", "invalid containerPort: ٨٠"),
    ("8080:80,81", "invalid containerPort: 80,81"),
    ("1.2.3.4:80", "invalid hostPort: 1.2.3.4"),
    ("1.2.3:80:80", "invalid IP address: 1.2.3"),
    ("1:2:3:4", "invalid IP address: 1:2"),
    ("localhost:80:80", "invalid IP address: localhost"),
    ("[fe80::1%eth0]:80:80", "invalid IP address: fe80::1%eth0"),
    ("[::1:80:80", "invalid IP address [::1: address [::1:: missing ']' in address"),
    (
      "8000-8001:80-82",
      "invalid ranges specified for container and host Ports: 80-82 and 8000-8001"
    ),
    (
      "published=8080,foo",
      "invalid publish opts format (should be name=value but got 'foo')"
    ),
    ("published=8080,target=80=x", "invalid containerPort: 80=x"),
    ("publish=8080,target=80", "invalid publish option: publish"),
  ]

  @Test(arguments: accepted)
  func portsAreReadAsDockerReadsThem(row: (text: String, ports: [PortRequest])) throws {
    #expect(try PortSyntax.requests(row.text) == row.ports)
  }

  @Test(arguments: refused)
  func whatIsNoPortIsRefusedInDockersWords(row: (text: String, reason: String)) {
    #expect(throws: ConversionError.rejected(reason: row.reason)) {
      try PortSyntax.requests(row.text)
    }
  }

  private static func port(
    _ number: UInt16, _ transport: Transport = .tcp, on hostPorts: ClosedRange<UInt16>? = nil,
    at host: String? = nil
  ) -> PortRequest {
    PortRequest(
      host: host.flatMap { IPAddress($0) }, hostPorts: hostPorts, transport: transport,
      containerPort: number)
  }
}

import Glibc
import KernelTestSupport

/// Runs `body` with the path of a local socket, behind which Python answers each connection by
/// `script`, with `request()`, `reply(bytes)`, and `wait()` until the client closes. With another
/// name than a path, beginning with `@`, the socket has no file.
@discardableResult
package func withServer<Result>(
  _ script: String, at address: String? = nil, queue: Int = 8, of user: UInt32? = nil,
  _ body: (String) throws -> Result
) throws -> Result {
  try withTemporaryFolder { folder in
    let path = address ?? folder + "/socket"
    // Without a script, no connection is accepted.
    let server = try ChildProcess([
      "python3", "-c", program, path, "\(queue)", script, user.map { "\($0)" } ?? "",
    ])
    guard server.readLine() == "ready" else { throw ServerError.refused }
    return try body(path)
  }
}

private enum ServerError: Error {
  case refused
}

private let program = #"""
  import json, os, socket, struct, sys, time, threading
  server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
  path = sys.argv[1]
  server.bind("\0" + path[1:] if path.startswith("@") else path)
  if sys.argv[4]: os.setuid(int(sys.argv[4]))
  server.listen(int(sys.argv[2]))
  print("ready", flush=True)
  threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
  while True:
      if not sys.argv[3]:
          time.sleep(1000)
      connection = server.accept()[0]
      def request():
          data = b""
          while b"\r\n\r\n" not in data: data += connection.recv(4096)
          head, body = data.split(b"\r\n\r\n", 1)
          for line in head.lower().split(b"\r\n"):
              if line.startswith(b"content-length:"):
                  while len(body) < int(line.split(b":")[1]): body += connection.recv(4096)
          return head + b"\r\n\r\n" + body
      reply = connection.sendall
      def wait():
          while connection.recv(4096): pass
      try:
          exec(sys.argv[3])
      except OSError:
          pass
      connection.close()
  """#

import Addressing
import NetworkModel

/// Requests as short as tests want them: `[HOST ][FIRST[-LAST]:]PORT[/PROTOCOL]`.
func requests(_ texts: [String]) -> [PortRequest] {
  texts.map { text in
    let words = text.split(separator: " ")
    let parts = words[words.count - 1].split(separator: ":")
    let target = parts[parts.count - 1].split(separator: "/")
    let ends = parts.count == 2 ? parts[0].split(separator: "-").map { UInt16($0)! } : []
    return PortRequest(
      host: words.count == 2 ? IPAddress(String(words[0]))! : nil,
      hostPorts: ends.isEmpty ? nil : ends[0]...ends[ends.count - 1],
      transport: target.count == 2 ? Transport(name: target[1])! : .tcp,
      containerPort: UInt16(target[0])!)
  }
}

func requests(_ texts: String...) -> [PortRequest] { requests(texts) }

import PacketTrace

/// The trace for people.
extension TraceReport {
  private static let placeWidth = 14
  private static let textWidth = 42

  /// Everything that is printed, line by line.
  package func lines(showingAll: Bool, hasUnicode: Bool) -> [String] {
    var lines = hops(showingAll: showingAll).map { line($0, hasUnicode: hasUnicode) }
    lines += ["", "\(message) (\(facts))"]
    if let first = remedy.first {
      let start =
        conclusion.status == .stopped || conclusion.status == .refused
        ? "To let it pass: " : "Perhaps: "
      let indent = String(repeating: " ", count: start.count)
      lines += [start + first] + remedy.dropFirst().map { indent + $0 }
    }
    if conclusion.exitStatus != 0 { lines.append("exit status \(conclusion.exitStatus)") }
    return lines
  }

  private func line(_ hop: TraceHop, hasUnicode: Bool) -> String {
    let mark =
      switch hop.mark {
      case .none: " "
      case .stopped: hasUnicode ? "✗" : "x"
      case .unknown: "?"
      }
    let start = padded(hop.place, Self.placeWidth) + mark + " "
    return hop.detail.isEmpty
      ? start + hop.text : start + padded(hop.text, Self.textWidth) + " " + hop.detail
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - TerminalWidth.of(text)))
  }

  private var facts: String {
    let count = observation.packets
    let packets = count == 1 ? "1 packet" : "\(count) packets"
    return "\(conclusion.certainty.rawValue), \(packets), \(secondsText)"
  }
}

import NetworkModel
import Testing

@testable import Presentation

struct TimeLayoutTests {
  /// The live engine printed these for one of its networks.
  @Test(
    arguments: [
      ("2006-01-02T15:04:05.999999999Z07:00", "2026-11-21T03:42:27.886594769Z"),
      ("Mon Jan _2 15:04:05 2006", "Sat Nov 21 03:42:27 2026"),
      ("Mon Jan _2 15:04:05 MST 2006", "Sat Nov 21 03:42:27 UTC 2026"),
      ("Mon Jan 02 15:04:05 -0700 2006", "Sat Nov 21 03:42:27 +0000 2026"),
      ("02 Jan 06 15:04 MST", "21 Nov 26 03:42 UTC"),
      ("Monday, 02-Jan-06 15:04:05 MST", "Saturday, 21-Nov-26 03:42:27 UTC"),
      ("3:04PM", "3:42AM"),
      ("3:04pm", "3:42am"),
      ("Jan _2 15:04:05.000", "Nov 21 03:42:27.886"),
      ("Jan _2 15:04:05.000000000", "Nov 21 03:42:27.886594769"),
      ("15:04:05,000", "03:42:27,886"),
      ("15:04:05,999999", "03:42:27,886594"),
      ("15:04:05.000000000000", "03:42:27.886594769"),
      ("15:04:05.99x", "03:42:27.88x"),
      (".0005", ".0027"),
      (".9990", ".9990"),
      ("January Jane Janet Monday Monster Mons", "November Jane Janet Saturday Monster Mons"),
      ("_2006 __2 002 _2 2 02 1 01", "_2026 325 325 21 21 21 11 11"),
      ("Z070000 Z07:00:00 Z0700 Z07:00 Z07", "Z Z Z Z Z"),
      ("-070000 -07:00:00 -0700 -07:00 -07", "+000000 +00:00:00 +0000 +00:00 +00"),
      ("2006 06 6", "2026 26 6"),
      ("15 3 03 4 04 5 05", "03 3 03 42 42 27 27"),
      ("PM pm Pm pM AM", "AM am Pm pM AM"),
      ("", ""),
      ("20060102150405", "20261121034227"),
      ("é Jan 日", "é Nov 日"),
      ("MSTMST", "UTCUTC"),
      ("%d {} 07", "%d {} 07"),
      ("Z Z0 -", "Z Z0 -"),
      ("2006-01-02", "2026-11-21"),
      ("1/2/06", "11/21/26"),
      ("5 5.00 05.00 05.9 :05.000", "27 27.88 27.88 27.8 :27.886"),
      ("12345 0123456", "112134227 1121342276"),
      ("ZZ07:00", "ZZ"),
      ("_1 __ ___2", "_11 __ _325"),
      (" ", " "),
      ("JanFeb Monx Mon1", "NovFeb Monx Sat11"),
      ("..000 .,000 ,.9", "..886 .,886 ,.8"),
    ])
  func momentIsWrittenAsGoDoes(_ layout: String, text: String) {
    let moment = Timestamp(nanoseconds: 1795232547886594769)

    #expect(TimeLayout.text(moment, layout: layout) == text)
  }

  @Test(
    arguments: [
      ("3PM", 0, "12AM"), ("03pm", 43_200, "12pm"), ("3:4:5", 86_399, "11:59:59"),
      ("15 3 03", 46_800, "13 1 01"), ("_2 __2 002", 0, " 1   1 001"), (".000", 0, ".000"),
      (".999", 0, ""), ("Mon Monday", 0, "Thu Thursday"),
    ])
  func timeOfDayIsWritten(_ layout: String, second: Int64, text: String) {
    let moment = Timestamp(nanoseconds: second * 1_000_000_000)

    #expect(TimeLayout.text(moment, layout: layout) == text)
  }
}

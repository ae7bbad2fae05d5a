import NetworkModel
import Testing

@testable import Presentation

struct TimeTextTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z", "1970-01-01 00:00:00 +0000 UTC"),
      (
        1_795_232_547_886_594_769, "2026-11-21T03:42:27.886594769Z",
        "2026-11-21 03:42:27.886594769 +0000 UTC"
      ),
      (
        1_795_232_547_885_970_600, "2026-11-21T03:42:27.8859706Z",
        "2026-11-21 03:42:27.8859706 +0000 UTC"
      ),
      (1, "1970-01-01T00:00:00.000000001Z", "1970-01-01 00:00:00.000000001 +0000 UTC"),
      (-1, "1969-12-31T23:59:59.999999999Z", "1969-12-31 23:59:59.999999999 +0000 UTC"),
      (
        951_782_400_000_000_000, "2000-02-29T00:00:00Z", "2000-02-29 00:00:00 +0000 UTC"
      ),
      (
        Int64.max, "2262-04-11T23:47:16.854775807Z", "2262-04-11 23:47:16.854775807 +0000 UTC"
      ),
      (
        Int64.min, "1677-09-21T00:12:43.145224192Z", "1677-09-21 00:12:43.145224192 +0000 UTC"
      ),
    ])
  func momentIsWrittenAsGoDoes(_ nanoseconds: Int64, rfc3339: String, goString: String) {
    let moment = Timestamp(nanoseconds: nanoseconds)

    #expect(TimeText.rfc3339(moment) == rfc3339)
    #expect(TimeText.goString(moment) == goString)
  }
}

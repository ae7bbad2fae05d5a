import GoTemplate
import Testing

/// Rows recorded from `docker version --format`.
struct ComparisonTests {
  @Test("Values compare as in Go", arguments: rows)
  func valuesCompareAsInGo(_ row: Row) {
    row.check()
  }

  static let rows = [
    Row(
      "strings",
      #"{{eq "a" "a"}} {{ne "a" "b"}} {{lt "a" "b"}} {{ge "b" "a"}}"#,
      gives: "true true true true"),
    Row(
      "integers",
      "{{eq 1 1}} {{lt 1 2}} {{le 2 2}} {{gt 1 2}} {{ge 1 2}}",
      gives: "true true true false false"),
    Row(
      "floats",
      "{{eq 1.5 1.5}} {{gt 1.5 1.2}}",
      gives: "true true"),
    Row(
      "truth values",
      "{{eq true true}} {{ne true false}}",
      gives: "true true"),
    Row(
      "any of several",
      "{{eq 1 2 3 1}} {{eq 1 2 3}}",
      gives: "true false"),
    Row(
      "byte with an integer",
      #"{{eq (index "a" 0) 97}} {{lt 96 (index "a" 0)}} {{lt (index "a" 0) -1}}"#,
      gives: "true true false"),
    Row(
      "nil with nil",
      "{{eq nil nil}} {{eq 1 nil}} {{eq nil 1}}",
      gives: "true false false"),
    Row(
      "list with nil",
      #"{{eq (split "a" ",") nil}}"#,
      gives: "false"),
    Row(
      "integer with float",
      "{{eq 1 1.0}}",
      fails:
        #":1:2: executing "" at <eq 1 1.0>: error calling eq: incompatible types for comparison: int and float64"#
    ),
    Row(
      "integer with string",
      #"{{lt 1 "x"}}"#,
      fails:
        #":1:2: executing "" at <lt 1 "x">: error calling lt: incompatible types for comparison: int and string"#
    ),
    Row(
      "later argument of another type",
      #"{{eq 1 2 "x"}}"#,
      fails:
        #":1:2: executing "" at <eq 1 2 "x">: error calling eq: incompatible types for comparison: int and string"#
    ),
    Row(
      "earlier match wins",
      #"{{eq 1 1 "x"}}"#,
      gives: "true"),
    Row(
      "integer with list",
      #"{{eq 1 (split "a" ",")}}"#,
      fails:
        #":1:2: executing "" at <eq 1 (split "a" ",")>: error calling eq: incompatible types for comparison: int and []string"#
    ),
    Row(
      "list with integer",
      #"{{eq (split "a" ",") 1}}"#,
      fails:
        #":1:2: executing "" at <eq (split "a" ",") 1>: error calling eq: incompatible types for comparison: []string and int"#
    ),
    Row(
      "list with list",
      #"{{eq (split "a" ",") (split "a" ",")}}"#,
      fails:
        #":1:2: executing "" at <eq (split "a" ",") (split "a" ",")>: error calling eq: non-comparable type [a]: []string"#
    ),
    Row(
      "order of truth values",
      "{{lt true false}}",
      fails:
        #":1:2: executing "" at <lt true false>: error calling lt: invalid type for comparison"#),
    Row(
      "order of nil",
      "{{lt nil 1}}",
      fails: #":1:2: executing "" at <lt nil 1>: error calling lt: invalid type for comparison"#),
    Row(
      "order of lists",
      #"{{lt (split "a" ",") 1}}"#,
      fails:
        #":1:2: executing "" at <lt (split "a" ",") 1>: error calling lt: invalid type for comparison"#
    ),
    Row(
      "one argument",
      "{{eq 1}}",
      fails: #":1:2: executing "" at <eq 1>: error calling eq: missing argument for comparison"#),
    Row(
      "no argument",
      "{{eq}}",
      fails: #":1:2: executing "" at <eq>: wrong number of args for eq: want at least 1 got 0"#),
    Row(
      "ne with one argument",
      "{{ne 1}}",
      fails: #":1:2: executing "" at <ne>: wrong number of args for ne: want 2 got 1"#),
    Row(
      "ne with three arguments",
      "{{ne 1 2 3}}",
      fails: #":1:2: executing "" at <ne>: wrong number of args for ne: want 2 got 3"#),
  ]
}

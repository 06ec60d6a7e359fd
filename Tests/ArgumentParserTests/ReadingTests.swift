import ArgumentParser
import Testing

/// What command lines mean.
@Suite struct ReadingTests {
  @Test func everyKindOfArgument() throws {
    let words = "copy x --to=d y --at-once 9 --only p --only q --speed fast --size 3,4 z"
    let copy = try #require(outcome(words).command as? Copy)
    #expect(copy.files == ["x", "y", "z"] && copy.to == "d" && copy.shared.atOnce == 9)
    #expect(copy.shared.only == ["p", "q"] && copy.speed == .fast && copy.size == [3, 4])
    #expect(!copy.dryRun)
  }

  @Test func defaultsStayWhereNothingIsGiven() throws {
    let copy = try #require(outcome("copy x --to d").command as? Copy)
    #expect(copy.shared.atOnce == 4 && copy.shared.only == ["a", "b"] && copy.speed == .slow)
    #expect(copy.size == nil && !copy.dryRun)
  }

  @Test func theLastOfSeveralCounts() throws {
    let copy = try #require(outcome("copy x --to d --to e --dry-run --dry-run").command as? Copy)
    #expect(copy.to == "e" && copy.dryRun)
  }

  @Test func afterTwoDashesAllAreValues() throws {
    let copy = try #require(outcome("copy --to d -- --to -h --").command as? Copy)
    #expect(copy.files == ["--to", "-h", "--"] && copy.to == "d")
    #expect(outcome("copy x --to -- d").text.hasPrefix("Error: Missing value for '--to <dir>'"))
  }

  @Test func placesAreFilledInOrder() throws {
    let clear = try #require(outcome("folder clear one 2").command as? Folder.Clear)
    #expect(clear.name == "one" && clear.times == 2)
  }

  @Test func settingAPropertyLeavesCopiesAsTheyAre() throws {
    let first = try #require(outcome("copy x --to d").command as? Copy)
    var second = first
    second.to = "other"
    second.dryRun = true
    second.shared.atOnce = 1
    #expect(first.to == "d" && !first.dryRun && first.shared.atOnce == 4)
    #expect(second.to == "other" && second.dryRun && second.shared.atOnce == 1)
  }

  @Test(
    arguments: [
      ("copy", "Missing expected argument '<file> ...'"),
      ("copy x", "Missing expected argument '--to <dir>'"),
      ("copy x --to", "Missing value for '--to <dir>'"),
      ("copy x --to=", "Missing value for '--to <dir>'"),
      ("copy x --to --dry-run", "Missing value for '--to <dir>'"),
      ("copy x --to d --at-once -1", "Missing value for '--at-once <number>'"),
      ("copy x --to d --at-once=-1", "--at-once must be at least 1."),
      ("copy x --to d --at-once many", "The value 'many' is invalid for '--at-once <number>'"),
      (
        "copy x --to d --speed mid",
        "The value 'mid' is invalid for '--speed <speed>'. "
          + "Please provide one of 'slow' and 'fast'."
      ),
      (
        "copy x --to d --size 3",
        "The value '3' is invalid for '--size <width,height>': '3' is not a size."
      ),
      (
        "copy x --to d --dry-run=1",
        "The option '--dry-run' does not take any value, but '1' was specified."
      ),
      ("copy x --to d --dry-run --size 1,2", "--dry-run has no size."),
      ("copy x --to d --spede fast", "Unknown option '--spede'. Did you mean '--speed'?"),
      ("copy x --to d --entirely-other", "Unknown option '--entirely-other'"),
      ("copy x --to d -z", "Unknown option '-z'"),
      ("copy x ---to d", "Invalid option: ---to"),
      ("folder clear a 1 b", "Unexpected argument 'b'"),
      ("folder clear a 1 b c", "2 unexpected arguments: 'b', 'c'"),
      ("folder wipe", "Unexpected argument 'wipe'"),
      ("wipe", "Unexpected argument 'wipe'"),
    ])
  func aWrongLineIsNamed(_ words: String, _ complaint: String) {
    let (command, code, text) = outcome(words)
    #expect(command == nil && code == 64)
    #expect(text.split(separator: "\n").first == "Error: \(complaint)")
    #expect(text.contains("\nUsage: root") && text.hasSuffix("--help' for more information."))
  }

  @Test func aComplaintSaysWhatTheArgumentIs() {
    #expect(
      outcome("copy x --to").text == """
        Error: Missing value for '--to <dir>'
        Help:  --to <dir>  Where to.
        Usage: root copy <file> ... --to <dir> [--at-once <number>] [--only <only> ...] \
        [--speed <speed>] [--size <width,height>] [--dry-run]
          See 'root copy --help' for more information.
        """)
  }

  @Test func errorsOfTheRunHaveTheirOwnCodes() {
    #expect(Root.exitCode(for: ExitCode(7)).rawValue == 7)
    #expect(Root.fullMessage(for: ExitCode(7)).isEmpty)
    #expect(Root.exitCode(for: ValidationError("no")) == .validationFailure)
    #expect(Root.fullMessage(for: ValidationError("no")).hasPrefix("Error: no\nUsage: root <sub"))
    struct Broken: Error {}
    #expect(Root.exitCode(for: Broken()) == .failure)
    #expect(Root.fullMessage(for: Broken()) == "Error: Broken()")
  }
}

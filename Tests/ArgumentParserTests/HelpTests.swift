import Testing

@testable import ArgumentParser

/// What help, version and completion show.
@Suite struct HelpTests {
  @Test(
    arguments: [
      "--help", "-h", "help", "--help wipe", "help wipe", "--wipe --help", "--help-hidden",
      "help --help", "help --help-hidden",
    ])
  func helpOfTheRoot(_ words: String) {
    let (_, code, text) = outcome(words)
    #expect(code == 0)
    #expect(
      text == """
        OVERVIEW: Keeps things.

        USAGE: root <subcommand>

        OPTIONS:
          --version               Show the version.
          -h, --help              Show help information.

        SUBCOMMANDS:
          copy                    Copies files.
          folder                  Works on folders.

          See 'root help <subcommand>' for detailed help.
        """)
  }

  @Test(
    arguments: [
      "copy --help", "help copy", "copy x --help", "copy -h --at-once 0", "copy -xh",
      "copy --help-hidden", "help copy --help", "help copy help",
    ])
  func helpOfACommand(_ words: String) {
    let (_, code, text) = outcome(words)
    #expect(code == 0)
    #expect(
      text == """
        OVERVIEW: Copies files.

        One after the other.

        USAGE: root copy <file> ... --to <dir> [--at-once <number>] [--only <only> ...] \
        [--speed <speed>] [--size <width,height>] [--dry-run]

        ARGUMENTS:
          <file>                  The files.

        OPTIONS:
          --to <dir>              Where to.
          --at-once <number>      How many at once. (default: 4)
          --only <only>           Only these. (default: a, b)
          --speed <speed>         How fast. (values: slow, fast; default: slow)
          --size <width,height>   How large.
          --dry-run               Do nothing.
          --version               Show the version.
          -h, --help              Show help information.

        """)
  }

  @Test(arguments: ["help help", "help help copy", "help help --help"])
  func helpOfHelp(_ words: String) {
    let (_, code, text) = outcome(words)
    #expect(code == 0)
    #expect(
      text == """
        OVERVIEW: Show subcommand help information.

        USAGE: root help [<subcommands> ...]

        ARGUMENTS:
          <subcommands>

        """)
  }

  @Test func helpHasNoOptions() {
    let (_, code, text) = outcome("help --bogus")
    #expect(code == 64 && text.hasPrefix("Error: Unknown option '--bogus'\nUsage: root help ["))
    // A command of its own that takes it for a value.
    #expect(outcome("copy help --to d").command is Copy)
  }

  @Test func aFolderOfCommandsShowsItsHelp() throws {
    var folder = try Root.parseAsRoot(["folder"])
    let error = try #require(throws: (any Error).self) { try folder.run() }
    #expect(Root.exitCode(for: error) == .success)
    #expect(Root.fullMessage(for: error).contains("See 'root help folder <subcommand>'"))
  }

  @Test func theVersion() {
    #expect(outcome("--version").text == "1.2.3" && outcome("copy --version").code == 0)
    #expect(outcome("copy --version x").text == "1.2.3")
  }

  @Test func longNamesHaveTheirHelpBelow() {
    let text = HelpText(path: [Root.self, Copy.self], width: 60).text
    #expect(text.contains("\n  --size <width,height>   How large.\n"))
    #expect(text.contains("(values: slow, fast;\n                          default: slow)\n"))
  }

  @Test(
    arguments: [
      ("a bb ccc", 20, "a bb ccc"), ("a bb ccc", 8, "a bb ccc"), ("a bb ccc", 7, "a bb\nccc"),
      ("a bb ccc\nd", 8, "a bb\nccc\nd"), ("aaaaaaaaaa b", 4, "aaaaaaaaaa\nb"), ("", 4, ""),
      ("a\n\nb", 9, "a\n\nb"), ("  a bb ccc", 7, "  a bb\nccc"), ("ñ ñ ñ", 3, "ñ\nñ ñ"),
    ])
  func linesBreakAtSpaces(_ text: String, _ width: Int, _ wrapped: String) {
    #expect(text.wrapped(to: width) == wrapped)
  }

  @Test(arguments: [("", "", 0), ("a", "", 1), ("port", "prt", 1), ("bogus", "log", 3)])
  func wordsHaveADistance(_ first: String, _ second: String, _ distance: Int) {
    #expect(EditDistance.between(first, second) == distance)
    #expect(EditDistance.between(second, first) == distance)
  }

  @Test(
    arguments: [
      (["---complete", ""], "copy\tCopies files.\nfolder\tWorks on folders."),
      (["---complete", "folder", ""], "clear\t"),
      (["---complete", "copy", "x", "--speed", ""], "slow\nfast"),
      (["---complete", "copy", ""], ""),
      (["---complete"], "copy\tCopies files.\nfolder\tWorks on folders."),
    ])
  func aShellIsToldWhatMayCome(_ words: [String], _ answer: String) throws {
    #expect(try Completion(root: Root.self).answer(to: words) == answer)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func everyShellHasAScript(_ shell: String) throws {
    for words in [
      ["--generate-completion-script", shell], ["--generate-completion-script=\(shell)"],
    ] {
      let script = try #require(try Completion(root: Root.self).answer(to: words))
      #expect(script.contains("root ---complete"))
    }
    #expect(outcome("--generate-completion-script csh").code == 64)
  }
}

import Foundation

/// Words that are not to be written, each with what to write instead.
struct ForbiddenWord: Sendable {
  /// Where a word counts.
  enum Scope: Sendable {
    /// In code only; comments and messages may speak of it.
    case code
    /// Anywhere, comments, messages and file names included.
    case text
  }

  var word: String
  var scope = Scope.code
  /// Whether the word counts within a longer name too.
  var withinNames = false
  /// The folders where it is forbidden.
  var folders = SourceTree.sourceFolders
  /// Folders in those where it is not, each with the reason.
  var except: [String: String] = [:]
  var instead: String

  private static let measures = [
    "Tests/SaldoBench": "times are measured, and no amount comes near them"
  ]
  private static let programs = [
    "Services/Saldo/Commands": "the command line's output is its interface",
    "Tests/SaldoBench": "prints the table that it is run for",
    "Tests/Support": "programs that the tests run answer on standard output",
  ]
  private static let thisTable = ["Tests/TidyTests": "the table of words itself"]
  private static let pauses = [
    "Tests/SaldoTests/Chaos": "the pauses between deeds are the plan; nothing waits for them",
    "Tests/SimulationTests/Loops": "the pauses between deeds are no wait for anything either",
    "Tests/SaldoBench": "a measure looks again and again, and asserts nothing",
    "Tests/Support/Brokers": "a broker that starts says nothing: its port is asked again and again",
  ]
  private static let exact =
    "quantities and amounts are exact: use Quantity, Money or ExactDecimal (times: Duration)"

  static let all =
    ["Double", "Float", "Float16", "Float32", "Float64", "CGFloat", "TimeInterval"].map {
      ForbiddenWord(
        word: $0, folders: ["Services", "Shared"], except: measures, instead: exact)
    } + [
      ForbiddenWord(word: "try!", instead: "throw, or handle the error"),
      ForbiddenWord(word: "as!", instead: "use `as?` and say what happens otherwise"),
      ForbiddenWord(
        word: "fatalError(",
        instead: "throw an error: a caller or a file must not end the process"),
      ForbiddenWord(
        word: "print(", except: programs, instead: "log it, or return it to the command that prints"
      ),
      ForbiddenWord(word: "DateFormatter", instead: "use CalendarDate or Instant"),
      ForbiddenWord(
        word: "ISO8601DateFormatter", instead: "use CalendarDate or Instant (75 µs a parse)"),
      ForbiddenWord(word: "NSRegularExpression", instead: "parse the bytes, or use Regex"),
      ForbiddenWord(
        word: "DispatchQueue",
        except: ["Shared/EventLogEmbedded": "a file's work waits for a disk, and in its order"],
        instead: "use a task, or a Thread for blocking calls"),
      ForbiddenWord(word: "sleep(", folders: ["Tests"], except: pauses, instead: waiting),
      ForbiddenWord(word: "usleep(", folders: ["Tests"], instead: waiting),
      ForbiddenWord(word: "nanosleep(", folders: ["Tests"], instead: waiting),
      ForbiddenWord(
        word: "Utils", scope: .text, withinNames: true, except: thisTable,
        instead: "name the file or type for what it holds"),
      ForbiddenWord(
        word: "TODO", scope: .text, except: thisTable, instead: "do it, or open an issue"),
      ForbiddenWord(
        word: "FIXME", scope: .text, except: thisTable, instead: "mend it, or open an issue"),
    ]
    + ["RULES", "EVENTS"].map {
      ForbiddenWord(
        word: $0, scope: .text, except: thisTable,
        instead: "cite the anchor of the page, as in Rules.md#R5.2")
    }
    + ["/work/", "/tmp/"].map {
      ForbiddenWord(
        word: $0, scope: .text, folders: [""], except: thisTable,
        instead: "take the path from the caller, or FileManager's temporaryDirectory")
    } + foreign + plain

  private static let waiting = "wait for the event itself: a test must not depend on time"

  /// What is no English, or a private word where the field has one: in everything that is written.
  private static let foreign = [
    ("for ever", "forever"), ("hangs on", "depends on"), ("hang on", "depend on"),
    ("how-manieth", "the ordinal"),
  ].map { word, instead in
    ForbiddenWord(
      word: word, scope: .text, folders: [""], except: thisTable, instead: "write `\(instead)`")
  }

  /// The same, where people read who do not know us: pages, help and messages of the commands.
  private static let plain = [
    ("whoever", "anyone who"), ("Whoever", "Anyone who"), ("moods", "how much it varies"),
    ("not there yet", "not implemented yet, or missing"), ("in its stead", "instead of it"),
    ("Not there yet", "Not implemented yet"), ("tenure", "ownership of a partition"),
    ("answers with", "returns"),
  ].map { word, instead in
    ForbiddenWord(
      word: word, scope: .text,
      folders: [
        "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "Documentation",
        "Services/Saldo/Commands",
      ],
      except: [
        "Documentation/Decisions": "records, as they were written",
        "Documentation/Glossary.md": "explains the words that code has",
      ], instead: "write `\(instead)`")
  }

  /// Where the words are written.
  static func findings(in files: [SourceFile]) -> [Finding] {
    files.flatMap { file in all.flatMap { $0.findings(in: file) } }
  }

  private func findings(in file: SourceFile) -> [Finding] {
    guard folders.contains(where: { $0.isEmpty || $0 == file.path || file.isIn($0) }),
      !except.keys.contains(where: { $0 == file.path || file.isIn($0) })
    else { return [] }
    let lines = scope == .code ? file.code : file.lines
    var findings = lines.enumerated().filter { occurs(in: $1) }.map { index, _ in
      Finding(file, line: index + 1, "`\(word)` is forbidden: \(instead)")
    }
    if scope == .text, occurs(in: file.name) {
      findings.append(Finding(file, line: 1, "`\(word)` in a file's name: \(instead)"))
    }
    return findings
  }

  private func occurs(in line: String) -> Bool {
    // strstr first: it is fast, and nearly every line ends here.
    guard strstr(line, word) != nil, let range = line.firstRange(of: word) else { return false }
    let text = line.utf8
    if withinNames { return true }
    // A longer name that ends or begins with the word is another word; try the rest of the line.
    let before =
      range.lowerBound == text.startIndex ? nil : text[text.index(before: range.lowerBound)]
    let after = range.upperBound == text.endIndex ? nil : text[range.upperBound]
    let last = word.utf8.last.map(isOfName) ?? false
    if let before, isOfName(before) || isPartOfPath(before) {
      return occurs(in: String(line[range.upperBound...]))
    }
    if last, let after, isOfName(after) { return occurs(in: String(line[range.upperBound...])) }
    return true
  }

  private func isOfName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Whether a path goes on to the left, so that it does not begin with the word.
  private func isPartOfPath(_ byte: UInt8) -> Bool {
    word.hasPrefix("/") && [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "}")].contains(byte)
  }
}

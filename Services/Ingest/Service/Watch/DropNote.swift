import IngestFiles

/// What became of a dropped file, as text to stand beside it.
struct DropNote {
  /// What the note's name ends in, behind the file's.
  static let ending = ".saldo.txt"

  /// Whether nothing of the file could be read.
  let isRefused: Bool
  /// Events that are well formed, and those that are not.
  let accepted: Int
  let rejected: Int
  let text: String

  /// The note of a file that was loaded; one in which nothing can be read is refused.
  init(_ file: DroppedFile, _ loaded: FileLoader.Loaded) {
    let counts = loaded.counts
    (accepted, rejected) = (counts.accepted, counts.rejected)
    isRefused = !loaded.isReadable
    var lines = [
      "\(file.name), \(file.size) bytes: \(isRefused ? "refused" : "taken")",
      "events: \(counts.accepted) accepted, \(counts.rejected) rejected",
    ]
    if counts.total == 0 { lines.append("the file holds nothing") }
    lines += counts.errors.map { "  \($0)" }
    if counts.rejected > counts.errors.count {
      lines.append("  and \(counts.rejected - counts.errors.count) more: see pendientes.csv")
    }
    lines += loaded.summary.notes.filter { !$0.code.isRejection }.map { "left out: \($0)" }
    text = lines.joined(separator: "\n") + "\n"
  }

  /// The note of a file that cannot be loaded.
  init(_ file: DroppedFile, _ error: InputFileError) {
    (isRefused, accepted, rejected) = (true, 0, 0)
    text = """
      \(file.name), \(file.size) bytes: refused
      \(error)

      """
  }
}

extension EventFault: CustomStringConvertible {
  /// `line LINE: CODE FIELD: VALUE (expected WHAT) (id ID)`; `event INDEX` where it is of no line.
  public var description: String {
    let member = file.flatMap { $0.split(separator: "/", maxSplits: 1).dropFirst().first }
    let place = line.map { "line \($0)" } ?? "event \(index)"
    let field = field.isEmpty ? "" : " \(field)"
    let value = value.isEmpty ? "" : ": \(value)"
    let expected = expected.map { " (expected \($0))" } ?? ""
    return (member.map { "\($0), " } ?? "") + "\(place): \(code)\(field)\(value)\(expected)"
      + (id.isEmpty ? "" : " (id \(id))")
  }
}

/// Something that a file held and that was not taken, or was taken in another way than it stands.
public struct FileNote: Sendable, Equatable, Codable {
  /// What it is.
  public enum Code: String, Sendable, Codable, CaseIterable {
    /// A file of no bytes, or with nothing but blanks.
    case empty = "file.empty"
    /// The text ends within what it says.
    case cut = "file.cut"
    /// A row that names no pedimento.
    case rowUnnamed = "file.rowUnnamed"
    /// A row of a pedimento or partida that the extract does not hold.
    case rowStray = "file.rowStray"
    /// A row that is cut, or has more cells than its header.
    case rowColumns = "file.rowColumns"
    /// A row about what another row says otherwise, which counts.
    case rowReplaced = "file.rowReplaced"
    /// A row that differs from another only in columns that are not used: one of them counts.
    case rowAlike = "file.rowAlike"
    /// A bill whose rows contradict each other, or of which a row cannot be read: it is not taken.
    case billRefused = "file.billRefused"
    /// A row that stands word for word elsewhere in the file: it counts once.
    case rowRepeated = "file.rowRepeated"
    /// A member of a ZIP that is none of a Data Stage.
    case memberUnknown = "file.memberUnknown"
    /// A member of a Data Stage that has nothing which is used.
    case memberUnused = "file.memberUnused"
    /// A member of no bytes: as if it were not there.
    case memberEmpty = "file.memberEmpty"
    /// A column that is not used.
    case columnUnknown = "file.columnUnknown"
    /// A spreadsheet that ends behind its header.
    case noRows = "file.noRows"
    /// An extract that does not say when it was executed.
    case undated = "file.undated"

    /// Whether something may be missing in the books: it is a rejection then, and not a notice.
    public var isRejection: Bool {
      switch self {
      case .empty, .cut, .rowUnnamed, .rowStray, .rowColumns, .rowReplaced, .rowAlike,
        .billRefused:
        true
      case .rowRepeated, .memberUnknown, .memberUnused, .memberEmpty, .columnUnknown, .noRows,
        .undated:
        false
      }
    }
  }

  /// What it is.
  public var code: Code
  /// The member of a ZIP; empty for the file itself.
  public var member: String
  /// The line, from 1; 0 where it is none.
  public var line: Int64
  /// How often: further ones are on other lines.
  public var count: Int
  /// What it is, for people.
  public var detail: String
  /// The pedimento, as far as it can be read; else empty.
  public var pedimento: String

  /// A note of its parts.
  public init(
    _ code: Code, member: String = "", line: Int64 = 0, count: Int = 1, detail: String,
    pedimento: String = ""
  ) {
    self.code = code
    self.member = member
    self.line = line
    self.count = count
    self.detail = detail
    self.pedimento = pedimento
  }
}

extension FileNote: CustomStringConvertible {
  /// `member, line n: detail (times)`, as far as there are such.
  public var description: String {
    var place: [String] = []
    if !member.isEmpty { place.append(member) }
    if line > 0 { place.append("line \(line)") }
    let about = pedimento.isEmpty ? "" : " (pedimento \(pedimento))"
    let times = count > 1 ? " (\(count) times)" : ""
    return (place.isEmpty ? "" : place.joined(separator: ", ") + ": ") + detail + about + times
  }
}

/// The notes of a file: each kind once in the summary, and rejections passed one by one.
struct FileNotes {
  /// The first of each kind, with how many there are.
  private(set) var summary: [FileNote] = []
  private var places: [Key: Int] = [:]

  private struct Key: Hashable {
    var code: FileNote.Code
    var member: String
    var detail: String
  }

  /// Of one kind in one member no more are passed by themselves: a file can be nothing but such
  /// rows.
  static let passedAlone = 100

  /// Adds a note, and passes it to the sink where it is a rejection.
  mutating func add(_ note: FileNote, into sink: inout some InboundSink) throws {
    let key = Key(code: note.code, member: note.member, detail: note.detail)
    if let place = places[key] {
      summary[place].count += note.count
    } else {
      places[key] = summary.count
      summary.append(note)
    }
    let count = places[key].map { summary[$0].count } ?? 0
    if note.code.isRejection, count <= Self.passedAlone { try sink.take(note: note) }
  }

  /// Passes how many rejections there are of each kind beyond those that were passed.
  func finish(into sink: inout some InboundSink) throws {
    for note in summary where note.code.isRejection && note.count > Self.passedAlone {
      let rest = note.count - Self.passedAlone
      try sink.take(
        note: FileNote(
          note.code, member: note.member, count: rest, detail: "\(note.detail): \(rest) more"))
    }
  }
}

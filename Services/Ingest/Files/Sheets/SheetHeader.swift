import Ledger
import Messages

/// The header row of a spreadsheet: of which kind it is, and which column is where, whatever their
/// order and the separator.
struct SheetHeader {
  /// Which of the kinds it is.
  let kind: SheetKind
  let separator: UInt8
  /// How many cells a row has at most.
  let width: Int
  /// Where each column of the kind is in a row; nil if the file lacks it.
  private let places: [Int?]
  /// The header row's line.
  let line: Int64
  /// Whether the text ends without a line's end behind the header.
  let isLast: Bool
  /// The names of columns that the kind does not have.
  let unknown: [String]
  /// The names of all columns as they are compared.
  let names: [[UInt8]]

  /// The cell of a column in a row.
  func place(of column: Int) -> Int? { places[column] }

  private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

  /// Reads and consumes the header row.
  ///
  /// - Parameter file: for messages.
  /// - Throws: ``InputFileError``: the first row is the header of no kind, or names a column twice
  ///   or by another name.
  init(
    _ window: inout ByteWindow, of kinds: [SheetKind], file: String, limits: FileLimits
  ) throws {
    try Self.fill(&window, limits)
    let advice = ForeignFormat.advice(window.rest)
    let firstLine = window.withRest { rest in
      let line = UnsafeRawBufferPointer(
        rebasing: rest[..<(Lines.end(in: rest, from: 0)?.text ?? rest.count)])
      return Rejection.cut(FileText.utf8.text(.init(rebasing: line.prefix(300))))
    }
    var separators = Self.separators
    if let separator = try Self.takeSeparator(&window, limits) { separators = [separator] }
    var best: Candidate?
    for separator in separators {
      let record = window.withRest { CSVRecord.first(in: $0, separator: separator, limits) }
      if record.isBroken { continue }
      var cells = CSVCells()
      window.withRest { cells.split(.init(rebasing: $0[..<record.end]), separator: separator) }
      for kind in kinds {
        let candidate = Candidate(kind: kind, separator: separator, record: record, cells)
        if best.map({ candidate.suits(betterThan: $0) }) ?? true { best = candidate }
      }
    }
    guard let found = best, found.isTold || found.known + found.renamed > 1 else {
      throw InputFileError(
        file: file, code: .unknownFormat,
        detail: "neither events (JSON), nor a Data Stage (ZIP), nor a spreadsheet (CSV) with the "
          + "header row of \(Self.titles(kinds)): "
          + (advice ?? "it begins with the line \"\(VisibleText.line(firstLine))\""))
    }
    line = window.line
    try found.check(file: file, line: line)
    kind = found.kind
    separator = found.separator
    width = found.width
    places = found.places
    unknown = found.unknown
    names = found.canonicalNames
    isLast = found.record.next == nil
    window.line += window.withRest { rest in
      Lines.count(in: .init(rebasing: rest[..<found.record.end]))
    }
    window.line += found.record.next == nil ? 0 : 1
    window.consume(found.record.next ?? window.count)
  }

  private static func titles(_ kinds: [SheetKind]) -> String {
    let titles = kinds.map(\.title)
    guard titles.count > 1, let last = titles.last else { return titles.joined() }
    return titles.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Reads until the longest row is in sight.
  private static func fill(_ window: inout ByteWindow, _ limits: FileLimits) throws {
    while !window.atEnd, window.count <= limits.maxRow { try window.more() }
  }

  /// The separator that a first line `sep=;` names, as spreadsheets write it for one another.
  private static func takeSeparator(
    _ window: inout ByteWindow, _ limits: FileLimits
  ) throws -> UInt8? {
    let found = window.withRest { rest -> (UInt8, Int)? in
      guard let end = Lines.end(in: rest, from: 0) else { return nil }
      let line = Array(rest[..<end.text].filter { $0 != UInt8(ascii: "\"") })
      let word = String(decoding: line.prefix(4), as: UTF8.self).lowercased()
      guard line.count > 4, word == "sep=", separators.contains(line[4]) else { return nil }
      // A program that takes the line for a row fills it up with more of them.
      guard line[4...].allSatisfy({ $0 == line[4] }) else { return nil }
      return (line[4], end.next)
    }
    guard let (separator, length) = found else { return nil }
    window.consume(length)
    window.line += 1
    _ = try window.skipWhitespace()
    try fill(&window, limits)
    return separator
  }
}

/// A first row taken for the header of a kind.
private struct Candidate {
  let kind: SheetKind
  let separator: UInt8
  let record: CSVRecord
  /// The names in the row, as they are compared and as they stand.
  private let names: [(canonical: [UInt8], text: String)]
  let places: [Int?]

  init(kind: SheetKind, separator: UInt8, record: CSVRecord, _ cells: CSVCells) {
    self.kind = kind
    self.separator = separator
    self.record = record
    let names = (0..<cells.count).map { index in
      cells.withCell(index) { cell in
        let text = FileText.utf8.text(cell)
        return (canonical: HeaderName.canonical(text), text: text)
      }
    }
    self.names = names
    places = kind.columns.map { column in
      let name = HeaderName.canonical(column.name)
      return names.firstIndex { $0.canonical == name }
    }
    known = places.count { $0 != nil }
    renamed = zip(kind.columns, places).count { column, place in
      place == nil
        && column.otherNames.contains { other in
          let other = HeaderName.canonical(other)
          return names.contains { $0.canonical == other }
        }
    }
  }

  var canonicalNames: [[UInt8]] { names.prefix(width).map(\.canonical) }

  /// How many of the kind's columns there are.
  let known: Int
  /// How many of the others are there under another name.
  let renamed: Int

  /// Whether the row has every column that tells the kind.
  var isTold: Bool { kind.telling.allSatisfy { places[$0] != nil } }

  func suits(betterThan other: Candidate) -> Bool {
    if isTold != other.isTold { return isTold }
    if known + renamed != other.known + other.renamed {
      return known + renamed > other.known + other.renamed
    }
    return known > other.known
  }

  /// Empty names at a row's end are no columns.
  var width: Int { (names.lastIndex { !$0.text.isEmpty } ?? -1) + 1 }

  var unknown: [String] {
    names.prefix(width).indices.filter { !places.contains($0) }.map { index in
      names[index].text.isEmpty ? "(column \(index + 1))" : names[index].text
    }
  }

  /// - Throws: ``InputFileError``.
  func check(file: String, line: Int64) throws {
    func error(_ detail: String, _ code: InputFileError.Code = .columns) -> InputFileError {
      InputFileError(file: file, code: code, detail: "line \(line): \(detail)")
    }
    for column in kind.columns {
      let name = HeaderName.canonical(column.name)
      guard names.count(where: { $0.canonical == name }) < 2 else {
        throw error("the column \(column.name) is there twice: which one counts cannot be told")
      }
    }
    for (place, column) in zip(places, kind.columns) where place == nil || column.isExclusive {
      let others = column.otherNames.map(HeaderName.canonical)
      let other = names.first { others.contains($0.canonical) }
      if let other {
        throw error("the column \(other.text) is called \(column.name) in \(kind.title)")
      }
    }
    if let missing = kind.telling.first(where: { places[$0] == nil }) {
      throw error("\(kind.title) needs the column \(kind.columns[missing].name)", .unknownFormat)
    }
    for (place, column) in zip(places, kind.columns) where place == nil && column.isNeeded {
      throw error("\(kind.title) needs the column \(column.name)")
    }
  }
}

/// The kinds of file that can be loaded.
public enum FileFormat: String, Sendable {
  /// CloudEvents, one a line (NDJSON) or as the elements of one JSON array.
  case events
  /// A Data Stage ZIP: SAT's own extract of a company's pedimentos.
  case dataStage
  /// partes.csv: the part numbers within each partida.
  case partes
  /// A spreadsheet of companies.
  case companies
  /// A spreadsheet of plants.
  case plants
  /// A spreadsheet of parts.
  case parts
  /// A spreadsheet of bills of materials: a row for each component.
  case bills
  /// A spreadsheet of stock movements and counts.
  case movements
}

/// What a loaded file came to.
public struct FileSummary: Sendable, Equatable {
  /// What the file's content says that it is.
  public var format: FileFormat
  /// The events that the sink took.
  public var events: Int
  /// What was left out or counts otherwise than it stands: each kind once.
  public var notes: [FileNote]

  /// A summary of its parts.
  public init(format: FileFormat, events: Int, notes: [FileNote] = []) {
    self.format = format
    self.events = events
    self.notes = notes
  }
}

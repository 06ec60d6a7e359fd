import Ledger

/// The rows of all files of an extract of Data Stage, joined to their pedimentos.
struct DataStageJoin {
  let tables: [DataStageTable]
  /// The row that each pedimento is named by, in the order of their events: of 501, or else of the
  /// first file that speaks of it.
  private(set) var pedimentos: [DataStageRow] = []
  /// The rows of each other file, by pedimento and within it as in the files.
  private(set) var rows: [DataStageFile: [DataStageRow]] = [:]
  /// Of pedimentos with rows that cannot be read, the first of these.
  private(set) var misfits: [Int: DataStageRow] = [:]
  /// When the extract was executed, as its Resumen says; nil if it does not.
  private(set) var executed: Instant?
  /// The latest moment of the extract: it was executed after it.
  private(set) var latest: Instant?
  /// What was left out.
  private(set) var notes: [FileNote] = []

  private var index = PedimentoIndex()
  /// Rows that cannot be read, with the key that they begin with.
  private var unread: [(row: DataStageRow, key: [UInt8])] = []

  init(_ tables: [DataStageTable]) {
    self.tables = tables
    // 501 says which pedimentos there are; then partidas and rectifications may name others; the
    // rest belongs to one of these or to none.
    joinGeneral()
    joinSummary()
    for file in [DataStageFile.partidas, .rectifications] { join(file, mayAdd: true) }
    let rest: [DataStageFile] = [.identifiers, .partidaIdentifiers, .serials, .selections]
    for file in rest { join(file, mayAdd: false) }
    for file in DataStageFile.allCases where file.isOfDetails { joinDetails(file) }
    joinUnread()
    for table in tables where table.text.isCut {
      notes.append(FileNote(.cut, member: table.name, detail: "the text ends within a character"))
    }
  }

  /// A row, split into its cells.
  func record(_ row: DataStageRow) -> DataStageRecord {
    DataStageRecord(tables[row.table], at: row.start)
  }

  /// A note about a row.
  func note(_ code: FileNote.Code, _ row: DataStageRow, _ detail: String) -> FileNote {
    let record = record(row)
    return FileNote(
      code, member: tables[row.table].name, line: row.line, detail: detail,
      pedimento: record.hasKey ? record.label : "")
  }

  private mutating func joinSummary() {
    var hasRows = false
    eachRow(of: .summary) { join, row, record in
      hasRows = true
      guard let moment = record.fits ? record.instant(.fechaEjecucion) : nil else { return }
      join.executed = max(join.executed ?? moment, moment)
    }
    guard hasRows, executed == nil else { return }
    let name = tables.first { $0.file == .summary }?.name ?? ""
    notes.append(
      FileNote(
        .undated, member: name,
        detail: "no Fecha_Ejecucion can be read: the extract counts as of its latest moment"))
  }

  private mutating func joinGeneral() {
    eachKeyedRow(of: .general) { join, row, record, key in
      join.note(record.instant(.fechaRecepcion))
      join.note(record.instant(.fechaPagoReal))
      guard let known = join.index.exact(key, year: record.year) else {
        join.add(row, key, record.year)
        return
      }
      join.replace(known, by: row, record)
    }
  }

  /// Files of one folio may overlap: the later word on a pedimento counts.
  private mutating func replace(_ known: Int, by row: DataStageRow, _ record: DataStageRecord) {
    let other = self.record(pedimentos[known])
    if other.text == record.text {
      notes.append(note(.rowRepeated, row, "rows that are repeated word for word count once"))
      return
    }
    var left = row
    let isEarlier = record.moment.map { $0 < other.moment ?? $0 } ?? false
    if !isEarlier {
      left = pedimentos[known]
      pedimentos[known] = row
      pedimentos[known].pedimento = known
    }
    notes.append(note(.rowReplaced, left, "a later row about the same pedimento counts"))
  }

  private mutating func join(_ file: DataStageFile, mayAdd: Bool) {
    var joined: [DataStageRow] = []
    eachKeyedRow(of: file) { join, row, record, key in
      if file == .selections {
        join.note(record.instant(.fechaSeleccion, hour: .horaSeleccion))
      }
      var row = row
      if let known = join.index.nearest(key, year: record.year) {
        row.pedimento = known
      } else if mayAdd {
        row.pedimento = join.add(row, key, record.year)
      } else {
        join.notes.append(
          join.note(.rowStray, row, "a row of a pedimento that is not in the extract"))
        return
      }
      joined.append(row)
    }
    joined.sort()
    rows[file] = joined
  }

  /// Joins rows that only tell details: what cannot be read or joined is left out, and noted.
  private mutating func joinDetails(_ file: DataStageFile) {
    var joined: [DataStageRow] = []
    eachRow(of: file) { join, row, record in
      guard record.fits else {
        join.notes.append(
          join.note(.memberUnused, row, "rows that cannot be read, of what the books need not know")
        )
        return
      }
      let key = Array(
        DataStageColumn.key.map(record.joinKey).joined(separator: [UInt8(ascii: "|")]))
      guard let known = join.index.nearest(key, year: record.year) else { return }
      var row = row
      row.pedimento = known
      joined.append(row)
    }
    joined.sort()
    rows[file] = joined
  }

  /// Finds the pedimentos of the rows that cannot be read: these do not count from this extract.
  private mutating func joinUnread() {
    for (row, key) in unread {
      var known = index.nearest(key, year: nil)
      // A row of 501 stands for a pedimento, also where no more of it can be read than that.
      if known == nil, tables[row.table].file == .general { known = add(row, key, nil) }
      if let known {
        if misfits[known] == nil { misfits[known] = row }
      } else {
        notes.append(note(.rowColumns, row, cells(of: row)))
      }
    }
  }

  /// How many cells a row has, and how many it should have.
  func cells(of row: DataStageRow) -> String {
    "\(record(row).count) cells in a row of \(tables[row.table].width) columns"
  }

  @discardableResult
  private mutating func add(_ row: DataStageRow, _ key: [UInt8], _ year: Int?) -> Int {
    let added = index.add(key, year: year)
    var row = row
    row.pedimento = added
    pedimentos.append(row)
    return added
  }

  private mutating func note(_ instant: Instant?) {
    guard let instant else { return }
    latest = max(latest ?? instant, instant)
  }

  /// Visits the rows of a file that can be read and name a pedimento, each with its key; keeps the
  /// others that name one.
  private mutating func eachKeyedRow(
    of file: DataStageFile,
    _ visit: (inout DataStageJoin, DataStageRow, DataStageRecord, [UInt8]) -> Void
  ) {
    eachRow(of: file) { join, row, record in
      let key = DataStageColumn.key.map(record.joinKey)
      let joined = Array(key.joined(separator: [UInt8(ascii: "|")]))
      if record.fits {
        if key.allSatisfy({ !$0.isEmpty }) { return visit(&join, row, record, joined) }
        join.notes.append(join.note(.rowUnnamed, row, "a row that names no pedimento"))
      } else if record.hasKey {
        join.unread.append((row, joined))
      } else {
        join.notes.append(join.note(.rowColumns, row, join.cells(of: row)))
      }
    }
  }

  /// Visits the rows of a file that are not blank.
  private mutating func eachRow(
    of file: DataStageFile,
    _ visit: (inout DataStageJoin, DataStageRow, DataStageRecord) -> Void
  ) {
    for (number, table) in tables.enumerated() where table.file == file {
      var (start, line) = (table.body, table.bodyLine)
      while start < table.bytes.count {
        let record = DataStageRecord(table, at: start)
        let row = DataStageRow(pedimento: -1, table: number, start: start, line: line)
        (start, line) = (record.next, line + 1)
        if !record.isBlank { visit(&self, row, record) }
      }
    }
  }
}

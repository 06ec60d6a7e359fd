import Ledger

/// The rows of all files of a Data Stage, joined to their pedimentos.
struct DataStageJoin {
  let tables: [DataStageTable]
  /// The row that each pedimento is named by, in the order of their events: of 501, or else of the
  /// first file that speaks of it.
  private(set) var pedimentos: [DataStageRow] = []
  /// The rows of each other file, by pedimento and within it as in the files.
  private(set) var rows: [DataStageFile: [DataStageRow]] = [:]
  /// The latest moment of the extract: a later extract has a later one.
  private(set) var latest: Instant?
  /// What was left out.
  private(set) var notes: [String] = []

  private var index = PedimentoIndex()

  init(_ tables: [DataStageTable]) {
    self.tables = tables
    // 501 says which pedimentos there are; then partidas and rectifications may name others; the
    // rest belongs to one of these or to none.
    joinGeneral()
    for file in [DataStageFile.partidas, .rectifications] { join(file, mayAdd: true) }
    let rest: [DataStageFile] = [.identifiers, .partidaIdentifiers, .serials, .selections]
    for file in rest { join(file, mayAdd: false) }
  }

  /// A row, split into its cells.
  func record(_ row: DataStageRow) -> DataStageRecord {
    DataStageRecord(tables[row.table], at: row.start)
  }

  private mutating func joinGeneral() {
    var repeated = 0
    eachRow(of: .general) { join, row, record, key in
      join.note(record.instant(.fechaRecepcion))
      join.note(record.instant(.fechaPagoReal))
      guard let known = join.index.exact(key, year: record.year) else {
        join.add(row, key, record.year)
        return
      }
      // Extracts of one ZIP may overlap: the later word on a pedimento counts.
      repeated += 1
      if let moment = record.moment, moment < join.record(join.pedimentos[known]).moment ?? moment {
        return
      }
      join.pedimentos[known].table = row.table
      join.pedimentos[known].start = row.start
    }
    if repeated > 0 { notes.append("501: \(repeated) rows repeat a pedimento") }
  }

  private mutating func join(_ file: DataStageFile, mayAdd: Bool) {
    var joined: [DataStageRow] = []
    var strays = 0
    eachRow(of: file) { join, row, record, key in
      if file == .selections {
        join.note(record.instant(.fechaSeleccion, hour: .horaSeleccion))
      }
      var row = row
      if let known = join.index.nearest(key, year: record.year) {
        row.pedimento = known
      } else if mayAdd {
        row.pedimento = join.add(row, key, record.year)
      } else {
        strays += 1
        return
      }
      joined.append(row)
    }
    if strays > 0 { notes.append("\(file.rawValue): \(strays) rows belong to no pedimento") }
    joined.sort()
    rows[file] = joined
  }

  @discardableResult
  private mutating func add(_ row: DataStageRow, _ key: [UInt8], _ year: Int?) -> Int {
    let added = index.add(key, year: year)
    pedimentos.append(DataStageRow(pedimento: added, table: row.table, start: row.start))
    return added
  }

  private mutating func note(_ instant: Instant?) {
    guard let instant else { return }
    latest = max(latest ?? instant, instant)
  }

  /// Visits the rows of a file that name a pedimento, each with its key.
  private mutating func eachRow(
    of file: DataStageFile,
    _ visit: (inout DataStageJoin, DataStageRow, DataStageRecord, [UInt8]) -> Void
  ) {
    var unnamed = 0
    for (number, table) in tables.enumerated() where table.file == file {
      var start = table.body
      while start < table.bytes.count {
        let record = DataStageRecord(table, at: start)
        let row = DataStageRow(pedimento: -1, table: number, start: start)
        start = record.next
        let key = DataStageColumn.key.map(record.joinKey)
        if key.allSatisfy({ !$0.isEmpty }) {
          visit(&self, row, record, Array(key.joined(separator: [UInt8(ascii: "|")])))
        } else if !record.isBlank {
          unnamed += 1
        }
      }
    }
    if unnamed > 0 { notes.append("\(file.rawValue): \(unnamed) rows name no pedimento") }
  }
}

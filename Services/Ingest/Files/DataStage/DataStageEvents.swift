import Ledger
import Messages

/// Writes one event for each pedimento of a joined Data Stage.
struct DataStageEvents {
  private let join: DataStageJoin
  /// Which of the extracts that hold a pedimento counts: the one that was executed last; where that
  /// is not said it was after its latest moment.
  private let time: String
  private(set) var count = 0
  /// What was left out.
  private(set) var notes: [FileNote]

  /// How far the rows of each file have been used; they come in the order of the pedimentos.
  private var used: [DataStageFile: Int] = [:]
  private var data: [UInt8] = []
  private var event: [UInt8] = []
  private var scratch: [UInt8] = []

  init(_ join: DataStageJoin) {
    self.join = join
    notes = join.notes
    time = (join.executed ?? join.latest)?.description ?? "1990-01-01T00:00:00Z"
  }

  mutating func pass(into sink: inout some InboundSink) throws {
    for row in join.pedimentos {
      let pedimento = join.record(row)
      data.removeAll(keepingCapacity: true)
      appendData(pedimento, number: row.pedimento)
      appendEvent(pedimento)
      // A row that cannot be read is where to look.
      let shown = join.misfits[row.pedimento] ?? row
      let place = FilePlace(member: join.tables[shown.table].name, line: shown.line)
      try event.withUnsafeBytes { try sink.take(event: $0, at: place) }
      count += 1
    }
  }

  /// Writes the event around the data. Its identity is the pedimento and what is said of it: the
  /// same again is the same event, whichever extract it is in.
  private mutating func appendEvent(_ pedimento: DataStageRecord) {
    var hash = FNV1a()
    hash.combine(data)
    scratch.removeAll(keepingCapacity: true)
    for column in [DataStageColumn.patente, .seccionAduanera, .pedimento] {
      pedimento.append(column, to: &scratch)
      scratch.append(UInt8(ascii: "-"))
    }
    scratch.append(hex: hash.value)

    event.removeAll(keepingCapacity: true)
    event.append(json: "{\"data\":")
    event.append(contentsOf: data)
    event.append(json: ",\"id\":")
    scratch.withUnsafeBytes { event.append(jsonString: $0) }
    if let latest = join.latest {
      event.append(json: ",\"recorded\":\"")
      event.append(contentsOf: latest.description.utf8)
      event.append(json: "\"")
    }
    event.append(json: ",\"source\":\"/datastage\",\"specversion\":\"1.0\",\"time\":\"")
    event.append(contentsOf: time.utf8)
    event.append(json: "\",\"type\":\"saldo.datastage.v1\"}")
  }

  /// Writes the data, its keys in ascending order.
  private mutating func appendData(_ pedimento: DataStageRecord, number: Int) {
    let general = pedimento.table.file == .general && pedimento.fits ? pedimento : nil
    data.append(json: "{")
    append(general, [("claveDocumento", .claveDocumento)])
    appendArray("facturas", take(.invoices, number).map(join.record)) {
      $0.appendObject(
        $1, [("fecha", .fechaFacturacion), ("numero", .numeroFactura), ("proveedor", .proveedor)])
    }
    let entered = take(.operationDates, number).map(join.record).first {
      $0.joinKey(.tipoFecha) == [UInt8(ascii: "1")]
    }
    append(entered, [("fechaEntrada", .fechaOperacion)])
    append(
      general,
      [("fechaPagoReal", .fechaPagoReal), ("fechaRecepcionPedimento", .fechaRecepcion)])
    appendArray("identificadores", take(.identifiers, number).map(join.record)) {
      $0.appendObject($1, Self.identifier)
    }
    appendMisfit(number)
    appendPartidas(number)
    append(pedimento, [("patente", .patente), ("pedimento", .pedimento)])
    appendRectification(number)
    append(general, [("rfc", .rfc)])
    append(pedimento, [("seccionAduanera", .seccionAduanera)])
    appendArray("seleccion", take(.selections, number).map(join.record)) {
      $0.appendObject($1, [("fecha", .fechaSeleccion), ("hora", .horaSeleccion)])
    }
    append(general, [("tipoOperacion", .tipoOperacion), ("tipoPedimento", .tipoPedimento)])
    data.append(json: "}")
  }

  /// Says that a row of the pedimento cannot be read, for intake to reject it.
  private mutating func appendMisfit(_ number: Int) {
    guard let row = join.misfits[number] else { return }
    let text = "\(join.tables[row.table].file.rawValue): \(join.cells(of: row))"
    data.append(member: "ilegible")
    data.append(jsonString: text)
  }

  private mutating func appendPartidas(_ number: Int) {
    let nested = [take(.partidaIdentifiers, number), take(.serials, number)]
    let (identifiers, serials) = (bySequence(nested[0]), bySequence(nested[1]))
    let duties = bySequence(
      take(.contributions, number).filter {
        join.record($0).joinKey(.claveContribucion) == Self.importDuty
      })
    var sequences: Set<[UInt8]> = []
    appendArray("partidas", partidas(number)) { events, partida in
      let sequence = partida.joinKey(.secuencia)
      sequences.insert(sequence)
      events.data.appendElement()
      events.data.append(json: "{")
      events.append(
        partida,
        [
          ("cantidadUMC", .cantidadUMC), ("cantidadUMT", .cantidadUMT),
          ("descripcion", .descripcion),
        ])
      events.appendArray("formasPagoIGI", duties[sequence] ?? []) {
        $0.appendString($1, .formaPago)
      }
      events.append(partida, [("fraccion", .fraccion)])
      events.appendArray("identificadores", identifiers[sequence] ?? []) {
        $0.appendObject($1, Self.identifier)
      }
      events.append(
        partida,
        [
          ("marca", .marca), ("modelo", .modelo), ("paisCompradorVendedor", .paisCompradorVendedor),
          ("paisOrigenDestino", .paisOrigenDestino), ("secuencia", .secuencia),
        ])
      events.appendArray("series", serials[sequence] ?? []) { $0.appendString($1, .serie) }
      events.append(
        partida,
        [
          ("subdivision", .subdivision), ("umc", .umc), ("umt", .umt),
          ("valorAduana", .valorAduana), ("valorComercial", .valorComercial),
          ("valorDolares", .valorDolares),
        ])
      events.data.append(json: "}")
    }
    for row in nested.joined()
    where !sequences.contains(join.record(row).joinKey(.secuencia)) {
      notes.append(join.note(.rowStray, row, "a row of a partida that is not in the extract"))
    }
  }

  /// The partidas of a pedimento. Where files of one folio overlap and differ, the later file's
  /// word on a sequence counts; within one file a repeated sequence stands, for intake to judge.
  private mutating func partidas(_ number: Int) -> [DataStageRecord] {
    let rows = take(.partidas, number)
    let records = rows.map(join.record)
    guard let first = rows.first, rows.contains(where: { $0.table != first.table }) else {
      return records
    }
    var last: [[UInt8]: Int] = [:]
    for (row, record) in zip(rows, records) { last[record.joinKey(.secuencia)] = row.table }
    var kept: [DataStageRecord] = []
    for (row, record) in zip(rows, records) {
      if row.table == last[record.joinKey(.secuencia)] {
        kept.append(record)
      } else {
        notes.append(
          join.note(.rowReplaced, row, "a row about the same partida in a later file counts"))
      }
    }
    return kept
  }

  private func bySequence(_ rows: [DataStageRow]) -> [[UInt8]: [DataStageRecord]] {
    Dictionary(grouping: rows.map(join.record)) { $0.joinKey(.secuencia) }
  }

  private mutating func appendRectification(_ number: Int) {
    let rows = take(.rectifications, number)
    guard let row = rows.first.map(join.record) else { return }
    for other in rows.dropFirst() {
      notes.append(
        join.note(.rowReplaced, other, "the first row about the same rectification counts"))
    }
    let before = data.count
    data.append(member: "rectifica")
    let opened = data.count
    appendObject(
      row,
      [
        ("fechaOperacionAnterior", .fechaOperacionAnterior), ("patenteAnterior", .patenteAnterior),
        ("patenteOriginal", .patenteOriginal), ("pedimentoAnterior", .pedimentoAnterior),
        ("pedimentoOriginal", .pedimentoOriginal), ("seccionAduaneraAnterior", .seccionAnterior),
        ("seccionAduaneraOriginal", .seccionOriginal),
      ])
    if data.count == opened { data.removeSubrange(before...) }
  }
}

extension DataStageEvents {
  fileprivate typealias Members = [(StaticString, DataStageColumn)]

  /// The contribution whose form of payment is told: 6, IGI.
  fileprivate static let importDuty = [UInt8(ascii: "6")]

  fileprivate static let identifier: Members = [
    ("clave", .claveCaso), ("complemento", .complementoCaso), ("identificador", .identificadorCaso),
  ]

  /// The rows of a file that belong to the next pedimento. A row that stands there word for word
  /// again counts once.
  fileprivate mutating func take(_ file: DataStageFile, _ pedimento: Int) -> [DataStageRow] {
    let rows = join.rows[file] ?? []
    let start = used[file] ?? 0
    var end = start
    while end < rows.count, rows[end].pedimento == pedimento { end += 1 }
    used[file] = end
    guard end > start + 1 else { return Array(rows[start..<end]) }
    var said: Set<ArraySlice<UInt8>> = []
    return rows[start..<end].filter { row in
      if said.insert(join.record(row).text).inserted { return true }
      notes.append(
        join.note(.rowRepeated, row, "rows that are repeated word for word count once"))
      return false
    }
  }

  /// Appends the members that are not blank.
  fileprivate mutating func append(_ record: DataStageRecord?, _ members: Members) {
    guard let record else { return }
    for (name, column) in members {
      scratch.removeAll(keepingCapacity: true)
      record.append(column, to: &scratch)
      scratch.withUnsafeBytes { data.append(member: name, text: $0) }
    }
  }

  /// Appends an element or value that is an object, unless all of it is blank.
  fileprivate mutating func appendObject(_ record: DataStageRecord, _ members: Members) {
    guard members.contains(where: { record.withCell($1) { !$0.isEmpty } }) else { return }
    if data.last != UInt8(ascii: ":") { data.appendElement() }
    data.append(json: "{")
    append(record, members)
    data.append(json: "}")
  }

  fileprivate mutating func appendString(_ record: DataStageRecord, _ column: DataStageColumn) {
    scratch.removeAll(keepingCapacity: true)
    record.append(column, to: &scratch)
    guard !scratch.isEmpty else { return }
    data.appendElement()
    scratch.withUnsafeBytes { data.append(jsonString: $0) }
  }

  /// Appends a member that is an array, unless nothing comes of its elements.
  fileprivate mutating func appendArray(
    _ name: StaticString, _ records: [DataStageRecord],
    _ element: (inout DataStageEvents, DataStageRecord) -> Void
  ) {
    guard !records.isEmpty else { return }
    let before = data.count
    data.append(member: name)
    data.append(json: "[")
    for record in records { element(&self, record) }
    if data.last == UInt8(ascii: "[") {
      data.removeSubrange(before...)
    } else {
      data.append(json: "]")
    }
  }
}

/// Moves between plants, and what of them was received: the rows of `traslados.csv`, over all facts
/// at once.
public struct AuditMoves: Sendable, Equatable {
  /// One move; rows are in the order of the report.
  private struct Row: Sendable, Equatable {
    var rfc: Text
    var toPlant: Text
    var part: Text
    var document: Text
    var day: Text
    var plant: Text
    var avisos: [Text]
    var sent: Exact
    var covered: Exact
    var received = Exact.zero
    var unconverted: [String] = []
    var latest = ""

    var key: [Text] { [toPlant, part, document, day, plant] }
    var group: [Text] { [toPlant, part, document] }
  }

  private var rows: [Row] = []
  /// Of each receiving plant, part and document of a move of which something was received: those
  /// three, when the last was received, each unit with its sum.
  public private(set) var receipts: [[String]] = []

  /// Of each move the receiving plant, part, document, day, sending plant, notices, what the
  /// document says, what lots covered of it, RFC.
  public var sent: [[String]] {
    rows.map { row in
      row.key.map(\.string) + [
        row.avisos.map(\.string).joined(separator: " "), row.sent.plain, row.covered.plain,
        row.rfc.string,
      ]
    }
  }

  init(_ books: Matching, _ facts: Facts) {
    for demand in books.demands where demand.wanted.total > .zero {
      guard let toPlant = demand.toPlant else { continue }
      rows.append(
        Row(
          rfc: facts.plants[toPlant]?.rfc ?? "", toPlant: toPlant, part: demand.book.part,
          document: demand.key.document, day: demand.key.date, plant: demand.book.plant,
          avisos: Self.avisos(demand, facts), sent: demand.wanted.total,
          covered: demand.takes.reduce(.zero) { $0 + $1.three.total }))
    }
    rows.sort { $0.key.lexicographicallyPrecedes($1.key) }
    for group in Set(rows.map(\.group)).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      receive(group, facts)
    }
  }

  /// Of one document the earlier move gets what it sent first, the last what is left over.
  private mutating func receive(_ group: [Text], _ facts: Facts) {
    let came = facts.receipts.filter { [$0.plant, $0.part, $0.document] == group }
    var left = Exact.zero
    var unconverted: [String] = []
    var sums: [String] = []
    for (uom, receipts) in Dictionary(grouping: came, by: \.uom).sorted(by: { $0.key < $1.key }) {
      let sum = receipts.reduce(.zero) { $0 + $1.quantity.rounded(6) }
      sums.append("\(sum.plain) of \(uom)")
      if let base = try? facts.inBaseUnit(sum, uom, of: group[1]) {
        left += base.rounded(6)
      } else {
        unconverted.append("\(sum.plain) \(Self.unit(uom))")
      }
    }
    let latest = came.compactMap { Instant(rfc3339: $0.occurredAt.string) }.max()
    if let latest { receipts.append(group.map(\.string) + [latest.text] + sums) }
    let places = rows.indices.filter { rows[$0].group == group }
    for place in places {
      let share = place == places.last ? left : min(left, rows[place].sent)
      left -= share
      rows[place].received = share
      rows[place].unconverted = unconverted
      rows[place].latest = latest?.text ?? ""
    }
  }

  /// The rows of the report on a day, where goods may be under way so many days: rfc,
  /// planta_recibe, numero_parte, documento, fecha, planta_envia, aviso, enviado, amparado,
  /// recibido, recibido_sin_convertir, diferencia, estado, dias, ultima_recepcion.
  public func report(on today: String, days allowed: Int) -> [[String]] {
    rows.map { row in
      let age = max(0, dayNumber(today) - dayNumber(row.day.string))
      let difference =
        row.received < row.sent
        ? "-" + (row.sent - row.received).plain : (row.received - row.sent).plain
      let state =
        switch (row.received == .zero, row.received < row.sent) {
        case (true, _): age > allowed ? "vencido" : "en_transito"
        case (false, true): "corto"
        case (false, false): row.received == row.sent ? "recibido" : "excedente"
        }
      return ([row.rfc] + row.key).map(\.string) + [
        row.avisos.map(\.string).joined(separator: " "), row.sent.plain, row.covered.plain,
        row.received.plain, row.unconverted.joined(separator: "; "), difference, state, "\(age)",
        row.latest,
      ]
    }
  }

  private static func avisos(_ demand: Demand, _ facts: Facts) -> [Text] {
    let moves = facts.moves.filter { move in
      move.document == demand.key.document && move.plant == demand.book.plant
        && move.part == demand.book.part && move.toPlant == demand.toPlant
        && move.occurredAt.string.prefix(10) == demand.key.date.string
        && facts.plants[move.plant]?.rfc == move.rfc
        && (try? facts.inBaseUnit(move.quantity, move.uom, of: move.part)) != nil
    }
    return Set(moves.compactMap(\.aviso)).sorted()
  }

  /// Anexo 22, appendix 7.
  private static func unit(_ code: Int) -> String {
    [1: "kilo", 2: "gramo", 6: "pieza", 14: "tonelada", 20: "caja"][code] ?? "unidad \(code)"
  }
}

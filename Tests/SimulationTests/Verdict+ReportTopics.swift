import Harness
import Ledger
import Messages

extension Verdict {
  /// The report topics, where rows were sent to them, against the ledger and the records.
  mutating func compareReportTopics(_ cluster: Cluster) {
    let report = ReportFold(cluster)
    differences += report.faults.map { "the report topics: \($0)" }
    compare("balances", report.saldos, zip(fold.saldos, fold.amounts).map { $0 + $1 })
    compare(
      "postings", report.descargos, zip(fold.descargos, fold.dischargeValues).map { $0 + [$1] })
    compare("shortages", Self.summed(report.faltantes), fold.faltantes)
    compare("exits", report.salidas, Self.exits(cluster))
    let records = Array(Self.lastRecords(cluster).values)
    compare("moves", report.traslados, Self.moves(records))
    compare("receipts", report.recibos, receipts())
    compare("sub-manufacture", report.submaquila, Self.submanufacture(records))
  }

  /// Shortages of one line, which may be of several products.
  private static func summed(_ rows: [[String]]) -> [[String]] {
    var sums: [[String]: ExactDecimal] = [:]
    for row in rows {
      guard let more = try? ExactDecimal(row[4]),
        let sum = try? (sums[Array(row[..<4])] ?? .zero) + more
      else { continue }
      sums[Array(row[..<4])] = sum
    }
    return LedgerFold.sorted(sums.map { $0.key + ["\($0.value)"] })
  }

  /// The lines of the documents that are exits as their last record says.
  private static func exits(_ cluster: Cluster) -> [[String]] {
    var rows: [[String]] = []
    for record in lastRecords(cluster).values where isExit(record) {
      for (item, line) in record.lines.enumerated() {
        rows.append([
          record.rfc, record.document, "\(item)", "\(line.line)", line.plant, line.part,
          "\(line.quantity)", "\(line.value)",
        ])
      }
    }
    return LedgerFold.sorted(rows)
  }

  private static func isExit(_ record: DocumentRecord) -> Bool {
    guard record.state == .counts || record.state == .listed else { return false }
    switch record.kind {
    case .act: return true
    case .move, .notice, .submanufacture, .withdrawal: return false
    case .pedimento:
      guard record.clave != nil, let operation = record.operation else { return false }
      return operation == .export || ["F4", "F5", "A3"].contains(record.clave)
    }
  }

  /// The moves of the documents as their last records say.
  private static func moves(_ records: [DocumentRecord]) -> [[String]] {
    let rows = records.flatMap { record in
      (record.moves ?? []).enumerated().map { item, move in
        [
          record.rfc, record.document, "\(item)", "\(move.date)", move.plant, move.toPlant,
          move.part, "\(move.quantity)", move.avisos.joined(separator: " "),
        ]
      }
    }
    return LedgerFold.sorted(rows)
  }

  /// What was received by the documents of moves, as the ledger says it last.
  private func receipts() -> [[String]] {
    var last: [[String]: Receipts] = [:]
    for entry in Self.read(LedgerEntry.self, ledger) {
      guard let receipts = entry.receipts else { continue }
      last[[entry.plant, entry.part, receipts.document]] = receipts
    }
    let rows = last.flatMap { key, receipts in
      receipts.sums.map { key + ["\($0.uom.code)", "\($0.quantity)", "\(receipts.latest)"] }
    }
    return LedgerFold.sorted(rows)
  }

  /// Goods at sub-manufacturers as the documents' last records say.
  private static func submanufacture(_ records: [DocumentRecord]) -> [[String]] {
    let rows = records.flatMap { record in
      (record.submanufacture ?? []).enumerated().map { item, line in
        [
          record.rfc, record.document, "\(item)", "\(line.date)", line.kind.rawValue, line.plant,
          line.submanufacturer, line.part, "\(line.quantity)", line.noticeFolio,
          line.ofDocument ?? "",
        ]
      }
    }
    return LedgerFold.sorted(rows)
  }
}

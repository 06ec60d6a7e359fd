import Auditor
import EventLogTesting
import Foundation
import Harness

extension Verdict {
  /// The reports as of random days, of which some are a month's last, before everything or after
  /// everything.
  mutating func compareAsOf(_ cluster: Cluster, with workload: Workload, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &* 7 &+ 5)
    let events = workload.events.map { Data($0) }
    let days =
      workload.days + [
        "2023-02-01", "2024-02-28", "2024-12-31", "2025-03-31", "2025-06-30", "2026-01-31",
      ]
    try cluster.withReports { reports in
      let plain = try reports.texts(on: "2025-03-03", transferDays: Self.manyDays)
      for _ in 0..<2 {
        let day = days[random.below(days.count)]
        let books = Auditor.audit(events: events, asOf: day)
        let texts = try reports.texts(on: "2025-03-03", asOf: day, transferDays: Self.manyDays)
        compare("as of \(day)", AsOfReports(texts), with: books)
        compareWithPlain("as of \(day)", texts, plain, day)
        compare(
          "as of \(day): traslados", Self.moves(texts),
          books.moves.report(on: day, days: 5))
      }
      try compareEnds(reports)
    }
  }

  /// So that a side without the other is never overdue: the auditor knows no day.
  private static let manyDays = 36_500

  private mutating func compare(_ what: String, _ got: AsOfReports, with books: AuditBooks) {
    compare("\(what): saldos", got.saldos, books.report.saldos)
    compare("\(what): descargos", got.descargos, books.report.descargos)
    compare("\(what): faltantes", got.faltantes, books.report.faltantes)
    compare("\(what): submaquila", got.submaquila, books.submaquila)
    compare("\(what): desperdicios", got.owed, books.scrap.owed)
    compare("\(what): disposiciones", got.disposed, books.scrap.disposed)
    compare("\(what): faltantes de desperdicio", got.short, books.scrap.short)
    compare("\(what): transferencias", got.transfers, books.transfers)
    compare("\(what): conservacion", got.alarms, [])
    func kept(_ rows: [[String]], _ amounts: [[String]], partAt column: Int) -> [[String]] {
      zip(rows, amounts).map { $0 + $1 }.filter { !fold.joined.contains($0[column]) }
    }
    compare(
      "\(what): importes de saldos", kept(got.saldos, got.amounts, partAt: 1),
      kept(
        books.report.saldos,
        books.lots.map { [$0.descargado, $0.trasladado, $0.valorMXN, $0.valorSaldoMXN] },
        partAt: 1))
    compare(
      "\(what): valores de descargos", kept(got.descargos, got.dischargeValues, partAt: 3),
      kept(books.report.descargos, books.dischargeValues.map { [$0] }, partAt: 3))
    compare(
      "\(what): valores de desperdicios", kept(got.owed, got.owedValues, partAt: 1),
      kept(books.scrap.owed, books.scrap.owedValues, partAt: 1))
  }

  /// Of what has one day a row is as it is now, or it is not there.
  private mutating func compareWithPlain(
    _ what: String, _ texts: [String: String], _ plain: [String: String], _ day: String
  ) {
    let dated = [
      "entradas": "fecha_entrada", "salidas": "fecha", "descargos": "fecha_salida",
      "faltantes": "fecha_salida", "disposiciones": "fecha",
    ]
    for (report, column) in dated {
      let all = CSV.rows(plain[report] ?? "")
      let place = all.first?.firstIndex(of: column) ?? 0
      compare(
        "\(what): \(report)", CSV.rows(texts[report] ?? ""),
        all.enumerated().filter { $0.offset == 0 || $0.element[place] <= day }.map(\.element))
    }
    for report in Self.asKnownNow {
      compare("\(what): \(report)", [[texts[report] ?? ""]], [[plain[report] ?? ""]])
    }
  }

  /// Reports that no day changes.
  private static let asKnownNow = [
    "pendientes", "retiros", "contribuyente", "materiales", "estructuras", "contrapartes",
  ]
  /// The catalogue's, of which a day changes only which version is in force.
  private static let undated = asKnownNow + ["productos"]

  private mutating func compareEnds(_ reports: SavedReports) throws {
    let before = try reports.texts(on: "2025-03-03", asOf: "1999-12-31")
    for (report, text) in before where !Self.undated.contains(report) {
      compare("before everything: \(report)", Array(CSV.rows(text).dropFirst()), [])
    }
    let plain = try reports.texts(on: "2099-12-31")
    for (report, text) in try reports.texts(on: "2025-03-03", asOf: "2099-12-31") {
      compare("after everything: \(report)", CSV.rows(text), CSV.rows(plain[report] ?? ""))
    }
  }

  /// Without the company's name and the unit.
  private static func moves(_ texts: [String: String]) -> [[String]] {
    CSV.rows(texts["traslados"] ?? "").dropFirst().map { row in
      row.enumerated().filter { ![1, 13].contains($0.offset) }.map(\.element)
    }
  }
}

/// Exported reports in the auditor's columns.
private struct AsOfReports {
  private let texts: [String: String]

  init(_ texts: [String: String]) { self.texts = texts }

  private func cells(_ report: String, _ columns: String) -> [[String]] {
    CSV.cells(columns.split(separator: " ").map(String.init), of: texts[report] ?? "")
  }

  var saldos: [[String]] {
    cells(
      "saldos",
      "planta numero_parte pedimento linea fecha_entrada fecha_vencimiento cantidad saldo")
  }
  var amounts: [[String]] { cells("saldos", "descargado trasladado valor_mxn valor_saldo_mxn") }
  var descargos: [[String]] {
    cells(
      "descargos",
      "planta documento_salida linea_salida numero_parte producto pedimento_entrada linea_entrada "
        + "incorporado merma desperdicio")
  }
  var dischargeValues: [[String]] { cells("descargos", "valor_mxn") }
  var faltantes: [[String]] {
    cells("faltantes", "planta documento_salida linea_salida numero_parte faltante")
  }
  var submaquila: [[String]] {
    LedgerFold.sorted(
      cells(
        "submaquila",
        "planta submaquilador numero_parte documento aviso fecha_envio cantidad devuelto pendiente "
          + "ultima_devolucion"))
  }
  var owed: [[String]] {
    cells(
      "desperdicios",
      "planta numero_parte pedimento linea fecha_entrada generado dispuesto saldo")
  }
  var owedValues: [[String]] { cells("desperdicios", "valor_mxn valor_saldo_mxn") }
  /// Of the disposals those rows that name an entry.
  var disposed: [[String]] {
    cells(
      "disposiciones",
      "planta documento linea numero_parte pedimento_entrada linea_entrada cantidad"
    ).filter { $0[4] != "" }
  }
  var short: [[String]] {
    cells("disposiciones", "planta documento linea numero_parte pedimento_entrada faltante")
      .filter { $0[4] == "" }.map { Array($0[0..<4]) + [$0[5]] }
  }
  var alarms: [[String]] { cells("conservacion", "numero_parte estado").filter { $0[1] != "ok" } }

  /// One row for each transfer, out of the row of its leading side.
  var transfers: [[String]] {
    let rows = cells(
      "transferencias",
      "rfc papel pedimento contraparte_rfc contraparte_fecha contraparte_pedimento estado forma "
        + "difiere candidatos")
    return LedgerFold.sorted(
      rows.compactMap { row in
        let isAlone = row[4] == ""
        guard isAlone || row[1] == "transfiere" else { return nil }
        let other = isAlone ? "" : row[5]
        let sides =
          row[1] == "transfiere"
          ? [row[0], row[3], row[2], other] : [row[3], row[0], other, row[2]]
        let candidates = row[9].split(separator: " ").map { $0.split(separator: "/").last ?? "" }
        return sides + [
          Self.words[row[6]] ?? row[6], Self.words[row[7]] ?? row[7],
          row[8].split(separator: " ").map { Self.words[String($0)] ?? "" }
            .joined(separator: " "),
          candidates.joined(separator: " "),
        ]
      })
  }

  private static let words = [
    "pareada": "paired", "difiere": "differing", "por_confirmar": "proposed",
    "solo_transfiere": "senderOnly", "solo_recibe": "receiverOnly", "persona": "person",
    "referencia": "reference", "mercancia": "goods", "cantidad": "quantity", "valor": "value",
  ]
}

import Auditor
import Foundation
import Harness
import Ledger
import Messages
import ReportingRules

/// What is wrong with a run that has settled.
struct Verdict {
  var differences: [String] = []
  let fold: LedgerFold
  let ledger: [[[UInt8]]]
  private let waiting: Set<String>
  private let rejected: [RejectedEvent]
  /// The rows of submaquila.csv, without what the catalogue and the day of the export add.
  private let submanufacture: [[String]]
  private let transfers: [[String]]
  private let moves: MovesFold
  private let withdrawals: [[String]]

  init(_ cluster: Cluster) {
    ledger = cluster.values(of: .ledger)
    fold = LedgerFold(ledger)
    waiting = Self.waiting(cluster)
    rejected = Self.rejected(cluster)
    submanufacture = Self.submanufacture(cluster)
    transfers = TransferFold(cluster.values(of: .transfers)).rows
    withdrawals = Self.withdrawals(cluster)
    moves = MovesFold(ledger: ledger, records: cluster.values(of: .records))
  }

  /// The rows of the three reports, their values, what waits and what was rejected.
  mutating func compare(with workload: Workload) {
    let books = Auditor.audit(events: workload.events.map { Data($0) })
    differences += books.unreadable.map { "the auditor cannot read \($0)" }
    differences += books.totals.filter { !$0.adds }.map { "the auditor's totals: \($0)" }
    differences += fold.faults.map { "the ledger: \($0)" }
    compare("saldos", fold.saldos, books.report.saldos)
    compare("descargos", fold.descargos, books.report.descargos)
    compare("faltantes", fold.faltantes, books.report.faltantes)
    compare("submaquila", submanufacture, books.submaquila)
    compare("desperdicios", fold.scrap.owed, books.scrap.owed)
    compare("disposiciones", fold.scrap.disposed, books.scrap.disposed)
    compare("faltantes de desperdicio", fold.scrap.short, books.scrap.short)
    if differences.isEmpty { compareAmounts(books) }
    compare("transferencias", transfers, books.transfers)
    differences += moves.faults.map { "receipts: \($0)" }
    compare("traslados", moves.moves, books.moves.sent)
    compare("recibos", moves.receipts, books.moves.receipts)
    compare("retiros", withdrawals, books.withdrawals)
    let waits = Set(books.waiting.map { String($0.prefix { $0 != " " && $0 != ":" }) })
    compare("waiting", [waiting.sorted()], [waits.sorted()])
    let refused = Set(rejected.filter { !$0.provisional }.map(\.event))
    let malformed = Set(workload.malformed.map { String(decoding: $0, as: UTF8.self) })
    compare("rejected", [refused.sorted()], [malformed.sorted()])
  }

  /// Moves and their receipts as a report of them.
  mutating func compareMoves(_ cluster: Cluster, with workload: Workload) throws {
    let books = Auditor.audit(events: workload.events.map { Data($0) })
    let day = "2025-03-03"
    let got = try cluster.rows(of: "traslados", on: day).map { row in
      // Without the company's name and the unit.
      row.enumerated().filter { ![1, 13].contains($0.offset) }.map(\.element)
    }
    compare("traslados.csv", got, books.moves.report(on: day, days: 5))
  }

  /// What is discharged, moved and worth. Where two lots of one entry moved on as one, the auditor
  /// keeps them apart: their value, rounded once or twice, may differ by a centavo.
  private mutating func compareAmounts(_ books: AuditBooks) {
    func kept(_ rows: [[String]], partAt column: Int) -> [[String]] {
      rows.filter { !fold.joined.contains($0[column]) }
    }
    compare(
      "importes de saldos", kept(Self.joined(fold.saldos, fold.amounts), partAt: 1),
      kept(
        Self.joined(
          books.report.saldos,
          books.lots.map { [$0.descargado, $0.trasladado, $0.valorMXN, $0.valorSaldoMXN] }),
        partAt: 1))
    compare(
      "valores de descargos",
      kept(Self.joined(fold.descargos, fold.dischargeValues.map { [$0] }), partAt: 3),
      kept(Self.joined(books.report.descargos, books.dischargeValues.map { [$0] }), partAt: 3))
    compare(
      "valores de desperdicios",
      kept(Self.joined(fold.scrap.owed, fold.scrap.owedValues), partAt: 1),
      kept(Self.joined(books.scrap.owed, books.scrap.owedValues), partAt: 1))
    compare(
      "valores de disposiciones",
      kept(Self.joined(fold.scrap.disposed, fold.scrap.disposedValues.map { [$0] }), partAt: 3),
      kept(Self.joined(books.scrap.disposed, books.scrap.disposedValues.map { [$0] }), partAt: 3))
  }

  /// After events whose identity is another's: they are rejected and nothing else has changed.
  mutating func compareConflicts(_ workload: Workload, with cluster: Cluster) {
    if cluster.values(of: .ledger) != ledger { differences.append("a conflict changed the ledger") }
    func names(_ events: [RejectedEvent]) -> [String] {
      Set(events.filter { $0.code == .identityConflict }.map { $0.source + "|" + $0.id }).sorted()
    }
    let wanted = Set(workload.conflicts.map { Self.identity(of: $0) }).sorted()
    compare("conflicts before", [names(rejected)], [[]])
    compare("conflicts", [names(Self.rejected(cluster))], [wanted])
  }

  mutating func compare(_ what: String, _ got: [[String]], _ expected: [[String]]) {
    guard got != expected else { return }
    let (have, want) = (Set(got), Set(expected))
    differences += got.filter { !want.contains($0) }.prefix(6).map { "\(what): has \($0)" }
    differences += expected.filter { !have.contains($0) }.prefix(6).map { "\(what): lacks \($0)" }
  }

  private static func joined(_ rows: [[String]], _ more: [[String]]) -> [[String]] {
    zip(rows, more).map { $0 + $1.map(plain) }
  }

  /// A decimal without trailing zeros.
  private static func plain(_ text: String) -> String {
    guard text.contains(".") else { return text }
    let digits = text.reversed().drop { $0 == "0" }
    return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
  }

  /// Documents of which something waits, or is rejected as things stand.
  private static func waiting(_ cluster: Cluster) -> Set<String> {
    let records = lastRecords(cluster).values
    return Set(records.filter { !$0.pending.isEmpty && $0.kind != .withdrawal }.map(\.document))
  }

  static func lastRecords(_ cluster: Cluster) -> [String: DocumentRecord] {
    var last: [String: DocumentRecord] = [:]
    for record in read(DocumentRecord.self, cluster.values(of: .records)) {
      let name = "\(record.kind) \(record.rfc) \(record.document)"
      if let known = last[name], known.revision >= record.revision { continue }
      last[name] = record
    }
    return last
  }

  /// Events that withdrawals name, and how that stands.
  private static func withdrawals(_ cluster: Cluster) -> [[String]] {
    let rows = lastRecords(cluster).values.compactMap { record -> [String]? in
      guard let line = record.withdrawal, let name = line.of else { return nil }
      let standing = WithdrawalStanding(cancels: line.cancels, state: record.state.rawValue)
      return [name.source, name.id, standing.rawValue]
    }
    return rows.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func submanufacture(_ cluster: Cluster) -> [[String]] {
    var accounts: [[String]: [SubmanufactureAccount.Line]] = [:]
    for record in lastRecords(cluster).values {
      for line in record.submanufacture ?? [] {
        accounts[[line.plant, line.submanufacturer, line.part, record.rfc], default: []].append(
          SubmanufactureAccount.Line(
            kind: line.kind, document: record.document, noticeFolio: line.noticeFolio,
            date: line.date, ofDocument: line.ofDocument, quantity: line.quantity))
      }
    }
    var rows: [[String]] = []
    for (key, lines) in accounts {
      for row in SubmanufactureAccount(lines).rows {
        let sentOn = row.sentOn.map { "\($0)" } ?? ""
        let back = row.lastBackOn.map { "\($0)" } ?? ""
        let amounts = ["\(row.sent)", "\(row.back)", "\(row.out)"]
        rows.append(key.dropLast() + [row.document, row.noticeFolio, sentOn] + amounts + [back])
      }
    }
    return LedgerFold.sorted(rows)
  }

  private static func rejected(_ cluster: Cluster) -> [RejectedEvent] {
    read(RejectedEvent.self, cluster.values(of: .rejected))
  }

  static func read<Message: LogMessage>(
    _: Message.Type, _ values: [[[UInt8]]]
  ) -> [Message] {
    var reader = MessageReader<Message>()
    return values.joined().compactMap { value in
      value.withUnsafeBytes { try? reader.read($0) }
    }
  }

  private static func identity(of event: [UInt8]) -> String {
    let fields = try? JSONSerialization.jsonObject(with: Data(event)) as? [String: Any]
    return "\(fields?["source"] ?? "")|\(fields?["id"] ?? "")"
  }
}

import EventLog
import Ledger
import Messages

/// The report topics read as a reader outside does: of each row the greatest version, of each
/// balance the last record. What they say in the end is what the ledger says.
public struct ReportFold {
  /// As ``LedgerFold``'s, with what it has apart behind them.
  public private(set) var saldos: [[String]] = []
  public private(set) var descargos: [[String]] = []
  public private(set) var faltantes: [[String]] = []
  /// Exits that stand: document, place in it, line, plant, part, quantity and value.
  public private(set) var salidas: [[String]] = []
  /// Moves that stand: RFC, document, place in it, day, both plants, part, quantity and notices.
  public private(set) var traslados: [[String]] = []
  /// What was received of them: plant, part, document, unit, quantity, when the last came.
  public private(set) var recibos: [[String]] = []
  /// Goods at sub-manufacturers: RFC, document, place in it, day, which way, plant,
  /// sub-manufacturer, part, quantity, notice and the document by which they went.
  public private(set) var submaquila: [[String]] = []
  /// What cannot be read, or is not as the topics promise.
  public private(set) var faults: [String] = []

  private var postings: [String: PostingRow] = [:]
  private var shortages: [String: ShortageRow] = [:]
  private var exits: [String: ExitRow] = [:]
  private var moves: [String: MoveRow] = [:]
  private var receipts: [String: ReceiptRow] = [:]
  private var goods: [String: SubmanufactureRow] = [:]

  /// Reads the topics of a cluster.
  public init(_ cluster: Cluster) {
    let readers = (
      MessageReader<PostingRow>(), MessageReader<ShortageRow>(), MessageReader<ExitRow>()
    )
    var (posting, shortage, exit) = readers
    let others = (
      MessageReader<MoveRow>(), MessageReader<ReceiptRow>(), MessageReader<SubmanufactureRow>()
    )
    var (move, receipt, sent) = others
    for value in cluster.values(of: .report).joined() {
      value.withUnsafeBytes { text in
        if let row = try? posting.read(text) {
          take(row, into: \.postings)
        } else if let row = try? shortage.read(text) {
          take(row, into: \.shortages)
        } else if let row = try? exit.read(text) {
          take(row, into: \.exits)
        } else if let row = try? move.read(text) {
          take(row, into: \.moves)
        } else if let row = try? receipt.read(text) {
          take(row, into: \.receipts)
        } else if let row = try? sent.read(text) {
          take(row, into: \.goods)
        } else {
          faults.append("unreadable: \(String(decoding: text, as: UTF8.self))")
        }
      }
    }
    readBalances(cluster)
    foldPostings()
    foldMoves()
    faltantes = shortages.values.filter { $0.shortage > .zero }.map {
      [$0.plant, $0.document, "\($0.line)", $0.part, $0.shortage.description]
    }
    faltantes = LedgerFold.sorted(faltantes)
    salidas = LedgerFold.sorted(
      exits.values.filter { !$0.withdrawn }.map {
        [
          $0.rfc, $0.document, "\($0.item)", "\($0.line)", $0.plant, $0.part, "\($0.quantity)",
          "\($0.value)",
        ]
      })
  }

  private mutating func foldMoves() {
    traslados = LedgerFold.sorted(
      moves.values.filter { !$0.withdrawn }.map {
        [
          $0.rfc, $0.document, "\($0.item)", "\($0.date)", $0.plant, $0.toPlant, $0.part,
          "\($0.quantity)", $0.avisos,
        ]
      })
    recibos = LedgerFold.sorted(
      receipts.values.map {
        [$0.plant, $0.part, $0.document, "\($0.uom.code)", "\($0.quantity)", "\($0.latest)"]
      })
    submaquila = LedgerFold.sorted(
      goods.values.filter { !$0.withdrawn }.map {
        [
          $0.rfc, $0.document, "\($0.item)", "\($0.date)", $0.kind.rawValue, $0.plant,
          $0.submanufacturer, $0.part, "\($0.quantity)", $0.noticeFolio, $0.ofDocument ?? "",
        ]
      })
  }

  private mutating func take<Row: ReportRow>(
    _ row: Row, into rows: WritableKeyPath<ReportFold, [String: Row]>
  ) {
    if let known = self[keyPath: rows][row.row] {
      if known.version >= row.version {
        faults.append("\(row.row): version \(row.version) after \(known.version)")
        return
      }
      if Row.self == PostingRow.self { faults.append("\(row.row) was replaced") }
    }
    self[keyPath: rows][row.row] = row
  }

  private mutating func readBalances(_ cluster: Cluster) {
    var reader = MessageReader<BalanceRow>()
    var last: [String: [UInt8]] = [:]
    for record in cluster.records(of: .balances).joined() {
      last[String(decoding: record.key, as: UTF8.self)] = record.value
    }
    for (key, value) in last {
      guard let row = try? value.withUnsafeBytes({ try reader.read($0) }), row.row == key else {
        faults.append("balance of \(key): \(String(decoding: value, as: UTF8.self))")
        continue
      }
      saldos.append([
        row.plant, row.part, row.pedimento, "\(row.line)", "\(row.enteredOn)",
        row.dueOn.map { "\($0)" } ?? "", "\(row.quantity)", "\(row.balance)",
        "\(row.discharged)", "\(row.movedOut)", "\(row.value)", "\(row.valueLeft)",
      ])
    }
    saldos = LedgerFold.sorted(saldos)
  }

  /// Adds the postings up, reversals and all.
  private mutating func foldPostings() {
    var sums: [[String]: [Int64]] = [:]
    for row in postings.values where row.toPlant == nil {
      let key = [
        row.plant, row.document, "\(row.line)", row.part, row.product ?? "", row.pedimento,
        "\(row.entryLine)",
      ]
      let amounts = [
        row.incorporated.millionths, row.waste.millionths, row.scrap.millionths,
        row.value.centavos,
      ]
      sums[key] = zip(sums[key] ?? [0, 0, 0, 0], amounts).map { $0 + $1 }
      if let reversed = row.reverses, postings[reversed] == nil {
        faults.append("\(row.row) takes back \(reversed), which is not there")
      }
    }
    descargos = LedgerFold.sorted(
      sums.filter { $0.value != [0, 0, 0, 0] }.map { key, sums in
        key + sums.prefix(3).map { Quantity(millionths: $0).description }
          + [Money(centavos: sums[3]).description]
      })
  }
}

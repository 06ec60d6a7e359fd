import Ledger
import ReportingRules

/// Holds what came in against what is there and what went out, for every part of every company.
struct Conservation {
  /// A company and a part, in the order of the report.
  struct Key: Hashable, Comparable {
    var rfc: String
    var part: String

    static func < (a: Key, b: Key) -> Bool {
      let companies = CodePoints.compare(a.rfc, b.rfc)
      return companies != 0 ? companies < 0 : CodePoints.precedes(a.part, b.part)
    }
  }

  /// What is known of a company's part.
  struct Line {
    var key: Key
    var company: String
    var sums: ConservationSums
    var state: ConservationState
    /// Of an alarm: documents whose rows do not agree.
    var documents: [String]
  }

  /// One line for each company and part of which something came in, in order.
  let lines: [Line]

  /// The parts of which what came in is not accounted for.
  var alarms: [ExportSummary.Alarm] {
    lines.filter { $0.state == .alarm }.map {
      .init(rfc: $0.key.rfc, part: $0.key.part, documents: $0.documents)
    }
  }

  /// - Parameter isSettled: whether every message that was sent has been taken.
  init(_ stores: ReportStores, _ names: CatalogNames, isSettled: Bool) throws {
    var sums: [Key: ConservationSums] = [:]
    var companies: [String: String] = [:]
    var underWay: Set<Key> = []
    func key(_ row: RowCursor) -> Key {
      let company = names.company(ofPlant: row.bytes(0))
      companies[company.rfc] = company.name
      return Key(rfc: company.rfc, part: row.text(1))
    }
    for store in stores[.ledger] {
      try store.forEachRow(Self.books) { row in
        sums[key(row), default: ConservationSums()].add(Self.sums(row))
      }
      try store.forEachRow("SELECT plant, part FROM unfinished") { underWay.insert(key($0)) }
    }
    var lines = sums.sorted { $0.key < $1.key }.map { key, sums in
      Line(
        key: key, company: companies[key.rfc] ?? "", sums: sums,
        state: sums.state(isUnderWay: underWay.contains(key), isSettled: isSettled),
        documents: [])
    }
    // Whether a part that came and was withdrawn has left a book behind depends on what came first.
    lines.removeAll { $0.sums == ConservationSums() && $0.state == .holds }
    if lines.contains(where: { $0.state == .alarm }) {
      let causes = try ConservationCauses(stores, names, isSettled: isSettled)
      for index in lines.indices where lines[index].state == .alarm {
        lines[index].documents = causes.documents(of: lines[index].key)
      }
    }
    self.lines = lines
  }

  private static func sums(_ rows: RowCursor) -> ConservationSums {
    var sums = ConservationSums()
    if rows.integer(2) == 1 {
      sums.scrapOwed = rows.sum(5)
      sums.scrapDisposed = rows.sum(6) + rows.sum(7) + rows.sum(8)
      return sums
    }
    sums.opened = rows.sum(3)
    sums.arrived = rows.sum(4)
    sums.balance = rows.sum(5)
    sums.incorporated = rows.sum(6)
    sums.waste = rows.sum(7)
    sums.scrap = rows.sum(8)
    sums.moved = rows.sum(9)
    return sums
  }

  /// Columns: plant, part, account, opened by entries, arrived by moves, left; by standing
  /// postings of exits incorporated, waste, scrap; by those of moves all together.
  private static let books = """
    SELECT b.plant, b.part, b.account, ifnull(l.opened, 0), ifnull(l.arrived, 0),
      ifnull(l.balance, 0), ifnull(p.incorporated, 0), ifnull(p.waste, 0), ifnull(p.scrap, 0),
      ifnull(p.moved, 0)
    FROM book b
      LEFT JOIN (
        SELECT book, exact_sum(quantity) FILTER (WHERE source <> 1) AS opened,
          exact_sum(quantity) FILTER (WHERE source = 1) AS arrived,
          exact_sum(quantity - discharged - moved) AS balance
        FROM lot GROUP BY book) l ON l.book = b.id
      LEFT JOIN (
        SELECT d.book AS book,
          exact_sum(p.incorporated) FILTER (WHERE d.to_plant IS NULL) AS incorporated,
          exact_sum(p.waste) FILTER (WHERE d.to_plant IS NULL) AS waste,
          exact_sum(p.scrap) FILTER (WHERE d.to_plant IS NULL) AS scrap,
          exact_sum(p.incorporated, p.waste, p.scrap) FILTER (WHERE d.to_plant IS NOT NULL)
            AS moved
        FROM posting p JOIN demand d ON d.id = p.demand
        WHERE p.reverses IS NULL AND p.reversed = 0
        GROUP BY d.book) p ON p.book = b.id
    """
}

extension Conservation.Line {
  /// Writes the cells of the line, without its end.
  func write(_ names: CatalogNames, to cells: inout ReportRows) {
    cells.text(key.rfc)
    cells.text(company)
    cells.text(key.part)
    var part = key.part
    let unit = part.withUTF8 { names.unit(ofPart: UnsafeRawBufferPointer($0)) }
    cells.text(unit)
    for sum in [
      sums.opened, sums.balance, sums.incorporated, sums.waste, sums.scrap, sums.scrapOwed,
      sums.scrapDisposed, sums.inTransit, sums.difference,
    ] { cells.quantity(sum: sum) }
    cells.text(state.rawValue)
    cells.text(documents.joined(separator: "; "))
  }
}

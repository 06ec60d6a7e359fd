import Ledger
import Messages
import ReportingRules

/// Messages as the services send them, with what a test does not speak of filled in.
enum Facts {
  static let rfc = "ABC010203AB1"

  static func entry(
    _ plant: String = "JUA1", _ part: String = "M-1", lots: [LotState] = [],
    balances: [LotBalance] = [], demands: [DemandState] = [], postings: [Posting] = [],
    account: Account? = nil, more: Bool? = nil
  ) -> LedgerEntry {
    var entry = LedgerEntry(
      plant: plant, part: part, cause: Cause(document: "D", line: 1, revision: 1), received: 0)
    entry.account = account
    entry.more = more
    entry.lots = lots
    entry.balances = balances
    entry.demands = demands
    entry.postings = postings
    return entry
  }

  static func lot(
    _ lot: Int64, of pedimento: String = "260000000000001", line: Int32 = 1, _ quantity: String,
    value: String = "100", entered: String = "2026-01-10", due: String? = "2027-07-10",
    movedBy: String? = nil
  ) throws -> LotState {
    let entered = try CalendarDate(entered)
    return LotState(
      clave: "IN", dueOn: try due.map { try CalendarDate($0) }, enteredOn: entered, line: line,
      lot: lot, moved: movedBy.map { MoveReference(date: entered, document: $0, line: 1) },
      pedimento: pedimento, quantity: try Quantity(quantity), value: try Money(value))
  }

  /// Scrap that a line of a document left.
  static func scrap(
    _ lot: Int64, of pedimento: String = "260000000000001", _ quantity: String,
    value: String = "1", by document: String = "260000000000900", on day: String = "2026-02-01"
  ) throws -> LotState {
    LotState(
      clave: "IN", dueOn: nil, enteredOn: try CalendarDate("2026-01-10"), line: 1, lot: lot,
      moved: nil, pedimento: pedimento, quantity: try Quantity(quantity),
      value: try Money(value),
      discharge: DischargeReference(
        SequenceKey(
          date: try CalendarDate(day), rank: .exit, document: document, line: 1, product: "P-1")))
  }

  static func balance(
    _ lot: Int64, discharged: String = "0", moved: String = "0", value: String = "0"
  ) throws -> LotBalance {
    LotBalance(
      discharged: try Quantity(discharged), lot: lot, movedOut: try Quantity(moved),
      value: try Money(value))
  }

  static func demand(
    _ demand: Int64, _ document: String = "260000000000900", line: Int32 = 1,
    date: String = "2026-02-01", product: String? = nil, shortage: String = "0",
    toPlant: String? = nil, gone: Bool = false, clave: String = "RT"
  ) throws -> DemandState {
    DemandState(
      clave: clave, date: try CalendarDate(date), demand: demand, document: document, gone: gone,
      line: line, product: product, shortage: try Quantity(shortage), toPlant: toPlant)
  }

  static func posting(
    _ posting: Int64, demand: Int64, lot: Int64, _ incorporated: String, waste: String = "0",
    scrap: String = "0", value: String = "0", reverses: Int64? = nil
  ) throws -> Posting {
    Posting(
      demand: demand, incorporated: try Quantity(incorporated), lot: lot, posting: posting,
      reverses: reverses, scrap: try Quantity(scrap), value: try Money(value),
      waste: try Quantity(waste))
  }

  static func line(
    _ line: Int32 = 1, of part: String = "M-1", plant: String = "JUA1", _ quantity: String = "5",
    value: String = "10.5", due: String? = nil
  ) throws -> RecordLine {
    RecordLine(
      dueOn: try due.map { try CalendarDate($0) }, line: line, nico: "01", originCountry: "USA",
      part: part, plant: plant, quantity: try Quantity(quantity), tariffItem: "85340099",
      uom: try unit(6), value: try Money(value))
  }

  /// The text of a report of documents that say no details, from one of its other columns.
  static func detailed(_ text: String, _ file: ReportFile) -> String {
    let lines = text.split(separator: "\n").enumerated().map { index, line in
      if index == 0 {
        return ([line] + file.details.map { $0.column.name[...] }).joined(separator: ",")
      }
      // Of a pedimento's number the office and the licence; an act has none.
      let digits = line.contains(",ACTA") ? ["", ""] : ["00", "0000"]
      return
        ([line] + (digits + Array(repeating: "", count: file.details.count - 2)).map { $0[...] })
        .joined(separator: ",")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func record(
    _ document: String, kind: DocumentRecord.Kind = .pedimento,
    state: DocumentRecord.State = .counts, clave: String? = "IN",
    operation: Operation? = .import, revision: Int64 = 1, lines: [RecordLine] = [],
    pending: [PendingFact] = [], date: String = "2026-01-10", notice: String? = nil
  ) throws -> DocumentRecord {
    DocumentRecord(
      document: document, kind: kind, rfc: rfc, state: state, clave: clave,
      date: try CalendarDate(date), operation: operation, lines: lines, pending: pending,
      received: 0, revision: revision, notice: notice)
  }

  static func pending(
    _ id: String, code: String = "wait.bom", detail: String = "P-1", rejected: Bool = false
  ) -> PendingFact {
    PendingFact(
      code: code, detail: detail, id: id, received: 1_767_225_600_500, rejected: rejected,
      source: "erp", type: "immex.pedimento.v1")
  }

  static func rejected(
    _ id: String, field: String = "data.quantity", value: String = "x", event: String = "{}",
    provisional: Bool = false, received: Int64 = 0
  ) -> RejectedEvent {
    RejectedEvent(
      rejection: Rejection(.quantityMalformed, field: field, value: value), event: event,
      source: "mes", id: id, type: "immex.stock.v1", received: received,
      provisional: provisional)
  }

  static func unit(_ code: Int) throws -> UnitOfMeasure {
    guard let unit = UnitOfMeasure(code: code) else { throw UnknownUnit(code: code) }
    return unit
  }

  struct UnknownUnit: Error { var code: Int }
}

/// Events of the catalogue as producers send them.
enum CatalogEvent {
  static func company(
    _ rfc: String = Facts.rfc, name: String, id: String = "c", time: String = start,
    source: String = "erp"
  ) -> [UInt8] {
    event(
      "immex.company.v1", id, time,
      #"{"rfc":"\#(rfc)","name":"\#(name)","immexProgram":"1234-2020","certification":null}"#,
      source: source)
  }

  static func plant(
    _ plant: String, rfc: String = Facts.rfc, id: String = "p", time: String = start,
    zone: String? = nil
  ) -> [UInt8] {
    let zone = zone.map { #","timeZone":"\#($0)""# } ?? ""
    return event(
      "immex.plant.v1", id, time,
      #"{"plant":"\#(plant)","rfc":"\#(rfc)","name":"Planta","address":"Calle 1"\#(zone)}"#)
  }

  static func part(
    _ part: String, uom: Int = 6, description: String = "Tarjeta", id: String = "x",
    time: String = start, conversions: [Int: String] = [:]
  ) -> [UInt8] {
    let factors = conversions.sorted { $0.key < $1.key }
      .map { #"{"uom":\#($0.key),"factor":"\#($0.value)"}"# }
    return event(
      "immex.part.v1", id, time,
      """
      {"part":"\(part)","kind":"material","description":"\(description)","tariffItem":"85340099",\
      "nico":"01","uom":\(uom),"category":"108-I",\
      "conversions":[\(factors.joined(separator: ","))]}
      """)
  }

  static func bom(
    _ product: String, version: String = "1", from day: String = "2026-01-01",
    plant: String? = nil, perUnit: String = "1", id: String = "b", time: String = start
  ) -> [UInt8] {
    let plant = plant.map { #""plant":"\#($0)","# } ?? ""
    return event(
      "immex.bom.v1", id, time,
      """
      {"product":"\(product)","version":"\(version)","validFrom":"\(day)",\(plant)\
      "components":[{"part":"M-1","perUnit":"\(perUnit)","waste":"0.5"}]}
      """)
  }

  static let start = "2026-01-01T00:00:00Z"

  static func event(
    _ type: String, _ id: String, _ time: String, _ data: String, source: String = "erp"
  ) -> [UInt8] {
    let text = """
      {"specversion":"1.0","id":"\(id)","source":"\(source)","type":"\(type)","time":"\(time)",\
      "data":\(data)}
      """
    return Array(text.utf8)
  }
}

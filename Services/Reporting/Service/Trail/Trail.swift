import Ledger
import ReportingRules

/// What leads from an exit to its entries, or from an entry to all that drew on it.
public struct Trail: Sendable {
  /// What was asked.
  public let question: TrailQuestion
  /// The day as of which the books are; nil for as they stand.
  public let asOf: CalendarDate?
  /// The documents that it goes through, for who knows the events behind them.
  public let documents: [TrailDocument]
  /// The rows of each table, each as many cells as the table has columns, empty for what is not
  /// there.
  public private(set) var rows: [TrailTable: [[String]]]

  init(
    question: TrailQuestion, asOf: CalendarDate?, documents: [TrailDocument],
    rows: [TrailTable: [[String]]]
  ) {
    (self.question, self.asOf, self.documents) = (question, asOf, documents)
    self.rows = rows
  }

  /// Whether nothing was found.
  public var isEmpty: Bool {
    [.documents, .postings, .lots].allSatisfy { rows[$0, default: []].isEmpty }
  }

  /// Whether rows are left out for want of room.
  public var isCut: Bool { self[.cuts].contains { !$0[1].isEmpty } }

  /// The rows of a table.
  public subscript(table: TrailTable) -> [[String]] { rows[table] ?? [] }

  /// A cell of a row, by its column's name; nil where there is no such column.
  public func cell(_ name: String, of row: [String], in table: TrailTable) -> String? {
    table.columns.firstIndex { $0.name == name }.map { row[$0] }
  }

  /// Adds the events behind the documents; nil where nobody here knows any.
  ///
  /// More than fit are cut, and that is noted.
  public mutating func add(_ events: [TrailEvent]?) {
    guard let events else {
      note(.events, nil, "los eventos están en otra carpeta, con el servicio ingest")
      return
    }
    rows[.events] = events.prefix(question.limit).map(\.cells)
    if events.count > question.limit { noteLimit(.events) }
  }

  mutating func noteLimit(_ table: TrailTable) {
    note(table, question.limit, "hay más renglones que el límite")
  }

  mutating func note(_ table: TrailTable, _ limit: Int?, _ reason: String) {
    rows[.cuts, default: []].append([table.rawValue, limit.map { "\($0)" } ?? "", reason])
  }

  /// The trail as one JSON object: what was asked, and of each table an array of its rows.
  public var json: [UInt8] {
    var bytes = Array("{\"consulta\":".utf8)
    var asked: [String: Any] = [
      "sentido": question.direction.rawValue, "documento": question.document,
      "limite": question.limit,
    ]
    asked["linea"] = question.line
    asked["numero_parte"] = question.part
    asked["planta"] = question.plant
    asked["al"] = asOf.map { "\($0)" }
    bytes += (try? JSONValueText.bytes(asked)) ?? Array("null".utf8)
    for table in TrailTable.allCases {
      bytes += Array(",\n\"\(table.rawValue)\":".utf8)
      var objects = JSONRows(table.columns.map(\.name))
      for row in self[table] {
        for (cell, column) in zip(row, table.columns) {
          var cell = cell
          cell.withUTF8 { text in
            let text = UnsafeRawBufferPointer(text)
            if text.isEmpty {
              objects.null()
            } else if column.kind == .integer {
              objects.number(text)
            } else {
              objects.text(utf8: text)
            }
          }
        }
        objects.endRow()
      }
      objects.finish()
      bytes += objects.bytes
    }
    return bytes + Array("}\n".utf8)
  }
}

/// A document that a trail goes through.
public struct TrailDocument: Hashable, Sendable {
  /// pedimento, act or move.
  public var kind: String
  /// The company's.
  public var rfc: String
  /// Its number.
  public var number: String
}

/// An event behind a document.
public struct TrailEvent: Sendable {
  /// The company's, the document's number, the CloudEvents type.
  public var rfc: String, document: String, type: String
  /// Whether it counts: no other version does in its stead, and it was not withdrawn.
  public var counts: Bool
  /// The CloudEvents source, id and time.
  public var source: String, id: String, time: Instant?
  /// Milliseconds since the epoch.
  public var received: Int64
  /// The file and the line that it came from.
  public var place: (file: String, line: Int64)?
  /// Where it lies as it came.
  public var origin: (topic: String, partition: Int32, offset: Int64)?

  /// An event of a document.
  public init(
    rfc: String, document: String, type: String, counts: Bool, source: String, id: String,
    time: Instant?, received: Int64, place: (file: String, line: Int64)?,
    origin: (topic: String, partition: Int32, offset: Int64)?
  ) {
    (self.rfc, self.document, self.type, self.counts) = (rfc, document, type, counts)
    (self.source, self.id, self.time, self.received) = (source, id, time, received)
    (self.place, self.origin) = (place, origin)
  }

  var cells: [String] {
    [
      rfc, document, type, counts ? "si" : "no", source, id, time?.description ?? "",
      Reason.instant(milliseconds: received), place?.file ?? "",
      place.flatMap { $0.line > 0 ? "\($0.line)" : nil } ?? "", origin?.topic ?? "",
      origin.map { "\($0.partition)" } ?? "", origin.map { "\($0.offset)" } ?? "",
    ]
  }
}

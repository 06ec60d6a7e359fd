import Ledger
import Messages

extension JournalRecord {
  /// Reads the first layout: integers in their own width. Nothing writes it any more.
  init?(layout1 bytes: UnsafeRawBufferPointer) {
    var reader = ByteReader(bytes: bytes)
    guard reader.integer(UInt8.self) == 1 else { return nil }
    previous = reader.integer()
    let date = CalendarDate(days: reader.integer())
    guard let rank = Rank(rawValue: reader.integer()) else { return nil }
    let line: Int32 = reader.integer()
    let component: Int32 = reader.integer()
    var key = SequenceKey(
      date: date, rank: rank, document: reader.text(), line: line, component: component,
      product: reader.text())
    let id: Int64 = reader.integer()
    let revision: Int64 = reader.integer()
    let clave = reader.text()
    let asked = reader.split()
    let toPlant = reader.text()
    var directed: [EntryReference] = []
    for _ in 0..<reader.integer(UInt32.self) where !reader.failed {
      directed.append(EntryReference(pedimento: reader.text(), line: reader.integer()))
    }
    key.directed = !directed.isEmpty
    var takes: [Take] = []
    for _ in 0..<reader.integer(UInt32.self) where !reader.failed {
      takes.append(
        Take(
          lot: reader.integer(), quantity: reader.split(), value: reader.integer(),
          posting: reader.integer()))
    }
    guard !reader.failed else { return nil }
    demand = Demand(
      id: id, revision: revision, key: key, clave: clave, asked: asked, directed: directed,
      toPlant: toPlant.isEmpty ? nil : toPlant, takes: takes)
  }
}

extension ByteReader {
  fileprivate mutating func split() -> Split {
    Split(incorporated: integer(), waste: integer(), scrap: integer())
  }
}

import Ledger
import Messages

/// A served demand as the journal keeps it: little-endian integers and counted text.
///
/// The layout is on disk: a new one gets a new first byte, and the old one stays readable.
struct JournalRecord: Equatable {
  /// The record before it in the book's chain, -1 for none.
  var previous: Int64
  var demand: Demand

  static let layout: UInt8 = 1

  static func write(_ demand: Demand, previous: Int64, to bytes: inout [UInt8]) {
    var writer = ByteWriter(bytes: bytes)
    bytes = []
    writer.integer(layout)
    writer.integer(previous)
    writer.integer(demand.key.date.days)
    writer.integer(demand.key.rank.rawValue)
    writer.integer(demand.key.line)
    writer.integer(demand.key.component)
    writer.text(demand.key.document)
    writer.text(demand.key.product)
    writer.integer(demand.id)
    writer.integer(demand.revision)
    writer.text(demand.clave)
    writer.split(demand.asked)
    writer.text(demand.toPlant ?? "")
    writer.integer(UInt16(demand.directed.count))
    for entry in demand.directed {
      writer.text(entry.pedimento)
      writer.integer(entry.line)
    }
    writer.integer(UInt32(demand.takes.count))
    for take in demand.takes {
      writer.integer(take.lot)
      writer.split(take.quantity)
      writer.integer(take.value)
      writer.integer(take.posting)
    }
    bytes = writer.bytes
  }

  init?(_ bytes: UnsafeRawBufferPointer) {
    var reader = ByteReader(bytes: bytes)
    guard reader.integer(UInt8.self) == Self.layout else { return nil }
    previous = reader.integer()
    let date = CalendarDate(days: reader.integer())
    guard let rank = Rank(rawValue: reader.integer()) else { return nil }
    let line: Int32 = reader.integer()
    let component: Int32 = reader.integer()
    let key = SequenceKey(
      date: date, rank: rank, document: reader.text(), line: line, component: component,
      product: reader.text())
    let id: Int64 = reader.integer()
    let revision: Int64 = reader.integer()
    let clave = reader.text()
    let asked = reader.split()
    let toPlant = reader.text()
    var directed: [EntryReference] = []
    for _ in 0..<reader.integer(UInt16.self) where !reader.failed {
      directed.append(EntryReference(pedimento: reader.text(), line: reader.integer()))
    }
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

extension ByteWriter {
  fileprivate mutating func split(_ value: Split) {
    integer(value.incorporated)
    integer(value.waste)
    integer(value.scrap)
  }
}

extension ByteReader {
  fileprivate mutating func split() -> Split {
    Split(incorporated: integer(), waste: integer(), scrap: integer())
  }
}

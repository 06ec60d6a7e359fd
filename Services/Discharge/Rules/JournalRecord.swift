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

struct ByteWriter {
  var bytes: [UInt8]

  @inline(__always)
  mutating func integer(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func text(_ value: String) {
    var value = value
    value.withUTF8 { utf8 in
      integer(UInt16(utf8.count))
      bytes.append(contentsOf: utf8)
    }
  }

  mutating func split(_ value: Split) {
    integer(value.incorporated)
    integer(value.waste)
    integer(value.scrap)
  }
}

struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  var position = 0
  /// Whether something was read behind the end.
  var failed = false

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) -> Value {
    let size = MemoryLayout<Value>.size
    guard position + size <= bytes.count else {
      failed = true
      return 0
    }
    defer { position += size }
    return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Value.self))
  }

  mutating func text() -> String {
    let count = Int(integer(UInt16.self))
    guard position + count <= bytes.count else {
      failed = true
      return ""
    }
    defer { position += count }
    return String(decoding: bytes[position..<position + count], as: UTF8.self)
  }

  mutating func split() -> Split {
    Split(incorporated: integer(), waste: integer(), scrap: integer())
  }
}

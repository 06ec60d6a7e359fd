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

  /// Writes the record over what is in the buffer, whose room is used again for the next: writing
  /// byte by byte costs more than the matching.
  static func write(_ demand: Demand, previous: Int64, over bytes: inout [UInt8]) -> Int {
    let size = size(of: demand)
    if bytes.count < size { bytes = Array(repeating: 0, count: max(size * 2, 1_024)) }
    return bytes.withUnsafeMutableBytes { buffer in
      var writer = RawWriter(buffer: buffer)
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
      writer.integer(UInt32(demand.directed.count))
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
      return writer.position
    }
  }

  private static func size(of demand: Demand) -> Int {
    let texts =
      demand.key.document.utf8.count + demand.key.product.utf8.count + demand.clave.utf8.count
      + (demand.toPlant?.utf8.count ?? 0)
    let directed = demand.directed.reduce(0) { $0 + $1.pedimento.utf8.count + 6 }
    // Integers and the lengths of four texts, and of each take six integers.
    return 80 + texts + directed + demand.takes.count * 48
  }

  init?(_ bytes: UnsafeRawBufferPointer) {
    var reader = ByteReader(bytes: bytes)
    guard reader.integer(UInt8.self) == Self.layout else { return nil }
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

/// Writes what ``ByteReader`` reads, into memory that is known to be large enough.
private struct RawWriter {
  let buffer: UnsafeMutableRawBufferPointer
  var position = 0

  init(buffer: UnsafeMutableRawBufferPointer) { self.buffer = buffer }

  @inline(__always)
  mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
    buffer.storeBytes(of: value.littleEndian, toByteOffset: position, as: Value.self)
    position += MemoryLayout<Value>.size
  }

  mutating func text(_ value: String) {
    var value = value
    value.withUTF8 { utf8 in
      integer(UInt16(clamping: utf8.count))
      UnsafeMutableRawBufferPointer(rebasing: buffer[position...]).copyMemory(
        from: UnsafeRawBufferPointer(utf8))
      position += utf8.count
    }
  }

  mutating func split(_ value: Split) {
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

import Ledger
import Messages

/// A served demand as the journal keeps it.
///
/// The layout is on disk: a new one gets a new first byte, and the old ones stay readable. A late
/// fact writes the end of a book's chain anew, up to all of it, so records are made short: integers
/// are in groups of seven bits (``VariableIntegers``), which makes most of them one byte.
struct JournalRecord: Equatable {
  /// The record before it in the book's chain, -1 for none.
  var previous: Int64
  var demand: Demand

  static let layout: UInt8 = 2

  /// Writes the record over what is in the buffer, whose room is used again for the next: writing
  /// byte by byte costs more than the matching.
  static func write(_ demand: Demand, previous: Int64, over bytes: inout [UInt8]) -> Int {
    let size = size(of: demand)
    if bytes.count < size { bytes = Array(repeating: 0, count: max(size * 2, 1_024)) }
    return bytes.withUnsafeMutableBytes { buffer in
      var writer = VariableIntegers.Writer(buffer)
      writer.byte(layout)
      writer.signed(previous)
      writer.signed(Int64(demand.key.date.days))
      writer.byte(demand.key.rank.rawValue)
      writer.signed(Int64(demand.key.line))
      writer.signed(Int64(demand.key.component))
      writer.text(demand.key.document)
      writer.text(demand.key.product)
      writer.signed(demand.id)
      writer.signed(demand.revision)
      writer.text(demand.clave)
      writer.split(demand.asked)
      writer.text(demand.toPlant ?? "")
      writer.unsigned(UInt64(demand.directed.count))
      for entry in demand.directed {
        writer.text(entry.pedimento)
        writer.signed(Int64(entry.line))
      }
      writer.unsigned(UInt64(demand.takes.count))
      for take in demand.takes {
        writer.signed(take.lot)
        writer.split(take.quantity)
        writer.signed(take.value)
        writer.signed(take.posting)
      }
      return writer.count
    }
  }

  /// At most so many bytes: an integer has ten at most, and a text that and itself.
  private static func size(of demand: Demand) -> Int {
    let texts =
      demand.key.document.utf8.count + demand.key.product.utf8.count + demand.clave.utf8.count
      + (demand.toPlant?.utf8.count ?? 0)
    let directed = demand.directed.reduce(0) { $0 + $1.pedimento.utf8.count + 20 }
    return 170 + texts + directed + demand.takes.count * 60
  }

  /// Reads a record of any layout; nil if it is none.
  init?(_ bytes: UnsafeRawBufferPointer) {
    if bytes.first == Self.layout {
      self.init(layout2: bytes)
    } else {
      self.init(layout1: bytes)
    }
  }

  private init?(layout2 bytes: UnsafeRawBufferPointer) {
    var reader = VariableIntegers.Reader(UnsafeRawBufferPointer(rebasing: bytes[1...]))
    previous = reader.signed()
    let date = CalendarDate(days: reader.short())
    guard let rank = Rank(rawValue: reader.byte()) else { return nil }
    let line = reader.short()
    let component = reader.short()
    var key = SequenceKey(
      date: date, rank: rank, document: reader.text(), line: line, component: component,
      product: reader.text())
    let id = reader.signed()
    let revision = reader.signed()
    let clave = reader.text()
    let asked = reader.split()
    let toPlant = reader.text()
    var directed: [EntryReference] = []
    for _ in 0..<reader.unsigned() {
      directed.append(EntryReference(pedimento: reader.text(), line: reader.short()))
      guard !reader.failed else { return nil }
    }
    key.directed = !directed.isEmpty
    var takes: [Take] = []
    for _ in 0..<reader.unsigned() {
      takes.append(
        Take(
          lot: reader.signed(), quantity: reader.split(), value: reader.signed(),
          posting: reader.signed()))
      guard !reader.failed else { return nil }
    }
    guard !reader.failed else { return nil }
    demand = Demand(
      id: id, revision: revision, key: key, clave: clave, asked: asked, directed: directed,
      toPlant: toPlant.isEmpty ? nil : toPlant, takes: takes)
  }
}

extension JournalRecord {
  /// A record that is moved: what it says is not looked at, but for the record before it.
  struct Bytes {
    /// The record before it in the book's chain, -1 for none.
    let previous: Int64
    /// How many bytes it has where it is.
    let size: Int
    /// Everything behind ``previous``.
    private let rest: [UInt8]

    /// Of a record of any layout; nil if it is none.
    init?(_ bytes: UnsafeRawBufferPointer) {
      size = bytes.count
      if bytes.first == JournalRecord.layout {
        var reader = VariableIntegers.Reader(UnsafeRawBufferPointer(rebasing: bytes[1...]))
        previous = reader.signed()
        guard !reader.failed else { return nil }
        rest = Array(bytes[(1 + reader.position)...])
      } else {
        guard let record = JournalRecord(bytes) else { return nil }
        previous = record.previous
        var written: [UInt8] = []
        let count = JournalRecord.write(record.demand, previous: 0, over: &written)
        // The layout and the zero.
        rest = Array(written[2..<count])
      }
    }

    /// The record behind another one.
    func written(after previous: Int64) -> [UInt8] {
      var head = [UInt8](repeating: 0, count: 11)
      let count = head.withUnsafeMutableBytes { buffer in
        var writer = VariableIntegers.Writer(buffer)
        writer.byte(JournalRecord.layout)
        writer.signed(previous)
        return writer.count
      }
      return head[..<count] + rest
    }
  }
}

extension VariableIntegers.Writer {
  fileprivate mutating func split(_ value: Split) {
    signed(value.incorporated)
    signed(value.waste)
    signed(value.scrap)
  }
}

extension VariableIntegers.Reader {
  fileprivate mutating func split() -> Split {
    Split(incorporated: signed(), waste: signed(), scrap: signed())
  }
}

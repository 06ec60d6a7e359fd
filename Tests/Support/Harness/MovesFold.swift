import Ledger
import Messages

/// Moves between plants and their receipts, as records and ledger say in the end.
public struct MovesFold {
  /// Rows of the receiving plant, part, document, day, sending plant, notices, what the document
  /// says, what lots covered of it, RFC; sorted as text.
  public private(set) var moves: [[String]] = []
  /// Of each receiving plant, part and document of a move: those three, when the last was received,
  /// each unit with its sum; sorted as text.
  public private(set) var receipts: [[String]] = []
  /// Promises that were broken.
  public private(set) var faults: [String] = []

  /// Reads the partitions of both topics.
  public init(ledger: [[[UInt8]]], records: [[[UInt8]]]) {
    var covered: [[String]: Int64] = [:]
    var latest: [[String]: Receipts] = [:]
    for partition in ledger { read(partition, &covered, &latest) }
    var named: Set<[String]> = []
    for record in Self.last(records) {
      for move in record.moves ?? [] {
        let key = [move.toPlant, move.part, record.document, "\(move.date)", move.plant]
        named.insert(Array(key[..<3]))
        moves.append(
          key + [
            move.avisos.joined(separator: " "), "\(move.quantity)",
            "\(Quantity(millionths: covered[key] ?? 0))", record.rfc,
          ])
      }
    }
    moves = LedgerFold.sorted(moves)
    receipts = LedgerFold.sorted(
      latest.filter { named.contains($0.key) }.compactMap { key, receipts in
        let sums = receipts.sums.filter { $0.quantity > .zero }
        guard !sums.isEmpty else { return nil }
        return key + ["\(receipts.latest)"] + sums.map { "\($0.quantity) of \($0.uom.code)" }
      })
  }

  private mutating func read(
    _ messages: [[UInt8]], _ covered: inout [[String]: Int64],
    _ latest: inout [[String]: Receipts]
  ) {
    var reader = MessageReader<LedgerEntry>()
    var demands: [Int64: [String]] = [:]
    var live: [Int64: Posting] = [:]
    for message in messages {
      guard let entry = message.withUnsafeBytes({ try? reader.read($0) }) else { continue }
      for demand in entry.demands {
        guard let toPlant = demand.toPlant else { continue }
        demands[demand.demand] =
          demand.gone
          ? nil : [toPlant, entry.part, demand.document, "\(demand.date)", entry.plant]
      }
      for posting in entry.postings {
        if let reversed = posting.reverses {
          live[reversed] = nil
        } else {
          live[posting.posting] = posting
        }
      }
      guard let receipts = entry.receipts else { continue }
      let key = [entry.plant, entry.part, receipts.document]
      // What is told is what there is in all: it grows, and is told only where it did.
      if let known = latest[key], known == receipts || known.latest > receipts.latest {
        faults.append("\(receipts) after \(known)")
      }
      latest[key] = receipts
    }
    for posting in live.values {
      if let move = demands[posting.demand] { covered[move, default: 0] += posting.total }
    }
  }

  private static func last(_ partitions: [[[UInt8]]]) -> [DocumentRecord] {
    var reader = MessageReader<DocumentRecord>()
    var last: [[String]: DocumentRecord] = [:]
    for message in partitions.joined() {
      guard let record = message.withUnsafeBytes({ try? reader.read($0) }), record.kind == .move
      else { continue }
      let name = [record.rfc, record.document]
      if let known = last[name], known.revision >= record.revision { continue }
      last[name] = record
    }
    return Array(last.values)
  }
}

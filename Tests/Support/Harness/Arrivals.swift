import Ledger
import Messages

/// What moves bring to plants, against what they take at others: nothing is there that was not
/// sent, and nothing older comes after what is newer. That holds while goods are under way.
public enum Arrivals {
  /// A lot that a move brings, as one message tells it.
  private struct Told: Equatable {
    var quantity: Quantity
    var value: Money
    var dueOn: CalendarDate?
    var clave: String

    init(_ quantity: Quantity, _ value: Money, _ dueOn: CalendarDate?, _ clave: String) {
      // Of what is withdrawn nothing else matters.
      let isGone = quantity == .zero
      (self.quantity, self.value) = (quantity, isGone ? .zero : value)
      (self.dueOn, self.clave) = isGone ? (nil, "") : (dueOn, clave)
    }
  }

  /// What is wrong in the partitions of the ledger.
  public static func faults(_ ledger: [[[UInt8]]]) -> [String] {
    var reader = MessageReader<LedgerEntry>()
    var sent: [[String]: [Told]] = [:]
    var arrived: [[String]: [Told]] = [:]
    for message in ledger.joined() {
      guard let entry = message.withUnsafeBytes({ try? reader.read($0) }) else { continue }
      for taking in entry.moves {
        let name = [taking.toPlant, entry.part] + words(taking.move)
        let entryLine = [taking.pedimento, "\(taking.line)", "\(taking.enteredOn)"]
        sent[name + entryLine, default: []].append(
          Told(taking.quantity, taking.value, taking.dueOn, taking.clave))
      }
      for lot in entry.lots {
        guard let move = lot.moved else { continue }
        let name = [entry.plant, entry.part] + words(move)
        let entryLine = [lot.pedimento, "\(lot.line)", "\(lot.enteredOn)"]
        arrived[name + entryLine, default: []].append(
          Told(lot.quantity, lot.value, lot.dueOn, lot.clave))
      }
    }
    return arrived.compactMap { name, told in
      var left = sent[name, default: []][...]
      for (index, lot) in told.enumerated() where index == 0 || told[index - 1] != lot {
        guard let place = left.firstIndex(of: lot) else {
          return "\(name.joined(separator: " ")): \(lot) was not sent, or before what came first"
        }
        left = left[(place + 1)...]
      }
      return nil
    }
  }

  private static func words(_ move: MoveReference) -> [String] {
    [move.plant, move.document, "\(move.date)", "\(move.line)"]
  }
}

import Ledger
import Messages

/// A demand of a book with what it took.
struct Demand: Equatable {
  let id: Int64
  var revision: Int64
  var key: SequenceKey
  var clave: String
  var asked: Split
  /// The entries it draws on; empty for first in first out.
  var directed: [EntryReference]
  var toPlant: String?
  var takes: [Take] = []

  /// A demand of all its parts.
  init(
    id: Int64, revision: Int64, key: SequenceKey, clave: String, asked: Split,
    directed: [EntryReference], toPlant: String?, takes: [Take] = []
  ) {
    self.id = id
    self.revision = revision
    self.key = key
    self.clave = clave
    self.asked = asked
    self.directed = directed
    self.toPlant = toPlant
    self.takes = takes
  }

  /// Expired lots serve only A3 (Rules.md#R5.4).
  var mayTakeExpired: Bool { clave == "A3" }
  var isMove: Bool { toPlant != nil }
  var isDirected: Bool { !directed.isEmpty }

  /// What no lot could give, in millionths.
  var shortage: Int64 { takes.reduce(asked.total) { $0 - $1.total } }

  func mayTake(_ lot: Lot) -> Bool {
    guard lot.balance > 0, lot.isAvailable(before: key) else { return false }
    return !isDirected || names(lot)
  }

  func names(_ lot: Lot) -> Bool {
    directed.contains { $0.line == lot.line && $0.pedimento == lot.pedimento }
  }

  func state(gone: Bool = false) -> DemandState {
    DemandState(
      clave: clave, date: key.date, demand: id, document: key.document, gone: gone, line: key.line,
      product: isMove || key.product.isEmpty ? nil : key.product,
      shortage: gone ? .zero : Quantity(millionths: shortage), toPlant: toPlant)
  }
}

extension DemandMovement {
  /// The demand that this movement states.
  func demand(_ id: Int64, asked: Split) -> Demand {
    Demand(
      id: id, revision: revision, key: key, clave: clave, asked: asked, directed: directed ?? [],
      toPlant: toPlant)
  }
}

/// A quantity in its three uses, in millionths of the base unit.
struct Split: Equatable {
  var incorporated: Int64
  /// Merma.
  var waste: Int64
  /// Desperdicio.
  var scrap: Int64

  static let none = Split(incorporated: 0, waste: 0, scrap: 0)

  var total: Int64 { incorporated + waste + scrap }

  /// Takes at most so much off the front: incorporated first, then waste, then scrap.
  mutating func draw(atMost limit: Int64) -> Split {
    let first = min(limit, incorporated)
    let second = min(limit - first, waste)
    let third = min(limit - first - second, scrap)
    incorporated -= first
    waste -= second
    scrap -= third
    return Split(incorporated: first, waste: second, scrap: third)
  }
}

/// What a demand took of one lot.
struct Take: Equatable {
  var lot: Int64
  var quantity: Split
  /// Centavos.
  var value: Int64
  /// The posting that says so.
  var posting: Int64

  var total: Int64 { quantity.total }

  func isSame(as other: Take) -> Bool {
    lot == other.lot && quantity == other.quantity && value == other.value
  }

  func posted(by demand: Int64, as number: Int64, reverses: Int64? = nil) -> Posting {
    Posting(
      demand: demand, incorporated: Quantity(millionths: quantity.incorporated), lot: lot,
      posting: number, reverses: reverses, scrap: Quantity(millionths: quantity.scrap),
      value: Money(centavos: value), waste: Quantity(millionths: quantity.waste))
  }
}

import Ledger

/// What events of one document that move the same part the same way on one day come to.
struct MoveSum {
  /// The notices that the events name.
  private(set) var avisos: Set<String> = []
  /// The events' places among those of the document.
  private(set) var facts: [Int] = []
  private var sum = UnboundedDecimal.zero

  /// Adds what one event says, in the base unit.
  mutating func add(_ base: UnboundedDecimal, under aviso: String, fact: Int) {
    avisos.insert(aviso)
    facts.append(fact)
    sum += base
  }

  /// The sum, rounded once; nil if it is too large.
  ///
  /// Then none of the events counts: which of them is too much would depend on their order of
  /// arrival.
  var quantity: Quantity? { try? Quantity(rounding: sum) }
}

import Ledger

/// What events of one document that move the same part the same way on one day come to.
struct MoveSum {
  /// The notices that the events name.
  private(set) var avisos: Set<String> = []
  /// The events' places among those of the document.
  private(set) var facts: [Int] = []
  private var parts: [ExactDecimal] = []

  /// Adds what one event says, in the base unit.
  mutating func add(_ base: ExactDecimal, under aviso: String, fact: Int) {
    avisos.insert(aviso)
    facts.append(fact)
    parts.append(base)
  }

  /// The sum, rounded once; nil where it is too large, or too finely divided, to be had exactly.
  ///
  /// Then none of the events counts: which of them is too much would hang on their order of
  /// arrival. For the same reason they are added up by size.
  var quantity: Quantity? {
    var sum = ExactDecimal.zero
    for part in parts.sorted() {
      guard let more = try? sum + part else { return nil }
      sum = more
    }
    return try? Quantity(rounding: sum)
  }
}

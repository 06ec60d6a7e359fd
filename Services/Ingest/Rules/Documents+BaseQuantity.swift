import Ledger
import Messages

extension Documents {
  /// A quantity of a part in the part's base unit, exact: who adds up rounds the sum
  /// (Rules.md#R2.2). Nil if that cannot be told, for a reason that stands in the derivation
  /// then.
  func base(
    _ quantity: ExactDecimal, _ uom: UnitOfMeasure, of name: String, fact index: Int,
    _ derivation: inout Derivation
  ) -> UnboundedDecimal? {
    derivation.subjects.insert("part:" + name)
    guard let part = catalog.parts[name]?.fact else {
      derivation.problems.append(.waits(.partUnknown, name, fact: index))
      return nil
    }
    guard let factor = part.factor(of: uom) else {
      derivation.problems.append(
        .rejected(.uomNoConversion, "\(name), umc \(uom.code)", fact: index))
      return nil
    }
    return UnboundedDecimal(quantity) * UnboundedDecimal(factor)
  }
}

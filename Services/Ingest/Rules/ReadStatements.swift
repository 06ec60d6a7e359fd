/// What documents say, by their names, as it was read of late; so many are kept.
///
/// A class, because deriving asks a copy of the core for other documents: what that reads is known
/// from then on, and nothing is copied for it.
final class ReadStatements {
  private var statements: [String: Statement] = [:]
  private static let limit = 1_000

  subscript(name: String) -> Statement? {
    get { statements[name] }
    set {
      if newValue != nil, statements.count >= Self.limit {
        statements.removeAll(keepingCapacity: true)
      }
      statements[name] = newValue
    }
  }
}

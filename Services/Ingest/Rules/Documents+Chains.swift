import Ledger
import Messages

extension Documents {
  /// The document at the beginning of a chain of rectifications (Rules.md#R3.2).
  ///
  /// If a document is not known, the chain begins with it and is not complete. Pedimentos of other
  /// companies are not known, whether or not they are in this partition.
  func root(of number: String, in rfc: String) throws -> (number: String, isKnown: Bool) {
    var current = number
    var seen: Set<String> = [number]
    while true {
      guard let document = try known(current, in: rfc) else { return (current, false) }
      guard let previous = document.rectifies else { return (current, true) }
      // Documents that rectify one another have no root.
      guard seen.insert(previous).inserted else { return (seen.min() ?? current, false) }
      current = previous
    }
  }

  /// A company's pedimento that is known by more than rows of partes.csv.
  func known(_ number: String, in rfc: String) throws -> StoredDocument? {
    guard let document = try storage.document("P" + number), document.main != nil,
      document.id.rfc == rfc
    else { return nil }
    return document
  }

  /// A document and everything of its company that rectifies it, at any distance.
  func chain(from root: String, in rfc: String) throws -> [String] {
    var found = [root]
    var seen: Set<String> = [root]
    var next = 0
    while next < found.count {
      for number in try storage.rectifications(of: found[next])
      where try known(number, in: rfc) != nil && seen.insert(number).inserted {
        found.append(number)
      }
      next += 1
    }
    return found
  }

  /// The pedimento that counts in the stead of the one that is named: the last of its chain.
  /// Nil if the one that is named, or its root, is not known under the RFC (Rules.md#R4.4).
  mutating func standsFor(_ number: String, in rfc: String) throws -> String? {
    guard try known(number, in: rfc) != nil else { return nil }
    let root = try root(of: number, in: rfc)
    guard root.isKnown else { return nil }
    return try counting(root.number, in: rfc)?.number ?? number
  }

  /// Of the documents of one root the one that counts: the rectification with the greatest
  /// (`paidOn`, pedimento), or the root if there is none.
  ///
  /// One that was desisted or only reserved never counts, and one that still waits for its
  /// partes does not yet.
  mutating func counting(_ root: String, in rfc: String) throws -> Statement? {
    var best: Statement?
    var needsLines = true
    for number in try chain(from: root, in: rfc) {
      guard let document = try known(number, in: rfc),
        let statement = try statement(of: document), !statement.neverCounts
      else { continue }
      if number == root {
        needsLines = statement.effect != .none
        if best == nil { best = statement }
        continue
      }
      guard statement.isComplete || !needsLines else { continue }
      guard let current = best, current.number != root else {
        best = statement
        continue
      }
      let later =
        current.paidOn != statement.paidOn
        ? current.paidOn < statement.paidOn
        : CodePoints.precedes(current.number, statement.number)
      if later { best = statement }
    }
    return best
  }
}

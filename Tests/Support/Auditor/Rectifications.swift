/// Rules.md#R3.2: of the documents of one root only one counts.
struct Rectifications {
  /// The root of every pedimento whose chain is known to its beginning.
  private(set) var root: [Text: Text] = [:]
  /// The document that counts, by root.
  private(set) var counting: [Text: Text] = [:]

  init(_ pedimentos: [Text: Pedimento]) {
    for number in pedimentos.keys {
      var at = number
      var passed: Set<Text> = []
      while let before = pedimentos[at]?.rectifies, passed.insert(at).inserted { at = before }
      // A chain that ends in an unknown pedimento, or that bites its tail, has no root.
      if pedimentos[at] != nil, !passed.contains(at) { root[number] = at }
    }
    let ascending = pedimentos.values.sorted {
      ($0.paidOn, $0.pedimento) < ($1.paidOn, $1.pedimento)
    }
    for root in root.values { counting[root] = root }
    for document in ascending {
      guard let root = root[document.pedimento], root != document.pedimento else { continue }
      counting[root] = document.pedimento
    }
  }

  /// The document that counts of the chain that `number` belongs to.
  func last(of number: Text) -> Text? { root[number].flatMap { counting[$0] } }
}

import Hashing

/// Where a page begins: behind which place of a view, at which moment; with a hash that binds it to
/// the question that it is an answer to.
struct PageToken: Sendable {
  let corte: Corte
  let place: Int64
  private let question: String

  /// - Parameter question: what it belongs to: the report, the filter, the order, who asks.
  init(corte: Corte, place: Int64, of question: String) {
    (self.corte, self.place, self.question) = (corte, place, question)
  }

  /// Reads a token; nil where it is none, or none of this question.
  init?(_ text: String, of question: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let place = Int64(parts[0], radix: 36),
      let corte = try? Corte(token: String(parts[2]))
    else { return nil }
    self.init(corte: corte, place: place, of: question)
    guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
  }

  /// As it is handed out.
  var text: String {
    let place = String(place, radix: 36)
    let corte = corte.token
    let mark = SHA256.mark(of: [question, corte, place].joined(separator: "\u{0}"))
    return "\(place).\(mark).\(corte)"
  }
}

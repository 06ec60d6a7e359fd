import Messages

/// Whether a line disposes of scrap: it draws then on the account of scrap and never on what is on
/// hand.
enum Disposal: Hashable {
  case none
  /// The line says so (`scrap: true`).
  case said
  /// Customs' identifiers make it one under these claves, of which the document has one or not.
  case identified(Set<String>)
}

extension Disposal {
  /// The claves that dispose of scrap: a return, a change of regime (F4 with DE), a donation (V9
  /// with DN), an act of destruction.
  static let claves: Set<String> = ["RT", "F4", "V9", DemandMovement.actClave]

  /// Whether the line of a document with this clave is a disposal; nil if it says so and must
  /// not.
  func isDisposal(under clave: String) -> Bool? {
    switch self {
    case .none: false
    case .said: Self.claves.contains(clave) ? true : nil
    case .identified(let claves): claves.contains(clave)
    }
  }
}

extension StatementLine {
  /// Whether the line disposes of scrap, once its document's clave has decided that.
  var isScrap: Bool { disposal == .said }
}

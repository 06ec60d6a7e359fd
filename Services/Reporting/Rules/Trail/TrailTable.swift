/// The tables of a trail: what leads from an exit to its entries, or from an entry to all that drew
/// on it.
public enum TrailTable: String, Sendable, CaseIterable {
  /// The lines of the documents that the trail goes through.
  case documents = "documentos"
  /// What demands took of lots.
  case postings = "asientos"
  /// The lots that they took it of.
  case lots = "lotes"
  /// Virtual transfers that lead to another company's books.
  case transfers = "transferencias"
  /// The bills of materials that exits were exploded by.
  case bills = "estructuras"
  /// The events that said so.
  case events = "hechos"
  /// What is left out, and why.
  case cuts = "recortes"

  /// The columns, in their order.
  public var columns: [ReportColumn] {
    switch self {
    case .documents: Self.documentColumns
    case .postings: Self.postingColumns
    case .lots: Self.lotColumns
    case .transfers: Self.transferColumns
    case .bills: Self.billColumns
    case .events: Self.eventColumns
    case .cuts: Self.cutColumns
    }
  }

  /// What a row is, in Spanish and in English.
  public var explanation: (spanish: String, english: String) {
    switch self {
    case .documents:
      (
        "Un renglón de un documento por el que pasa el rastro.",
        "A line of a document that the trail goes through."
      )
    case .postings:
      ("Lo que una salida o un traslado tomó de un lote.", "What an exit or a move took of a lot.")
    case .lots:
      ("Un lote del que se tomó algo, o que nadie ha tocado.", "A lot, drawn on or not.")
    case .transfers:
      (
        "Una transferencia virtual que lleva a los libros de otra empresa.",
        "A virtual transfer that leads to the books of another company."
      )
    case .bills:
      (
        "Una estructura con la que se explotó una salida.",
        "A bill of materials that an exit was exploded by."
      )
    case .events:
      (
        "Un evento que dijo lo que hay en un documento.",
        "An event that said what is in a document."
      )
    case .cuts:
      ("Algo que falta en el rastro, y por qué.", "Something that the trail leaves out, and why.")
    }
  }
}

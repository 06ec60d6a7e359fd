import Ledger

/// `immex.destructionNotice.v1`: the notice to the authority that goods will be destroyed, which an
/// act of destruction names by its folio.
public struct DestructionNotice: Sendable, Equatable {
  /// The notice's folio; with the company its name.
  public var folio: String
  /// The day on which the notice was given.
  public var noticedOn: CalendarDate
  /// The company.
  public var rfc: String
  /// Where the goods are.
  public var plant: String
  /// What is to be destroyed; empty if the notice does not say.
  public var lines: [Line]

  /// What is to be destroyed of one part.
  public struct Line: Sendable, Equatable {
    /// The notice's own line.
    public var line: Int32
    /// The part.
    public var part: String
    /// In ``uom``.
    public var quantity: ExactDecimal
    /// The unit of the quantity.
    public var uom: UnitOfMeasure

    init(_ data: FieldReader) throws(Rejection) {
      line = try data.line("line")
      part = try data.name("part")
      quantity = try data.quantity("quantity")
      uom = try data.uom("uom")
    }
  }

  init(_ data: FieldReader) throws(Rejection) {
    folio = try data.name("folio")
    noticedOn = try data.date("noticedOn")
    rfc = try data.rfc("rfc")
    plant = try data.name("plant")
    lines = try data.optionalList("lines") { (item) throws(Rejection) in try Line(item) }
  }
}

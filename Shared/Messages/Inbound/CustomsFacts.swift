import Ledger

/// `immex.pedimento.v1`: a customs entry.
public struct PedimentoDocument: Sendable, Equatable {
  public var pedimento: String
  public var clave: String
  public var operation: Operation
  public var rfc: String
  public var plant: String
  public var paidOn: CalendarDate
  public var clearedAt: Instant?
  /// The pedimento that this one rectifies.
  public var rectifies: String?
  public var counterparty: Counterparty?
  /// What it says beside that; nil for nothing.
  public var details: Details<DocumentDetail>?
  /// There may be none if the clave has no effect on quantities.
  public var lines: [PedimentoLine]

  init(_ data: FieldReader) throws(Rejection) {
    pedimento = try data.pedimento("pedimento")
    clave = try data.checked("clave", .claveMalformed, Shapes.isClave)
    operation = try data.word("operation")
    rfc = try data.rfc("rfc")
    plant = try data.name("plant")
    paidOn = try data.date("paidOn")
    clearedAt = data.has("clearedAt") ? try data.instant("clearedAt") : nil
    rectifies = data.has("rectifies") ? try data.pedimento("rectifies") : nil
    if data.has("counterparty") {
      do throws(Rejection) {
        counterparty = try Counterparty(data.object("counterparty"))
      } catch { throw error.field == "counterparty" ? error : error.within("counterparty") }
    }
    details = try Details(document: data)
    // Of a rectification only its original can tell.
    if DocumentEffect.of(clave: clave, operation: operation) == .none {
      lines = try data.optionalList("lines") { (item) throws(Rejection) in
        try PedimentoLine(item, counts: false)
      }
    } else {
      lines = try data.list("lines", atLeast: 1) { (item) throws(Rejection) in
        try PedimentoLine(item, counts: true)
      }
    }
    if rectifies == pedimento {
      throw Rejection(.rectifiesItself, field: "rectifies", value: pedimento)
    }
    if clave == "R1", rectifies == nil { throw Rejection(.rectifiesMissing, field: "rectifies") }
  }
}

/// The other party of a virtual transfer.
public struct Counterparty: Sendable, Equatable, Codable {
  /// Its RFC, or, from Data Stage, whatever the identifier V1 names it by.
  public var rfc: String
  public var plant: String?
  public var pedimento: String?

  /// A party known by its name only.
  public init(rfc: String) { self.rfc = rfc }

  init(_ data: FieldReader) throws(Rejection) {
    rfc = try data.rfc("rfc")
    plant = try data.optionalName("plant")
    pedimento = data.has("pedimento") ? try data.pedimento("pedimento") : nil
  }
}

/// A line of a customs entry: one part within one partida.
public struct PedimentoLine: Sendable, Equatable {
  public var line: Int32
  public var part: String
  /// In ``uom``; zero where the document has no effect and says none.
  public var quantity: ExactDecimal
  /// Nil if the document has no effect and says none.
  public var uom: UnitOfMeasure?
  public var tariffItem: String
  public var nico: String
  public var value: Money
  public var originCountry: String
  /// A finished product, to be exploded (identifier PT).
  public var finished: Bool
  /// The entries that the line draws on; empty for first in first out.
  public var discharges: [EntryReference]
  /// A disposal of scrap: it draws on what discharges left as scrap, not on what is on hand.
  public var scrap: Bool
  /// What it says beside that; nil for nothing.
  public var details: Details<LineDetail>?

  /// - Parameter counts: whether the line is of a document with an effect on quantities.
  init(_ data: FieldReader, counts: Bool) throws(Rejection) {
    line = try data.line("line")
    part = try data.name("part")
    quantity = counts ? try data.quantity("quantity") : try data.share("quantity")
    uom = counts ? try data.uom("uom") : try data.optionalUOM("uom")
    tariffItem = try data.checked("tariffItem", .tariffItemMalformed, Shapes.isTariffItem)
    nico = try data.checked("nico", .nicoMalformed, Shapes.isNICO)
    value = try data.amount("valueMXN")
    originCountry = try data.checked("originCountry", .countryMalformed, Shapes.isCountry)
    finished = try data.flag("finished")
    discharges = try data.optionalList("discharges") { (item) throws(Rejection) in
      try EntryReference(item)
    }
    scrap = try data.flag("scrap")
    details = try Details(line: data)
  }
}

/// A line of an entry that a demand names (directed discharge).
public struct EntryReference: Hashable, Sendable, Codable {
  public var line: Int32
  public var pedimento: String

  /// A line of an entry.
  public init(pedimento: String, line: Int32) {
    self.pedimento = pedimento
    self.line = line
  }

  init(_ data: FieldReader) throws(Rejection) {
    pedimento = try data.pedimento("pedimento")
    line = try data.line("line")
  }
}

extension EntryReference: Comparable {
  public static func < (a: EntryReference, b: EntryReference) -> Bool {
    let order = CodePoints.compare(a.pedimento, b.pedimento)
    return order != 0 ? order < 0 : a.line < b.line
  }
}

/// `immex.destruction.v1`: an act of destruction.
public struct Destruction: Sendable, Equatable {
  public var acta: String
  public var noticeFolio: String
  public var destroyedOn: CalendarDate
  public var rfc: String
  public var plant: String
  public var lines: [Line]

  /// What was destroyed of one part.
  public struct Line: Sendable, Equatable {
    public var line: Int32
    public var part: String
    public var quantity: ExactDecimal
    public var uom: UnitOfMeasure
    public var discharges: [EntryReference]
    /// Scrap that was destroyed: it draws on what discharges left as scrap.
    public var scrap: Bool

    init(_ data: FieldReader) throws(Rejection) {
      line = try data.line("line")
      part = try data.name("part")
      quantity = try data.quantity("quantity")
      uom = try data.uom("uom")
      scrap = try data.flag("scrap")
      discharges = try data.optionalList("discharges") { (item) throws(Rejection) in
        try EntryReference(item)
      }
    }
  }

  init(_ data: FieldReader) throws(Rejection) {
    acta = try data.name("acta")
    noticeFolio = try data.name("noticeFolio")
    destroyedOn = try data.date("destroyedOn")
    rfc = try data.rfc("rfc")
    plant = try data.name("plant")
    lines = try data.list("lines", atLeast: 1) { (item) throws(Rejection) in try Line(item) }
  }
}

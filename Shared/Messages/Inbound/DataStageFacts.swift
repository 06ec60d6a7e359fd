import Ledger

/// `saldo.datastage.v1`: a pedimento as customs itself recorded it (Data Stage), which names
/// neither the plant nor the parts: those come from ``PartesRow``s.
public struct DataStagePedimento: Sendable, Equatable {
  public var pedimento: String
  public var clave: String
  public var operation: Operation
  public var rfc: String
  public var paidOn: CalendarDate
  /// When the goods were cleared: the first selection (file Sel).
  public var clearedAt: Instant?
  public var rectifies: String?
  /// 7 or 8: desisted or reserved, so it never counts.
  public var neverCounts: Bool
  /// 2 or 9, or clave R1.
  public var isRectification: Bool
  public var counterparty: Counterparty?
  /// What it says beside that; nil for nothing.
  public var details: Details<DocumentDetail>?
  public var partidas: [Partida]
  /// The latest moment in the extract: of extracts that were executed at one time, the one with the
  /// latest counts.
  public var recorded: Instant?

  /// A partida: what customs recorded of one tariff line.
  public struct Partida: Sendable, Equatable {
    public var line: Int32
    public var tariffItem: String
    public var nico: String
    /// In ``uom`` (CantidadUMComercial); zero where the document has no effect and says none.
    public var quantity: ExactDecimal
    /// Nil if the document has no effect and says none.
    public var uom: UnitOfMeasure?
    public var value: Money
    public var originCountry: String
    /// Identifier PT.
    public var finished: Bool
    /// The claves under which the partida's identifiers make it a disposal of scrap: F4 with
    /// identifier DE, V9 with identifier DN.
    public var disposesUnder: Set<String>
    /// What it says beside that; nil for nothing.
    public var details: Details<LineDetail>?

    /// - Parameter counts: whether the partida is of a document with an effect on quantities.
    /// - Parameter operation: which way it goes, which says whose the countries are.
    init(_ data: FieldReader, counts: Bool, _ operation: Operation) throws(Rejection) {
      line = try data.line("secuencia")
      tariffItem =
        counts || data.has("fraccion")
        ? try data.checked("fraccion", .tariffItemMalformed, Shapes.isTariffItem) : ""
      let subdivision = try data.optionalText("subdivision") ?? "00"
      nico = subdivision.utf8.count == 1 ? "0" + subdivision : subdivision
      guard Shapes.isNICO(nico) else {
        throw Rejection(.nicoMalformed, field: "subdivision", value: subdivision)
      }
      quantity = counts ? try data.quantity("cantidadUMC") : try data.share("cantidadUMC")
      uom = counts ? try data.uom("umc") : try data.optionalUOM("umc")
      value = data.has("valorComercial") ? try data.amount("valorComercial") : .zero
      originCountry = try data.optionalText("paisOrigenDestino") ?? ""
      let identifiers = try data.optionalList("identificadores") { (item) throws(Rejection) in
        try item.text("clave")
      }
      finished = identifiers.contains("PT")
      disposesUnder = []
      if identifiers.contains("DE") { disposesUnder.insert("F4") }
      if identifiers.contains("DN") { disposesUnder.insert("V9") }
      details = Details(partida: data, operation)
    }
  }

  init(_ data: FieldReader, envelope: FieldReader) throws(Rejection) {
    if let row = try data.optionalText("ilegible") {
      throw Rejection(.dataStageColumns, field: "ilegible", value: row)
    }
    recorded = envelope.has("recorded") ? try envelope.instant("recorded") : nil
    (pedimento, paidOn) = try Self.number(of: data)
    clave = try data.checked("claveDocumento", .claveMalformed, Shapes.isClave)
    operation = try Self.operation(data)
    rfc = try data.rfc("rfc")
    let kind = try data.optionalText("tipoPedimento") ?? "1"
    neverCounts = kind == "7" || kind == "8"
    isRectification = kind == "2" || kind == "9" || clave == "R1"
    clearedAt = try Self.cleared(data)
    if data.has("rectifica") {
      let previous = try data.object("rectifica")
      do throws(Rejection) {
        let date =
          previous.has("fechaOperacionAnterior")
          ? try Self.date(previous, "fechaOperacionAnterior") : nil
        rectifies = try Self.number(
          previous, patente: "patenteAnterior", section: "seccionAduaneraAnterior",
          number: "pedimentoAnterior"
        ) { [paidOn] digit in
          guard let year = date?.civil.year else {
            return ValidationYear.latest(upTo: paidOn.civil.year, endingIn: digit)
          }
          return ValidationYear.nearest(to: year, endingIn: digit)
        }
      } catch { throw error.within("rectifica") }
    }
    let parties = try data.optionalList("identificadores") { (item) throws(Rejection) in
      (try item.text("clave"), try item.optionalText("identificador"))
    }
    counterparty = parties.first { $0.0 == "V1" }?.1.map { Counterparty(rfc: $0) }
    // Of a rectification only its original can tell.
    let counts = DocumentEffect.of(clave: clave, operation: operation) != .none
    partidas = try data.optionalList("partidas") { [operation] (item) throws(Rejection) in
      try Partida(item, counts: counts, operation)
    }
    details = Details(dataStage: data, clearedAt: clearedAt)
    let invoices = Details(invoicesOf: data, operation)
    if !invoices.isEmpty {
      for index in partidas.indices { partidas[index].details.formUnion(invoices) }
    }
    var seen: Set<Int32> = []
    for (index, partida) in partidas.enumerated() where !seen.insert(partida.line).inserted {
      throw Rejection(
        .listRepeats, field: "partidas[\(index)].secuencia", value: "\(partida.line)")
    }
    if rectifies == pedimento {
      throw Rejection(.rectifiesItself, field: "rectifica", value: pedimento)
    }
  }

  /// The fifteen digits, and the day of the payment or else of the reception.
  static func number(
    of data: FieldReader
  ) throws(Rejection) -> (number: String, paidOn: CalendarDate) {
    let received = data.has("fechaRecepcionPedimento")
    let paid = data.has("fechaPagoReal")
    let paidOn = try date(data, paid || !received ? "fechaPagoReal" : "fechaRecepcionPedimento")
    let number = try number(
      data, patente: "patente", section: "seccionAduanera", number: "pedimento"
    ) { digit in ValidationYear.nearest(to: paidOn.civil.year, endingIn: digit) }
    return (number, paidOn)
  }

  private static func operation(_ data: FieldReader) throws(Rejection) -> Operation {
    let text = try data.text("tipoOperacion")
    switch text {
    case "1": return .import
    case "2": return .export
    default: throw Rejection(.wordUnknown, field: "tipoOperacion", value: text)
    }
  }

  /// Year of validation (2), customs office (2), licence (4), number (7): fifteen digits in all.
  ///
  /// The office is the first two digits of the section padded to three.
  ///
  /// - Parameter year: the year of validation, by the first digit of the number.
  private static func number(
    _ data: FieldReader, patente: StaticString, section: StaticString, number: StaticString,
    year: (Int) -> Int
  ) throws(Rejection) -> String {
    let office = String(try digits(data, section, padTo: 3).prefix(2))
    let licence = try digits(data, patente, padTo: 4)
    let own = try digits(data, number, padTo: 7)
    let year = year(own.utf8.first.map { Int($0) - 48 } ?? 0) % 100
    return (year < 10 ? "0" : "") + "\(year)" + office + licence + own
  }

  private static func digits(
    _ data: FieldReader, _ field: StaticString, padTo count: Int
  ) throws(Rejection) -> String {
    let text = try data.text(field)
    let padded = String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    guard Shapes.isDigits(padded, count: count) else {
      throw Rejection(.pedimentoMalformed, field: "\(field)", value: text)
    }
    return padded
  }

  /// The day of a Data Stage instant (`YYYY-MM-DD HH:MM:SS`, or the day alone).
  private static func date(
    _ data: FieldReader, _ field: StaticString
  ) throws(Rejection) -> CalendarDate {
    let text = try data.text(field)
    guard let date = try? CalendarDate(String(text.prefix(10))) else {
      throw Rejection(.dateMalformed, field: "\(field)", value: text)
    }
    guard DateRange.accepts(date) else {
      throw Rejection(.dateOutOfRange, field: "\(field)", value: text)
    }
    return date
  }

  private static func cleared(_ data: FieldReader) throws(Rejection) -> Instant? {
    let selections = try data.optionalList("seleccion") { (item) throws(Rejection) in
      let day = String((try item.optionalText("fecha") ?? "").prefix(10))
      let hour = try item.optionalText("hora") ?? "00:00:00"
      return try? Instant("\(day)T\(hour)Z")
    }
    return selections.compactMap { $0 }.min()
  }
}

/// `saldo.partes.v1`: one row of partes.csv, which says what part a partida is of, and where.
public struct PartesRow: Sendable, Equatable {
  public var rfc: String
  public var pedimento: String
  /// The partida (secuencia).
  public var line: Int32
  public var plant: String
  public var part: String
  /// In ``uom``.
  public var quantity: ExactDecimal
  public var uom: UnitOfMeasure
  public var value: Money
  /// The entry that a directed discharge names.
  public var discharges: EntryReference?
  /// What tells rows apart that are alike but for it, such as a remesa; nil if nothing does.
  public var reference: String?
  /// Whether it takes back one earlier row with the same cells.
  public var withdraws: Bool
  /// The row's number in its file: rows of a partida are taken in this order.
  public var row: Int32

  init(_ data: FieldReader, envelope: FieldReader) throws(Rejection) {
    if let raw = try data.optionalText("raw") {
      let isCut = try data.optionalText("fault") == "cut"
      throw Rejection(isCut ? .fileCut : .partesColumns, field: "raw", value: raw)
    }
    rfc = try data.rfc("rfc")
    pedimento = try data.pedimento("pedimento")
    line = try data.line("secuencia")
    plant = try data.name("planta")
    part = try data.name("numeroParte")
    quantity = try data.quantity("cantidad")
    uom = try data.uom("umc")
    value = try data.amount("valorMXN")
    reference = try data.optionalName("referencia")
    let mark = try data.optionalText("anula")
    guard mark == nil || mark == "si" else {
      throw Rejection(.wordUnknown, field: "anula", value: mark ?? "")
    }
    withdraws = mark != nil
    row = envelope.has("row") ? try envelope.line("row") : 1
    if data.has("pedimentoOriginal") || data.has("secuenciaOriginal") {
      discharges = EntryReference(
        pedimento: try data.pedimento("pedimentoOriginal"), line: try data.line("secuenciaOriginal")
      )
    }
  }

  /// Whether another row has the same cells, but for the mark of one that takes back.
  public func hasSameCells(as other: PartesRow) -> Bool {
    var (a, b) = (self, other)
    (a.withdraws, b.withdraws) = (false, false)
    (a.row, b.row) = (0, 0)
    return a == b
  }
}

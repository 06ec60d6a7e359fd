/// The columns of what came in, went out, is left, was drawn on and was missing.
extension ReportFile {
  static let entryColumns: [ReportColumn] = [
    .rfc, .companyName, .plant, .entryPedimento, .clave, .entryLine, .part, .entryDay,
    .tariffItem, .nico,
    ReportColumn(
      "descripcion", from: "immex.part.v1: description",
      es: "Descripción de la parte en el catálogo.",
      en: "What the catalogue says that the part is."),
    .quantity(
      "cantidad", from: "immex.pedimento.v1: lines[].quantity",
      es: "Cantidad que entró, en la unidad del renglón.",
      en: "Quantity that came in, in the unit of the line."),
    .lineUnit,
    .money(
      "valor_mxn", from: "immex.pedimento.v1: lines[].valueMXN",
      es: "Valor del renglón.", en: "Value of the line."),
    ReportColumn(
      "pais_origen", from: "immex.pedimento.v1: lines[].originCountry",
      es: "País de origen.", en: "Country of origin."),
    .dueDay,
  ]

  static let exitColumns: [ReportColumn] = [
    .rfc, .companyName, .plant,
    ReportColumn(
      "documento", from: "immex.pedimento.v1: pedimento | immex.destruction.v1: acta",
      es: "Pedimento o acta de la salida.", en: "Pedimento or act of the exit."),
    .clave,
    ReportColumn(
      "linea", .integer,
      from: "immex.pedimento.v1: lines[].line | immex.destruction.v1: lines[].line",
      es: "Renglón del documento.", en: "Line of the document."),
    .part,
    ReportColumn(
      "fecha", .day, from: "immex.pedimento.v1: paidOn | immex.destruction.v1: destroyedOn",
      es: "Día de la salida; de una rectificación, el del original.",
      en: "Day of the exit; of a rectification, the original's."),
    .tariffItem, .nico,
    .quantity(
      "cantidad",
      from: "immex.pedimento.v1: lines[].quantity | immex.destruction.v1: lines[].quantity",
      es: "Cantidad que salió, en la unidad del renglón.",
      en: "Quantity that went out, in the unit of the line."),
    .lineUnit,
    .money(
      "valor_mxn", from: "immex.pedimento.v1: lines[].valueMXN",
      es: "Valor del renglón.", en: "Value of the line."),
    ReportColumn(
      "destino", from: "immex.pedimento.v1: lines[].destinationCountry",
      es: "País de destino; vacío donde nadie lo dijo.",
      en: "Country of destination; empty where nobody said it."),
  ]

  static let balanceColumns: [ReportColumn] = [
    .rfc, .companyName, .plant, .part, .entryPedimento, .entryLine, .entryDay, .dueDay,
    .quantity(
      "cantidad", es: "Lo que entró, por pedimento o por traslado.",
      en: "What came in, by pedimento or by a move."),
    .quantity(
      "descargado", es: "Lo que salidas y actas han tomado.",
      en: "What exits and acts have taken."),
    .quantity(
      "trasladado", es: "Lo que traslados han llevado a otra planta.",
      en: "What moves have taken to another plant."),
    .quantity(
      "saldo", es: "Lo que queda: cantidad menos descargado menos trasladado.",
      en: "What is left: what came in less what was discharged and moved on."),
    .unit,
    .money("valor_mxn", es: "Valor de lo que entró.", en: "Value of what came in."),
    .money("valor_saldo_mxn", es: "Valor de lo que queda.", en: "Value of what is left."),
    ReportColumn(
      "estado", from: ReportColumn.computed, law: ReportColumn.timeLimits,
      es: "vigente, por_vencer, vencido o agotado, en el día del reporte.",
      en: "vigente (has time), por_vencer (soon due), vencido (overdue) or agotado (nothing "
        + "left), on the day of the report."),
  ]

  static let dischargeColumns: [ReportColumn] =
    [.rfc, .companyName, .plant] + exitKeys + [
      .part,
      ReportColumn(
        "producto", from: "immex.bom.v1: product",
        es: "Producto en el que iba la parte; vacío donde salió ella misma.",
        en: "Product that the part was in; empty where it went out itself."),
      .dischargedEntry, .dischargedLine, exitDay, .entryDay,
      .quantity(
        "incorporado", es: "Lo que quedó en el producto, o salió sin él.",
        en: "What is in the product, or went out without one."),
      .quantity(
        "merma", es: "Lo que se perdió en el proceso sin dejar residuo.",
        en: "What the process lost without a residue."),
      .quantity(
        "desperdicio", es: "Lo que quedó como residuo, del que hay que disponer.",
        en: "What was left as scrap, which is owed a disposal."),
      .unit, .takenValue,
    ]

  static let shortageColumns: [ReportColumn] =
    [.rfc, .companyName, .plant] + exitKeys + [.part, .notFound, .unit, exitDay]

  private static let exitKeys = [
    ReportColumn(
      "documento_salida", from: "immex.pedimento.v1: pedimento | immex.destruction.v1: acta",
      es: "Pedimento o acta de la salida.", en: "Pedimento or act of the exit."),
    ReportColumn(
      "linea_salida", .integer,
      from: "immex.pedimento.v1: lines[].line | immex.destruction.v1: lines[].line",
      es: "Renglón de la salida.", en: "Line of the exit."),
  ]

  private static let exitDay = ReportColumn(
    "fecha_salida", .day, from: "immex.pedimento.v1: paidOn | immex.destruction.v1: destroyedOn",
    es: "Día de la salida; de una rectificación, el del original.",
    en: "Day of the exit; of a rectification, the original's.")
}

/// The columns of scrap, what became of it, and acts of destruction.
extension ReportFile {
  static let scrapColumns: [ReportColumn] = [
    .rfc, .companyName, .plant, .part, .entryPedimento, .entryLine, .entryDay,
    ReportColumn(
      "pendiente_desde", .day, from: ReportColumn.computed,
      es: "Primer día de una salida que dejó desperdicio del que aún no se dispone.",
      en: "First day of an exit that left scrap which is still owed a disposal."),
    .quantity("generado", es: "Lo que dejaron las salidas.", en: "What exits have left."),
    .quantity("dispuesto", es: "Lo que ya tuvo destino.", en: "What has been disposed of."),
    .quantity(
      "saldo", es: "Lo que falta por disponer.", en: "What is still owed a disposal."),
    .unit,
    .money("valor_mxn", es: "Valor de lo generado.", en: "Value of what exits have left."),
    .money("valor_saldo_mxn", es: "Valor de lo que falta.", en: "Value of what is still owed."),
  ]

  static let disposalColumns: [ReportColumn] = [
    .rfc, .companyName, .plant,
    ReportColumn(
      "documento", from: "immex.pedimento.v1: pedimento | immex.destruction.v1: acta",
      es: "Documento por el que se dispuso.", en: "Document by which it was disposed of."),
    .disposalLine, .part, .dischargedEntry, .dischargedLine, .clave,
    ReportColumn(
      "fecha", .day, from: "immex.pedimento.v1: paidOn | immex.destruction.v1: destroyedOn",
      es: "Día del documento.", en: "Day of the document."),
    .entryDay, .taken, .notFound, .unit, .takenValue,
  ]

  static let destructionColumns: [ReportColumn] = [
    .rfc, .companyName, .plant,
    ReportColumn(
      "acta", from: "immex.destruction.v1: acta", es: "Número del acta.",
      en: "Number of the act of destruction."),
    .disposalLine, .part, .dischargedEntry, .dischargedLine,
    ReportColumn(
      "origen", from: ReportColumn.computed,
      es: "existencia o desperdicio: de cuál de las dos cuentas se tomó.",
      en: "existencia (stock) or desperdicio (scrap): which account was drawn on."),
    ReportColumn(
      "fecha", .day, from: "immex.destruction.v1: destroyedOn",
      es: "Día de la destrucción.", en: "Day of the destruction."),
    ReportColumn(
      "folio_aviso", from: "immex.destruction.v1: noticeFolio",
      es: "Folio del aviso previo.", en: "Folio of the prior notice."),
    ReportColumn(
      "fecha_aviso", .day, from: "immex.destructionNotice.v1: noticedOn",
      es: "Día del aviso; vacío donde no se conoce.",
      en: "Day of the notice; empty where none is known."),
    ReportColumn(
      "dias_aviso", .integer, .days, from: ReportColumn.computed,
      es: "Días del aviso a la destrucción; negativo si el aviso fue posterior.",
      en: "Days from the notice to the destruction; negative where the notice came after it."),
    ReportColumn(
      "estado_aviso", from: ReportColumn.computed,
      es: "en_plazo, fuera_de_plazo o sin_aviso.",
      en: "en_plazo (in time), fuera_de_plazo (late) or sin_aviso (no notice known)."),
    .entryDay, .taken, .notFound, .unit, .takenValue,
  ]
}

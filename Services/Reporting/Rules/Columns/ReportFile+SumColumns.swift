/// The columns of sums of balances, and of machinery.
extension ReportFile {
  private static let tariffItem = ReportColumn(
    "fraccion", from: "immex.pedimento.v1: lines[].tariffItem",
    es: "Fracción de la partida de entrada; vacío donde no se conoce.",
    en: "Tariff item of the entry's line; empty where it is not known.")
  private static let entryCount = ReportColumn(
    "partidas", .integer, from: ReportColumn.computed,
    es: "Cuántos renglones de saldos.csv son.", en: "How many rows of saldos.csv they are.")
  private static let sums: [ReportColumn] = [
    .quantity("cantidad", es: "Suma de lo que entró.", en: "Sum of what came in."),
    .quantity("descargado", es: "Suma de lo descargado.", en: "Sum of what was discharged."),
    .quantity("trasladado", es: "Suma de lo trasladado.", en: "Sum of what was moved on."),
    .quantity("saldo", es: "Suma de lo que queda.", en: "Sum of what is left."),
    .unit,
    .money("valor_mxn", es: "Valor de lo que entró.", en: "Value of what came in."),
    .money("valor_saldo_mxn", es: "Valor de lo que queda.", en: "Value of what is left."),
    nextDue,
  ]
  private static let nextDue = ReportColumn(
    "primer_vencimiento", .day, from: ReportColumn.computed, law: ReportColumn.timeLimits,
    es: "El primer último día de lo que tiene saldo; vacío donde no hay plazo.",
    en: "The first last day of those with something left; empty where there is no limit.")

  static let tariffItemColumns: [ReportColumn] =
    [.rfc, .companyName, tariffItem, entryCount] + sums

  static let partBalanceColumns: [ReportColumn] =
    [.rfc, .companyName, .plant, .part, partDescription, entryCount] + sums

  static let agingColumns: [ReportColumn] = [
    .rfc, .companyName, .plant,
    ReportColumn(
      "orden", .integer, from: ReportColumn.computed,
      es: "Lugar de la cubeta; 1 es la que venció hace más.",
      en: "Place of the bucket; 1 is the one that is overdue for longest."),
    ReportColumn(
      "cubeta", from: ReportColumn.computed, law: ReportColumn.timeLimits,
      es: "vencido_mas_90, vencido, 0_30, 31_60, 61_90, 91_180, 181_365, mas_365 o sin_plazo.",
      en: "Days left; vencido is overdue, and sin_plazo has no limit."),
    ReportColumn(
      "dias_desde", .integer, .days, from: ReportColumn.computed,
      es: "Días que le quedan al menos; vacío donde no hay tal fin.",
      en: "Days left at least; empty where there is no such end."),
    ReportColumn(
      "dias_hasta", .integer, .days, from: ReportColumn.computed,
      es: "Días que le quedan a lo más; vacío donde no hay tal fin.",
      en: "Days left at most; empty where there is no such end."),
    entryCount,
    .quantity("saldo", es: "Suma de lo que queda.", en: "Sum of what is left."),
    .unit,
    .money("valor_saldo_mxn", es: "Valor de lo que queda.", en: "Value of what is left."),
    nextDue,
    ReportColumn(
      "ultimo_vencimiento", .day, from: ReportColumn.computed, law: ReportColumn.timeLimits,
      es: "El último de esos días.", en: "The last of those days."),
  ]

  static let assetColumns: [ReportColumn] = [
    .rfc, .companyName, .plant, .part, .entryPedimento, .entryLine, .clave, .entryDay, .dueDay,
    partDescription, tariffItem,
    ReportColumn(
      "nico", from: "immex.pedimento.v1: lines[].nico",
      es: "Número de identificación comercial de la partida.",
      en: "Commercial identification number of the line."),
    ReportColumn(
      "pais_origen", from: "immex.pedimento.v1: lines[].originCountry",
      es: "País de origen.", en: "Country of origin."),
    .quantity("cantidad", es: "Lo que entró a la planta.", en: "What came to the plant."),
    .quantity("descargado", es: "Lo que salió del régimen.", en: "What left the regime."),
    .quantity("trasladado", es: "Lo que fue a otra planta.", en: "What went to another plant."),
    .quantity("saldo", es: "Lo que queda en la planta.", en: "What is left at the plant."),
    .unit,
    .money("valor_mxn", es: "Valor de lo que entró.", en: "Value of what came in."),
    .money("valor_saldo_mxn", es: "Valor de lo que queda.", en: "Value of what is left."),
    ReportColumn(
      "estado", from: ReportColumn.computed,
      es: "en_uso, en_uso_parcial, trasladado, retornado, transferido, cambio_regimen o destruido.",
      en: "en_uso (in use), en_uso_parcial (some left), trasladado (moved) or how the last went."),
    ReportColumn(
      "documentos_salida", from: "immex.pedimento.v1: pedimento | immex.destruction.v1: acta",
      es: "Pedimentos o actas con los que salió.", en: "Pedimentos or acts by which it left."),
    ReportColumn(
      "ultima_salida", .day,
      from: "immex.pedimento.v1: paidOn | immex.destruction.v1: destroyedOn",
      es: "Día de la última salida.", en: "Day of the last exit."),
  ]

  static let partDescription = ReportColumn(
    "descripcion", from: "immex.part.v1: description",
    es: "Descripción de la parte en el catálogo.", en: "What the catalogue says that the part is.")
}
